import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { listenOnLoopback } from './loopback.ts';
import { createPrivateAuthority } from './private-authority.ts';

export interface TlsFront {
  readonly port: number;
  /** `https://127.0.0.1:…` */
  readonly origin: string;
  close(): void;
}

/** Terminates TLS in front of a plain loopback server, and forwards every byte. */
export async function openTlsFront(
  { certificate, key }: { readonly certificate: string; readonly key: string },
  behind: URL,
): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  const server = createServer({ cert: certificate, key, noDelay: true }, (secure) => {
    const plain = connect({ port: Number(behind.port), host: behind.hostname, noDelay: true });
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
    origin: `https://127.0.0.1:${port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** A TLS front with the certificate of an authority that no client trusts, as an intercepting proxy shows it. */
export async function openForeignTls(behind: URL): Promise<TlsFront> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-foreign-tls-'));
  try {
    return await openTlsFront(await createPrivateAuthority(folder), behind);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
