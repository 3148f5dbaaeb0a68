import { expect, test } from 'vitest';
import { environmentAt, loopbackServiceForTests } from '../clinical/testing/loopback-service.ts';
import { createTestNetwork } from '../network/testing/loopback-server.ts';
import { createOpenConnections } from './open-connections.ts';

const service = loopbackServiceForTests();

test('H4: what opens a connection is about nobody, and asks for nothing', async () => {
  const asked: unknown[] = [];
  const network = createTestNetwork((url, options) => {
    asked.push({ url, method: options.method, repeatable: options.repeatable, body: options.body });
    return fetch(url, options);
  });
  createOpenConnections(environmentAt(service.origin), network, 5_000)();
  await expect.poll(() => service.received.map(({ url }) => url.href)).toEqual([`${service.origin}/`]);
  // One origin, one connection; it may be repeated, so it is never on the session of what notifies.
  expect(asked).toEqual([{ url: `${service.origin}/`, method: 'HEAD', repeatable: true, body: undefined }]);
  expect(service.received[0]?.headers).not.toHaveProperty('authorization');
});

test('no second one is opened to an origin while the first is under way', async () => {
  const answers: (() => void)[] = [];
  service.answerWith(() => new Promise((resolve) => answers.push(() => resolve({ body: '' }))));
  const network = createTestNetwork();
  const asked: Promise<unknown>[] = [];
  const open = createOpenConnections(
    environmentAt(service.origin),
    {
      request(request) {
        const response = network.request(request);
        asked.push(response);
        return response;
      },
    },
    5_000,
  );
  open();
  open();
  expect(asked).toHaveLength(1);
  await expect.poll(() => answers.length).toBe(1);
  answers[0]?.();
  await asked[0];
  await Promise.resolve();
  open();
  expect(asked).toHaveLength(2);
  await expect.poll(() => answers.length).toBe(2);
  answers[1]?.();
  await asked[1];
});
