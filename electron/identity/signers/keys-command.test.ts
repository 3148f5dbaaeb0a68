/** The output for an administrator, on real files; only the system's encryption has a stand-in. */
import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { createTestTerminal } from '../../testing/test-terminal.ts';
import { runKeysCommand } from './keys-command.ts';
import { parseKeysCommand } from './keys-command-line.ts';
import { SigningKeyUnavailable } from './signer.ts';
import { createKeyStore, type KeyStore } from './stored/key-store.ts';
import type { SecretStorage } from './stored/secret-storage.ts';
import { createStoredKey } from './stored/stored-key.ts';

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
let folder: string;
let keysFolder: string;
let keyFile: string;
let storage: SecretStorage;
let store: KeyStore;

/** Does not encrypt: only changes the text. */
const scrambling: SecretStorage = {
  problem: async () => undefined,
  encrypt: async (text) => Buffer.from(text).map((byte) => byte ^ 0x5a) as Buffer,
  decrypt: async (encrypted) => Buffer.from(encrypted.map((byte) => byte ^ 0x5a)).toString(),
};

beforeEach(async () => {
  folder = temporaryFolder();
  keysFolder = path.join(folder, 'data', 'signing-keys');
  keyFile = path.join(folder, 'site.pem');
  await writeFile(keyFile, pem);
  useStorage(scrambling);
});

function useStorage(chosen: SecretStorage): void {
  storage = chosen;
  store = createKeyStore({ folder: keysFolder, storage, now: () => new Date('2027-01-01T00:00:00Z') });
}

/** A command that ended with this message alone. */
const refusal = (error: string) => ({
  exitCode: 1,
  out: '',
  error: `${error}
`,
});

async function run(...words: readonly string[]) {
  const { terminal, written } = createTestTerminal();
  const exitCode = await runKeysCommand(parseKeysCommand(words), {
    ...terminal,
    store,
    storage,
    publish: () => Promise.reject(new SigningKeyUnavailable('This computer has no environment file')),
  });
  return { exitCode, ...written };
}

const sign = (name: string) =>
  createStoredKey({ kind: 'stored', kid: 'k1', name }, store).signBytes(pemBytes, 'RS512');
const pemBytes = new TextEncoder().encode('header.claims');

describe('import', () => {
  test('keeps the key, encrypted and for this user alone, and says what is left to do', async () => {
    const { exitCode, out, error } = await run('import', 'site', keyFile);
    expect([exitCode, error]).toEqual([0, '']);
    expect(out).toContain('Stored the key "site": RSA, 2048 bits, for this user of this computer alone.');
    expect(out).toContain('4096 bits are advised');
    const file = path.join(keysFolder, 'site.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(keysFolder)).mode & 0o777).toBe(0o700);
    const text = await readFile(file, 'utf8');
    expect(text).not.toContain('PRIVATE KEY');
    expect(text).not.toContain(pem.split('\n')[3]);
    await expect(sign('site')).resolves.toHaveLength(256);
    await expect(readFile(keyFile, 'utf8')).resolves.toBe(pem);
  });

  test('opens an encrypted file with the passphrase in another', async () => {
    const passphrase = 'correct horse';
    const text = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase });
    await writeFile(keyFile, text);
    await writeFile(path.join(folder, 'passphrase'), `${passphrase}\r\n`);
    expect(await run('import', 'site', keyFile)).toMatchObject({
      exitCode: 1,
      error: expect.stringContaining('protected by a passphrase') as string,
    });
    expect(await run('import', 'site', keyFile, path.join(folder, 'passphrase'))).toMatchObject({
      exitCode: 0,
    });
  });

  test('never replaces a key', async () => {
    await run('import', 'site', keyFile);
    const before = await readFile(path.join(keysFolder, 'site.json'), 'utf8');
    expect(await run('import', 'site', keyFile)).toEqual(
      refusal('Nothing was stored: a key "site" is stored already; remove it first.'),
    );
    expect(await readFile(path.join(keysFolder, 'site.json'), 'utf8')).toBe(before);
  });

  test('stores nothing where the system has no real protection', async () => {
    useStorage({ ...scrambling, problem: async () => 'this session has no keyring' });
    expect(await run('import', 'site', keyFile)).toEqual(
      refusal('Nothing was stored: this session has no keyring.'),
    );
    await expect(readdir(folder)).resolves.toEqual(['site.pem']);
  });

  test('stores nothing that the system does not give back', async () => {
    useStorage({ ...scrambling, decrypt: async () => 'something else' });
    expect(await run('import', 'site', keyFile)).toMatchObject({ exitCode: 1, out: '' });
    await expect(readdir(keysFolder)).resolves.toEqual([]);
  });

  test.each([
    ['no such file', '/nowhere/site.pem', 'the key file is not there'],
    ['a folder', '/', 'the key file is a folder'],
  ])('%s', async (_case, file, problem) => {
    expect(await run('import', 'site', file)).toEqual(refusal(`Nothing was stored: ${problem}.`));
  });

  test('says so when the data folder is not a folder', async () => {
    await writeFile(path.join(folder, 'data'), '');
    expect(await run('import', 'site', keyFile)).toEqual(
      refusal('Nothing was stored: the data folder of this user cannot be written.'),
    );
  });
});

