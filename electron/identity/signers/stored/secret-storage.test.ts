/** Which of Electron's calls are used. e2e/signers shows with a real keyring that they protect the key. */
import { expect, test } from 'vitest';
import { type AnySafeStorage, createSecretStorage } from './secret-storage.ts';

const sync: AnySafeStorage = {
  getSelectedStorageBackend: () => 'gnome_libsecret',
  isEncryptionAvailable: () => true,
  encryptString: (text) => Buffer.from(`sync:${text}`),
  decryptString: (encrypted) => encrypted.toString().replace('sync:', ''),
};
const newer: AnySafeStorage = {
  ...sync,
  isAsyncEncryptionAvailable: async () => true,
  encryptStringAsync: async (text) => Buffer.from(`async:${text}`),
  decryptStringAsync: async (encrypted) => ({
    shouldReEncrypt: false,
    result: encrypted.toString().replace(/a?sync:/, ''),
  }),
};

test('the asynchronous calls are used where Electron has them', async () => {
  const storage = createSecretStorage(newer, 'linux');
  const encrypted = await storage.encrypt('key');
  expect(encrypted.toString()).toBe('async:key');
  await expect(storage.decrypt(encrypted)).resolves.toBe('key');
  await expect(storage.decrypt(Buffer.from('sync:older'))).resolves.toBe('older');
});

test('an older Electron has the others', async () => {
  const storage = createSecretStorage(sync, 'linux');
  const encrypted = await storage.encrypt('key');
  expect(encrypted.toString()).toBe('sync:key');
  await expect(storage.decrypt(encrypted)).resolves.toBe('key');
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
