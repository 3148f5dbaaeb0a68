import path from 'node:path';
import { decodeUtf8, readFileSafely } from '../../files/read-file.ts';

export interface Connection {
  /** Settles when the system has taken the bytes. Rejects when the connection has broken. */
  write(bytes: Buffer): Promise<void>;
  /** Closes in order, and settles once the collector has closed too: the collector has then received everything. */
  close(): Promise<void>;
  destroy(): void;
}

export type Connect = () => Promise<Connection>;

export interface CollectorSettings {
  /** `host:port` */
  readonly address: string;
  /** PEM: the only trusted certificates; `undefined`: the roots of the viewer and of the operating system. */
  readonly certificateFile: string | undefined;
  readonly timeoutMs: number;
}

/** A connection to the site's log collector: syslog over TLS, RFC 5425. */
export function connectTo({ address, certificateFile, timeoutMs }: CollectorSettings): Connect {
  const at = address.lastIndexOf(':');
  const host = address.slice(0, at).replace(/^\[(.*)\]$/, '$1');
  const port = Number(address.slice(at + 1));

  return async () => {
    const tls = loadTls();
    const trusted = certificateFile === undefined ? knownRoots() : [await readCertificate(certificateFile)];
    const socket = tls.connect({
      host,
      port,
      ca: [...trusted],
      minVersion: 'TLSv1.2',
      // Explicit, since an environment variable of Node can change the default.
      rejectUnauthorized: true,
    });
    let broken: Error | undefined;
    socket.on('error', (error) => {
      broken = error;
    });
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no answer in time')));
    // A collector sends nothing; unread data would delay the event of its orderly close.
    socket.resume();
    // The collector closed first: it is unknown how much it has read.
    socket.once('end', () => {
      if (!socket.writableEnded) socket.destroy(new Error('closed by the collector'));
    });
    await settles((done, fail) => {
      socket.once('secureConnect', done);
      socket.once('close', () => fail(broken ?? new Error('closed')));
    });
    return {
      write: (bytes) =>
        settles((done, fail) => {
          const onClose = () => fail(broken ?? new Error('closed'));
          socket.once('close', onClose);
          socket.write(bytes, (error) => {
            socket.off('close', onClose);
            if (error) fail(error);
            else done();
          });
        }),
      close: () =>
        settles((done, fail) => {
          if (socket.destroyed) return fail(broken ?? new Error('closed'));
          socket.once('close', (hadError) => (hadError ? fail(broken ?? new Error('closed')) : done()));
          socket.end();
        }),
      destroy: () => void socket.destroy(),
    };
  };
}

async function readCertificate(file: string): Promise<string> {
  const read = await readFileSafely(file);
  if (read.kind !== 'read')
    throw new Error(`${path.basename(file)} ${read.kind === 'missing' ? 'is not there' : read.problem}`);
  const text = decodeUtf8(read.bytes);
  if (text === undefined) throw new Error(`${path.basename(file)} is not text in UTF-8`);
  return text;
}

function settles(begin: (done: () => void, fail: (error: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => begin(resolve, reject));
}

/**
 * Includes the roots of the operating system where this Node can read them (22.15 and later). On Linux that reads
 * SSL_CERT_FILE and SSL_CERT_DIR, which a release removes at its start.
 */
function knownRoots(): readonly string[] {
  const tls = loadTls();
  const { getCACertificates }: Partial<typeof tls> = tls;
  return [...tls.rootCertificates, ...(getCACertificates?.('system') ?? [])];
}

/** Loaded for the first connection: the start does not wait for it. */
function loadTls() {
  return process.getBuiltinModule('node:tls');
}
