import { chmod, mkdtemp, rm } from 'node:fs/promises';
import net, { type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { siteKey } from '../audit/trail.ts';
import { listenOnLoopback } from './loopback.ts';
import { createPrivateAuthority } from './private-authority.ts';

export interface Collector {
  readonly address: string;
  /** The section `audit` of the environment file. */
  readonly environment: Readonly<Record<string, unknown>>;
  /** Everything received. */
  text(): string;
  /** The events of the entries received, in order. */
  events(): readonly string[];
  /** Drops everything in both directions, and tells neither side: as an unplugged cable does. */
  cut(): void;
  restore(): void;
  close(): Promise<void>;
}

/** A log collector: syslog over TLS on loopback. A test can cut the connection to it. */
export async function startCollector(): Promise<Collector> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-collector-'));
  const { certificate, key } = await createPrivateAuthority(folder);
  await chmod(folder, 0o755);
  let received = '';
  const server = tls.createServer({ cert: certificate, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
  });
  const behind = await listenOnLoopback(server);

  let isCut = false;
  const sockets = new Set<Socket>();
  const network = net.createServer((near) => {
    const far = net.connect(behind, '127.0.0.1');
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('data', (bytes) => void (isCut || other.write(bytes)));
      one.on('end', () => void (isCut || other.end()));
      one.on('close', () => sockets.delete(one));
    }
  });
  const address = `127.0.0.1:${await listenOnLoopback(network)}`;
  return {
    address,
    environment: {
      audit: { ...siteKey.audit, forwardTo: address, forwardCertificateFile: path.join(folder, 'ca.pem') },
    },
    text: () => received,
    events: () =>
      [...received.matchAll(/<110>1 \S+Z \S+ cpis-viewer - (\S+) - /g)].flatMap(([, event]) => event ?? []),
    cut: () => {
      isCut = true;
    },
    restore: () => {
      for (const socket of sockets) socket.destroy();
      isCut = false;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      network.close();
      server.close();
      await rm(folder, { recursive: true });
    },
  };
}
