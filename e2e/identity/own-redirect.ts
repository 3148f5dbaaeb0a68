/** A simulator for one worker with a redirect address of its own, so that no other worker uses its port. */
import type { ServerResponse } from 'node:http';
import type { Simulator } from '../../simulator/client.ts';
import { freePort, serveOnLoopback } from '../doubles/loopback.ts';
import { test as base, started } from '../fixtures.ts';

const withFreePort = async () => ({
  args: ['--redirect-uri', `http://127.0.0.1:${await freePort()}/callback`],
});

export const test = base.extend({
  simulatorOptions: [started(withFreePort, () => undefined), { scope: 'worker' }],
});

export interface Listener {
  readonly port: number;
  /** Connections so far, whatever came over them. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** A server on this computer that no program should connect to, unless a test says what it answers. */
export async function listen(
  port = 0,
  answer: (response: ServerResponse) => void = (response) => void response.end('<p>Here I am.</p>'),
): Promise<Listener> {
  let connections = 0;
  const served = await serveOnLoopback((_request, response) => answer(response), port);
  served.server.on('connection', () => {
    connections += 1;
  });
  return { port: served.port, connections: () => connections, close: served.close };
}

/** Where the system's browser comes back to the viewer. */
export function redirectUriOf({ environment }: Simulator): URL {
  const { cis2 } = environment as { cis2: { redirectUri: string } };
  return new URL(cis2.redirectUri);
}
