import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chmod, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Simulator } from '../../simulator/client.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, type Launch, test, userDataFolder } from '../fixtures.ts';
import { checksInLog, expectCheckedKey } from './checked-key.ts';
import { developmentKey, environmentWith, type Use } from './development-keys.ts';
import { createTestMachine, type TestMachine } from './keys-command.ts';

const storedSigner = (use: Use) => ({ kind: 'stored', name: use });
let workstation: TestMachine;

/** Brings in keys that the simulator knows; gives what the command says of each. */
async function bringIn(simulator: Simulator, ...uses: readonly Use[]): Promise<readonly string[]> {
  const said: string[] = [];
  for (const use of uses) {
    const file = await workstation.write(`${use}.pem`, developmentKey(simulator, use).pem);
    const imported = await workstation.keys('import', use, file);
    expect(imported).toMatchObject({ exitCode: 0 });
    said.push(imported.out);
  }
  return said;
}

/** A viewer whose two keys are the stored ones. */
const start = (launch: Launch, simulator: Simulator, env: Readonly<Record<string, string>> = {}) =>
  launch({
    profile: workstation.profile,
    env: { ...workstation.env, ...env },
    environmentText: environmentWith(simulator, storedSigner),
  });

test('brought in with the command, sealed by the keyring, and signed in with', async ({
  launch,
  simulator,
}) => {
  workstation = await createTestMachine('on');
  const said = await bringIn(simulator, 'platform', 'care-identity');
  expect(said[0]).toContain('Stored the key "platform": RSA, 2048 bits');
  expect(said[1]).toContain('Stored the key "care-identity": RSA, 2048 bits');
  const listed = await workstation.keys('list');
  expect(listed).toMatchObject({ exitCode: 0 });
  expect(listed.out).toMatch(/^care-identity {2}RSA 2048 .*\nplatform {2}RSA 2048 .*\n$/);

  const viewer = await start(launch, simulator);
  const { kid } = developmentKey(simulator, 'platform');
  await expectCheckedKey(viewer, `stored, ${kid}: signs, and fits its public key`);
  await expect(viewer.page.getByText('Sign-in will not work')).toHaveCount(0);
  await viewer.signIn();

  const published = await workstation.keys('publish');
  expect(published).toMatchObject({ exitCode: 0 });
  const { keys } = JSON.parse(published.out) as { keys: Record<string, string>[] };
  expect(keys.map((key) => key['kid'])).toEqual([kid, developmentKey(simulator, 'care-identity').kid]);
  for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('one that has gone since the start is an error of the sign-in, which alone decrypts it', async ({
  launch,
  simulator,
}) => {
  workstation = await createTestMachine('on');
  await bringIn(simulator, 'platform', 'care-identity');
  const viewer = await start(launch, simulator);
  await expect.poll(() => checksInLog(viewer)).toHaveLength(2);
  await rm(path.join(userDataFolder(workstation.profile), 'signing-keys', 'platform.json'));
  await viewer.logIn('nurse');
  await expect(
    viewer.page.getByText('The key that this site signs its requests with could not be used.'),
  ).toBeVisible();
  expect(await checksInLog(viewer)).toHaveLength(2);
});

test('nothing of the private key is readable on the disk, and its file is for its user alone', async ({
  simulator,
}) => {
  workstation = await createTestMachine('on');
  const { pem, key } = developmentKey(simulator, 'platform');
  await bringIn(simulator, 'platform');
  const data = userDataFolder(workstation.profile);
  expect((await stat(path.join(data, 'signing-keys', 'platform.json'))).mode & 0o777).toBe(0o600);
  expect((await stat(path.join(data, 'signing-keys'))).mode & 0o777).toBe(0o700);
  const { d = '' } = key.export({ format: 'jwk' });
  const canaries = [
    d.slice(10, 50),
    pem.split('\n')[10] ?? '',
    Buffer.from(d, 'base64url').toString('hex').slice(20, 60),
  ];
  for (const text of await filesBelow(data))
    for (const canary of canaries) expect(text).not.toContain(canary);
});

test('of another keyring it cannot be opened, and the screen says so before a sign-in', async ({
  launch,
  simulator,
}) => {
  workstation = await createTestMachine('on');
  await bringIn(simulator, 'platform');
  const CPIS_VIEWER_HOME = path.join(workstation.profile, 'another-home');
  const viewer = await start(launch, simulator, { CPIS_VIEWER_HOME });
  await expect(viewer.page.getByText(/Sign-in will not work: .* Tell your IT service desk\./)).toBeVisible();
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(
    viewer.page.getByText(/the stored key "platform" cannot be opened: it was sealed for/),
  ).toBeVisible();
  await expect(viewer.page.getByText(/the stored key "care-identity" was never brought in/)).toBeVisible();
});

test('without a keyring (basic_text) nothing is stored', async ({ simulator }) => {
  workstation = await createTestMachine('off');
  const file = await workstation.write('key.pem', developmentKey(simulator, 'platform').pem);
  const refused = await workstation.keys('import', 'platform', file);
  expect(refused).toMatchObject({ exitCode: 1, out: '' });
  expect(refused.error).toContain('Nothing was stored: this session has no keyring');
  await expect(readdir(path.join(userDataFolder(workstation.profile), 'signing-keys'))).rejects.toThrow(
    'ENOENT',
  );
});

test('without the keyring (basic_text) nothing stored is used', async ({ launch, simulator }) => {
  workstation = await createTestMachine('on');
  await bringIn(simulator, 'platform');
  const viewer = await start(launch, simulator, { CPIS_VIEWER_KEYRING: 'off' });
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(
    viewer.page.getByText(/"platform" cannot be opened: this session has no keyring/),
  ).toBeVisible();
});

test('a file that is protected by a passphrase, as openssl makes it', async () => {
  workstation = await createTestMachine('on');
  const passphraseFile = await workstation.write('passphrase', 'correct horse\n');
  const keyFile = await workstation.write('site.pem', '');
  const [command, ...args] = [
    ...['openssl', 'genpkey', '-quiet', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:4096'],
    ...['-aes-256-cbc', '-pass', `file:${passphraseFile}`, '-out', keyFile],
  ];
  await promisify(execFile)(command ?? '', args);
  await chmod(keyFile, 0o644);
  expect((await workstation.keys('import', 'site', keyFile)).error).toContain('protected by a passphrase');
  const imported = await workstation.keys('import', 'site', keyFile, passphraseFile);
  expect(imported).toMatchObject({ exitCode: 0 });
  expect(imported.out).toContain('Stored the key "site": RSA, 4096 bits');
});

test('a key that is too short, and a command that is not understood, change nothing', async () => {
  workstation = await createTestMachine('on');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const file = await workstation.write(
    'short.pem',
    privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  const refused = await workstation.keys('import', 'platform', file);
  expect(refused).toMatchObject({ exitCode: 1, out: '' });
  expect(refused.error).toContain('holds a key of 1024 bits');
  expect(await workstation.keys('export', 'platform')).toMatchObject({ exitCode: 2, out: '' });
  expect((await workstation.keys('list')).out).toBe('No key is stored for this user.\n');
});

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Promise.all(files.map((entry) => readFile(path.join(entry.parentPath, entry.name), 'latin1')));
}