describe('list and remove', () => {
  test('name the public half, and need no secret for it', async () => {
    expect((await run('list')).out).toBe('No key is stored for this user.\n');
    await run('import', 'site', keyFile);
    useStorage({ ...scrambling, decrypt: () => Promise.reject(new Error('locked')) });
    expect((await run('list')).out).toMatch(
      /^site {2}RSA 2048 {2}thumbprint [\w-]{43} {2}since 2027-01-01T00:00:00.000Z\n$/,
    );
  });

  test('a damaged file is named as such, and can be removed', async () => {
    await mkdir(keysFolder, { recursive: true });
    await writeFile(path.join(keysFolder, 'site.json'), '{"version":1');
    await chmod(path.join(keysFolder, 'site.json'), 0o600);
    expect((await run('list')).out).toContain('site  DAMAGED');
    await expect(sign('site')).rejects.toThrow('the stored key "site" is damaged');
    expect(await run('remove', 'site')).toMatchObject({ exitCode: 0 });
    expect(await run('remove', 'site')).toMatchObject({ exitCode: 1 });
    await expect(sign('site')).rejects.toThrow('the stored key "site" was never brought in for this user');
  });
});

test('a key that was encrypted for another user cannot sign, and says why', async () => {
  await run('import', 'site', keyFile);
  useStorage({ ...scrambling, decrypt: () => Promise.reject(new Error('bad decrypt')) });
  await expect(sign('site')).rejects.toThrow('it was sealed for another user or another computer');
  useStorage({ ...scrambling, problem: async () => 'this session has no keyring' });
  await expect(sign('site')).rejects.toThrow('cannot be opened: this session has no keyring');
});

test('publish says what is missing, and prints nothing else', async () => {
  expect(await run('publish')).toEqual(
    refusal('The public keys cannot be read: This computer has no environment file.'),
  );
});

describe('a command that is not understood', () => {
  test.each([
    [[], 'What to do with the keys is missing.'],
    [['export', 'site'], 'What to do with the keys is missing.'],
    [['import', 'site'], 'The name of the key or of its file is missing.'],
    [['import', '../site', 'a.pem'], 'The name must be 1 to 64 letters, digits, "-" or "_".'],
    [['import', 'site', 'a.pem', 'pass', 'more'], 'There is a word too many.'],
    [['list', 'site'], 'There is a word too many.'],
    [['remove'], 'The name of the key is missing.'],
    [['remove', 'a/b'], 'The name must be 1 to 64 letters'],
  ])('%j', async (words, problem) => {
    const { exitCode, out, error } = await run(...words);
    expect([exitCode, out]).toEqual([2, '']);
    expect(error).toContain(problem);
    expect(error).toContain('Usage:');
  });
});
