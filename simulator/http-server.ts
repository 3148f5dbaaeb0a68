/** A loopback HTTP server whose `stop` closes every open connection. */
import { createServer, type RequestListener } from 'node:http';

export interface LoopbackServer {
  /** `http://127.0.0.1:49152` */
  readonly origin: string;
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Port 0 asks the system for a free one. */
export async function listenOnLoopback(listener: RequestListener, port: number): Promise<LoopbackServer> {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Never 0.0.0.0: these servers issue tokens to every caller.
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port');
  return {
    origin: `http://127.0.0.1:${address.port}`,
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
