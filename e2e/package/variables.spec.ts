/** Environment variables that would undo what the switches and fuses of the release forbid have no effect. */
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { createPrivateAuthority } from '../doubles/private-authority.ts';
import { expect, type Release, test } from './release.ts';

/** Long enough for a first start on a busy machine. */
const patience = { timeout: 30_000 };

async function hasStarted({ log }: ReturnType<Release['start']>): Promise<void> {
  await expect.poll(log, patience).toContain('"event":"started"');
}

const contentOf = (file: string) => readFile(file, 'utf8').catch(() => undefined);

for (const env of [
  { ELECTRON_ENABLE_LOGGING: '1' },
  { ELECTRON_ENABLE_LOGGING: 'file', ELECTRON_LOG_FILE: 'chromium.log' },
  { ELECTRON_DISABLE_SANDBOX: '1' },
  { CHROME_DEVEL_SANDBOX: '/bin/true' },
  { NODE_DEBUG: 'net,tls' },
  { NODE_REDIRECT_WARNINGS: '/nowhere/warnings' },
  { ICU_TIMEZONE_FILES_DIR: '/nowhere' },
]) {
  test(`does not start with ${Object.keys(env).join(' and ')}, and says so`, async ({ release }) => {
    const file = path.join(release.folder, 'chromium.log');
    const { ended, log } = release.start({
      env: { ...env, ...('ELECTRON_LOG_FILE' in env ? { ELECTRON_LOG_FILE: file } : {}) },
    });
    const { code, errors } = await ended;
    expect(code).toBe(2);
    expect(errors).toContain(`CP-IS Viewer does not start with: ${Object.keys(env).join(' ')}`);
    expect(await log()).toBe('');
    // Electron opens the file before any code of the viewer's runs; nothing of a session can be in it.
    expect((await contentOf(file)) ?? '').not.toMatch(/https?:/);
  });
}

test('writes no keys of its connections to the file that SSLKEYLOGFILE names', async ({ release }) => {
  const file = path.join(release.folder, 'keys');
  await hasStarted(release.start({ env: { SSLKEYLOGFILE: file } }));
  // Chromium makes the file as soon as it has a network.
  expect(await contentOf(file)).toBeUndefined();
});

test('writes nothing of its code’s coverage where NODE_V8_COVERAGE points', async ({ release }) => {
  const folder = path.join(release.folder, 'coverage');
  await mkdir(folder);
  await chmod(folder, 0o777);
  const started = release.start({ env: { NODE_V8_COVERAGE: folder } });
  await hasStarted(started);
  await started.quit();
  expect(await readdir(folder)).toEqual([]);
});

test('keeps the user’s data below the home folder, wherever XDG_CONFIG_HOME points', async ({ release }) => {
  const folder = path.join(release.folder, 'elsewhere');
  await hasStarted(release.start({ env: { XDG_CONFIG_HOME: folder } }));
  expect(await readdir(folder).catch(() => [])).not.toContain('CP-IS Viewer');
});

test('trusts no other log collector for the variables of Node and of the system’s roots', async ({
  release,
}) => {
  const { certificate, key } = await createPrivateAuthority(release.folder);
  let received = '';
  let refused = 0;
  const collector = tls.createServer({ cert: certificate, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
    socket.on('close', () => {
      refused += 1;
    });
  });
  collector.on('tlsClientError', () => {
    refused += 1;
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;
  await release.setPolicy({ auditForwardTo: `127.0.0.1:${port}` });
  await hasStarted(
    release.start({
      env: {
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
        NODE_EXTRA_CA_CERTS: path.join(release.folder, 'ca.pem'),
        SSL_CERT_FILE: path.join(release.folder, 'ca.pem'),
        SSL_CERT_DIR: release.folder,
      },
    }),
  );
  await expect.poll(() => refused, patience).toBeGreaterThan(0);
  expect(received).toBe('');
  collector.close();
});
