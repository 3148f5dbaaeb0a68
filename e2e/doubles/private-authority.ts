import { execFile } from 'node:child_process';
import { createHash, X509Certificate } from 'node:crypto';
import { access, chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface PrivateAuthority {
  /** PEM, of a server certificate for 127.0.0.1 and `*.viewer.test` that the authority has signed. */
  readonly certificate: string;
  readonly key: string;
  /** `sha256/…` of the authority's own public key, as an environment names an expected issuer. */
  readonly publicKeyHash: string;
  /** Adds the authority to the NSS database of this home directory, where Chromium on Linux looks for added roots. */
  trustIn(home: string): Promise<void>;
}

/** A certificate authority, as a trust's private root or an intercepting proxy has one. Its files go into `folder`. */
export async function createPrivateAuthority(
  folder: string,
  name = 'Synthetic root of a test',
): Promise<PrivateAuthority> {
  const file = (name: string) => path.join(folder, name);
  const subject = `/O=Synthetic Trust/CN=${name}`;
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  await run('openssl', [
    ...['req', '-x509', ...newKey, '-days', '2', '-subj', subject],
    ...['-keyout', file('ca.key'), '-out', file('ca.pem')],
  ]);
  await run('openssl', [
    ...['req', ...newKey, '-subj', '/CN=viewer.test'],
    ...['-keyout', file('leaf.key'), '-out', file('leaf.csr')],
  ]);
  await writeFile(
    file('leaf.ext'),
    'subjectAltName=IP:127.0.0.1,DNS:*.viewer.test\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n',
  );
  await run('openssl', [
    ...['x509', '-req', '-in', file('leaf.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-CAcreateserial', '-days', '2', '-extfile', file('leaf.ext'), '-out', file('leaf.pem')],
  ]);
  const info = new X509Certificate(await readFile(file('ca.pem'))).publicKey.export({
    type: 'spki',
    format: 'der',
  });
  return {
    certificate: await readFile(file('leaf.pem'), 'utf8'),
    key: await readFile(file('leaf.key'), 'utf8'),
    publicKeyHash: `sha256/${createHash('sha256').update(info).digest('base64')}`,
    async trustIn(home) {
      const database = path.join(home, '.pki', 'nssdb');
      await mkdir(database, { recursive: true });
      const exists = await access(path.join(database, 'cert9.db')).then(
        () => true,
        () => false,
      );
      if (!exists) await run('certutil', ['-d', `sql:${database}`, '-N', '--empty-password']);
      await run('certutil', ['-d', `sql:${database}`, '-A', '-t', 'C,,', '-n', name, '-i', file('ca.pem')]);
      await run('chmod', ['-R', 'a+rwX', home]);
      await chmod(home, 0o777);
    },
  };
}
