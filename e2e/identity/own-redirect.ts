/** A simulator for one worker with a redirect address of its own, so that no other worker uses its port. */

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { Simulator } from '../../simulator/client.ts';
import { freePort, listenOnLoopback } from '../doubles/loopback-port.ts';
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
  close(): void;
}

/** A server on this computer that no program should connect to, unless a test says what it answers. */
export async function listen(
  port = 0,
  answer: (response: ServerResponse) => void = (response) => void response.end('<p>Here I am.</p>'),
): Promise<Listener> {
  let connections = 0;
  const server: Server = createServer((_request, response) => answer(response));
  server.on('connection', () => {
    connections += 1;
  });
  const listening = await listenOnLoopback(server, port);
  return {
    port: listening,
    connections: () => connections,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Where the system's browser comes back to the viewer. */
export function redirectUriOf({ environment }: Simulator): URL {
  const { cis2 } = environment as { cis2: { redirectUri: string } };
  return new URL(cis2.redirectUri);
}
