/** Which connection a request goes over. That Chromium then repeats nothing is for the end-to-end tests to show. */

import { expect, test } from 'vitest';
import { createApiFetch } from './api-fetch.ts';
import type { ApiRequest } from './api-response.ts';
import type { Fetch } from './network.ts';
import { createTestNetwork } from './testing/loopback-server.ts';

function arrange() {
  const used: string[] = [];
  const over =
    (name: string): Fetch =>
    async (_url, { headers }) => {
      used.push(name, new Headers(headers).get('connection') ?? 'as usual');
      return new Response('');
    };
  const fetch = createApiFetch({
    keepAlive: over('keep-alive'),
    singleUse: over('single-use'),
    closeConnections: async () => void used.push('closed'),
  });
  const network = createTestNetwork(fetch);
  const url = new URL('https://api.example/');
  const ask = (more: Partial<ApiRequest>) =>
    network.request({ method: 'GET', url, headers: {}, timeoutMs: 1_000, ...more });
  return { ask, used };
}

test('H4: what is not repeatable goes over a connection of its own, which is not kept', async () => {
  const { ask, used } = arrange();
  await ask({ repeatable: false });
  expect(used).toEqual(['closed', 'single-use', 'close']);
});

test('what is repeatable goes over a connection that is kept, whatever its headers say', async () => {
  const { ask, used } = arrange();
  await ask({ repeatable: true, headers: { IsUnscheduledAccessEvent: 'true' } });
  await ask({});
  expect(used).toEqual(['keep-alive', 'as usual', 'keep-alive', 'as usual']);
});
