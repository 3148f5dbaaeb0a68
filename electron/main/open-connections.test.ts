import { expect, test } from 'vitest';
import { environmentAt, loopbackServiceForTests } from '../clinical/testing/loopback-service.ts';
import { createClockSkew } from '../network/clock-skew.ts';
import { createNetwork } from '../network/network.ts';
import { openConnections } from './open-connections.ts';

const service = loopbackServiceForTests();

test('H4: what opens a connection is about nobody, and asks for nothing', async () => {
  const asked: unknown[] = [];
  const network = createNetwork({
    fetch: (url, options) => {
      asked.push({ url, method: options.method, repeatable: options.repeatable, body: options.body });
      return fetch(url, options);
    },
    now: () => new Date(),
    clockSkew: createClockSkew(new Set()),
  });
  openConnections(environmentAt(service.origin), network, 5_000);
  await expect.poll(() => service.received.map(({ url }) => url.href)).toEqual([`${service.origin}/`]);
  // One origin, one connection; it may be repeated, so it is never on the session of what notifies.
  expect(asked).toEqual([{ url: `${service.origin}/`, method: 'HEAD', repeatable: true, body: undefined }]);
  expect(service.received[0]?.headers).not.toHaveProperty('authorization');
});
