import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PrivateAuthority {
  /** PEM, of a server certificate for 127.0.0.1 and `*.viewer.test` that the authority has signed. */
  readonly certificate: string;
  readonly key: string;
  /** Makes the authority trusted for whoever has this home: where Chromium on Linux keeps the system's additions. */
  trustIn(home: string): Promise<void>;
}

/** A certificate authority of this test's own, as a trust's own root or an intercepting proxy would be. */
export async function createPrivateAuthority(folder: string): Promise<PrivateAuthority> {
  const file = (name: string) => path.join(folder, name);
  const subject = '/O=Synthetic Trust/CN=Synthetic root of a test';
  const newKey = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  await run('openssl', [
    'req',
    '-x509',
    ...newKey,
    '-subj',
    subject,
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  ]);
  await run('openssl', [
    'req',
    ...newKey.slice(0, 3),
    '-subj',
    '/CN=viewer.test',
    '-keyout',
    file('leaf.key'),
    '-out',
    file('leaf.csr'),
  ]);
  await writeFile(
    file('leaf.ext'),
    'subjectAltName=IP:127.0.0.1,DNS:*.viewer.test\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n',
  );
  await run('openssl', [
    ...['x509', '-req', '-in', file('leaf.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-CAcreateserial', '-days', '2', '-extfile', file('leaf.ext'), '-out', file('leaf.pem')],
  ]);
  return {
    certificate: await readFile(file('leaf.pem'), 'utf8'),
    key: await readFile(file('leaf.key'), 'utf8'),
    async trustIn(home) {
      const database = path.join(home, '.pki', 'nssdb');
      await mkdir(database, { recursive: true });
      await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
      await run('certutil', [
        '-d',
        `sql:${database}`,
        '-A',
        '-t',
        'C,,',
        '-n',
        'synthetic',
        '-i',
        file('ca.pem'),
      ]);
      await run('chmod', ['-R', 'a+rwX', home]);
      await chmod(home, 0o777);
    },
  };
}
