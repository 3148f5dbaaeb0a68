/** Which of Electron's calls are used. That they protect anything is shown in e2e/signers, with a real keyring. */
import { expect, test } from 'vitest';
import { type AnySafeStorage, createSecretStorage } from './secret-storage.ts';

const sync: AnySafeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(`sync:${text}`),
  decryptString: (sealed) => sealed.toString().replace('sync:', ''),
};
const newer: AnySafeStorage = {
  ...sync,
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => Buffer.from(`async:${text}`),
  decryptStringAsync: async (sealed) => ({
    shouldReEncrypt: false,
    result: sealed.toString().replace(/a?sync:/, ''),
  }),
};

test('the asynchronous calls are used where Electron has them', async () => {
  const storage = createSecretStorage(newer, 'linux');
  const sealed = await storage.seal('key');
  expect(sealed.toString()).toBe('async:key');
  await expect(storage.open(sealed)).resolves.toBe('key');
  await expect(storage.open(Buffer.from('sync:older'))).resolves.toBe('older');
});

test('an older Electron has the others', async () => {
  const storage = createSecretStorage(sync, 'linux');
  const sealed = await storage.seal('key');
  expect(sealed.toString()).toBe('sync:key');
  await expect(storage.open(sealed)).resolves.toBe('key');
  await expect(storage.problem()).resolves.toBeUndefined();
});

test.each(['basic_text', 'unknown'] as const)(
  '%s is no keyring, whatever Electron says of it',
  async (backend) => {
    const storage = createSecretStorage({ ...newer, getSelectedStorageBackend: () => backend }, 'linux');
    await expect(storage.problem()).resolves.toContain('no keyring');
  },
);

test('a locked keyring', async () => {
  const unavailable: AnySafeStorage = {
    ...newer,
    isAsyncEncryptionAvailable: async () => false,
    isEncryptionAvailable: () => true,
  };
  await expect(createSecretStorage(unavailable, 'win32').problem()).resolves.toContain('refuses to encrypt');
});
