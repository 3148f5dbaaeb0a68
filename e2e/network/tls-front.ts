import { connect, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { listenOnLoopback } from '../loopback-port.ts';

export interface TlsFront {
  readonly port: number;
  close(): void;
}

/** Speaks TLS in front of a plain loopback server, byte for byte. */
export async function openTlsFront(
  { certificate, key }: { readonly certificate: string; readonly key: string },
  behind: URL,
): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer({ cert: certificate, key }, (secure) => {
    const plain = connect(Number(behind.port), behind.hostname);
    for (const [socket, other] of [
      [secure, plain],
      [plain, secure],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      // A connection that breaks on one side breaks on the other.
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    secure.pipe(plain).pipe(secure);
  });
  server.on('tlsClientError', () => undefined);
  const port = await listenOnLoopback(server);
  return {
    port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
