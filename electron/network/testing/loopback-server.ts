/** For tests: a server on this computer, and the network that calls it. */
import type { RequestListener } from 'node:http';
import { onTestFinished } from 'vitest';
import { serveOnLoopback } from '../../../e2e/doubles/loopback.ts';
import { createClockSkew } from '../clock-skew.ts';
import { createNetwork, type Fetch, type Network } from '../network.ts';

/** Serves until the end of the test. Resolves with its address, which ends with a slash. */
export async function serve(listener: RequestListener): Promise<URL> {
  const { origin, close } = await serveOnLoopback(listener);
  onTestFinished(close);
  return new URL(origin);
}

/** A network that learns the time from no answer. */
export function createTestNetwork(send: Fetch = fetch): Network {
  return createNetwork({ fetch: send, now: () => new Date(), clockSkew: createClockSkew(new Set()) });
}
