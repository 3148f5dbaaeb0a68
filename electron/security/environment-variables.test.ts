/** `e2e/package/variables.spec.ts` tests the effect on a released viewer. */

import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import tls from 'node:tls';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sharedTemporaryFolder, temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { refusedVariables, removeVariables } from './environment-variables.ts';

test('what Electron reads too early to be taken away is refused by its name, whatever its value', () => {
  expect(refusedVariables({ PATH: '/bin', ELECTRON_DISABLE_SANDBOX: '' })).toEqual([
    'ELECTRON_DISABLE_SANDBOX',
  ]);
  expect(refusedVariables({ ELECTRON_LOG_FILE: '/x', ELECTRON_ENABLE_LOGGING: 'file' })).toEqual([
    'ELECTRON_ENABLE_LOGGING',
    'ELECTRON_LOG_FILE',
  ]);
});

test('H20: other rules of time zones are refused', () => {
  const names = ['ICU_TIMEZONE_FILES_DIR', 'NODE_ICU_DATA'];
  expect(refusedVariables(Object.fromEntries(names.map((name) => [name, '/tmp'])))).toEqual(names);
});

test('what is read later is removed and stops no start; the rest stays', () => {
  const variables: Record<string, string | undefined> = {
    PATH: '/bin',
    https_proxy: 'http://proxy:8080',
    SSLKEYLOGFILE: '/keys',
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    SSL_CERT_FILE: '/roots',
    BREAKPAD_DUMP_LOCATION: '/dumps',
  };
  expect(refusedVariables(variables)).toEqual([]);
  removeVariables(variables);
  expect(variables).toEqual({ PATH: '/bin', https_proxy: 'http://proxy:8080' });
});

const run = promisify(execFile);
/** For an `import` in a script. */
const moduleAt = (file: string) => JSON.stringify(pathToFileURL(path.join(import.meta.dirname, file)).href);

/** On a Node that uses them as the system's root certificates, as the Node of newer Electrons does. */
describe('no variable makes another server pass for the log collector', () => {
  const folder = sharedTemporaryFolder();
  let server: tls.Server;
  beforeAll(async () => {
    for (const name of ['own', 'other']) {
      await mkdir(path.join(folder, name));
      const [key, pem] = ['key', 'pem'].map((file) =>
        path.join(folder, file === 'pem' ? name : '', `${name}.${file}`),
      );
      const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
      const made = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
      await run('openssl', ['req', '-x509', ...made, ...subject, '-keyout', key ?? '', '-out', pem ?? '']);
    }
    server = tls.createServer({
      cert: await readFile(path.join(folder, 'own', 'own.pem')),
      key: await readFile(path.join(folder, 'own.key')),
    });
    server.on('tlsClientError', () => undefined);
    server.on('secureConnection', (socket) => socket.on('error', () => undefined));
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterAll(() => void server.close());

  /** The result of a viewer's connection to the collector: `connected`, or the name of the error. */
  async function connects(options: {
    readonly forget: boolean;
    readonly certificate?: string;
  }): Promise<string> {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const script = `
      const { removeVariables } = await import(${moduleAt('environment-variables.ts')});
      if (${options.forget}) removeVariables(process.env);
      const { connectTo } = await import(${moduleAt('../audit/forward/collector.ts')});
      const connect = connectTo({ address: '127.0.0.1:${port}', timeoutMs: 10_000, certificateFile: ${JSON.stringify(options.certificate)} });
      await connect().then((one) => { one.destroy(); console.log('connected'); }, (error) => console.log(error.code));`;
    const env = {
      PATH: process.env['PATH'],
      SSL_CERT_FILE: path.join(folder, 'own', 'own.pem'),
      SSL_CERT_DIR: path.join(folder, 'own'),
    };
    const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { env });
    return stdout.trim();
  }

  test('where they are left, it does', async () => {
    await expect(connects({ forget: false })).resolves.toBe('connected');
  });

  test('H4: where a release has taken them away, it does not', async () => {
    await expect(connects({ forget: true })).resolves.toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });

  test('nor where the site has named the collector’s certificate, which alone is trusted', async () => {
    const certificate = path.join(folder, 'other', 'other.pem');
    await expect(connects({ forget: false, certificate })).resolves.toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  });
});

test('H10: what Node has begun to count for NODE_V8_COVERAGE is written nowhere', async () => {
  const folder = temporaryFolder();
  const load = `const { removeVariables } = await import(${moduleAt('environment-variables.ts')});`;
  const env = { PATH: process.env['PATH'], NODE_V8_COVERAGE: folder };
  const start = (script: string) => run(process.execPath, ['--input-type=module', '-e', script], { env });
  await start(`${load} removeVariables(process.env);`);
  expect(await readdir(folder)).toEqual([]);
  await start(load);
  expect(await readdir(folder)).toHaveLength(1);
});
