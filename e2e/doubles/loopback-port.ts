import { once } from 'node:events';
import type { Server } from 'node:net';

/** Lets a server listen on loopback only, on a free port where none is given. Resolves with the port. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
