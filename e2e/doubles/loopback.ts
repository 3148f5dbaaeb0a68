import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type Server } from 'node:net';

/** Lets a server listen on loopback only, on a free port where none is given. Resolves with the port. */
export async function listenOnLoopback(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Answers HTTP on loopback, on a free port where none is given. `close` ends every connection. */
export async function serveOnLoopback(answer: RequestListener, port = 0) {
  const server = createHttpServer(answer);
  const listening = await listenOnLoopback(server, port);
  return {
    server,
    port: listening,
    origin: `http://127.0.0.1:${listening}`,
    async close(): Promise<void> {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

/** A port on loopback that nothing listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server);
  server.close();
  await once(server, 'close');
  return port;
}
