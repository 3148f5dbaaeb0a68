/**
 * For tests: a TLS server in front of a plain one, with an untrusted certificate, like an attacker who intercepts
 * connections. The server passes every byte on, so a client that accepted the certificate would reach the service.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createServer } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ForeignTls {
  /** `https://127.0.0.1:…` */
  readonly origin: string;
  close(): void;
}

export async function openForeignTls(behind: URL): Promise<ForeignTls> {
  const sockets = new Set<Socket>();
  const server = createServer(await createCertificate(), (secure) => {
    const plain = connect(Number(behind.port), behind.hostname);
    for (const socket of [secure, plain]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    secure.pipe(plain).pipe(secure);
  });
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the TLS server has no port');
  return {
    origin: `https://127.0.0.1:${address.port}`,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function createCertificate(): Promise<{ readonly key: Buffer; readonly cert: Buffer }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-foreign-tls-'));
  try {
    const file = (name: string) => path.join(folder, name);
    const subject = ['-subj', '/CN=interceptor', '-addext', 'subjectAltName=IP:127.0.0.1'];
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    await run('openssl', ['req', '-x509', ...key, ...subject, '-keyout', file('key'), '-out', file('pem')]);
    return { key: await readFile(file('key')), cert: await readFile(file('pem')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
