/**
 * The system's encryption of a secret at rest: DPAPI, the Keychain, a Linux keyring. It protects against other users of
 * the computer, never against other programs of the same user.
 * Source: Electron, `safeStorage`; its asynchronous calls are newer than the oldest Electron that this code runs on.
 */
import type { SafeStorage } from 'electron';

export interface SecretStorage {
  /** The reason why the system cannot protect a secret; `undefined` if it can. */
  problem(): Promise<string | undefined>;
  encrypt(text: string): Promise<Buffer>;
  decrypt(encrypted: Buffer): Promise<string>;
}

type AsyncCalls = 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync';
type SyncCalls = 'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend';
/** The calls of every Electron, and optionally those of newer ones. */
export type AnySafeStorage = Pick<SafeStorage, SyncCalls> & Partial<Pick<SafeStorage, AsyncCalls>>;

/** Call after the app is ready: Linux has chosen no backend before. */
export function createSecretStorage(safeStorage: AnySafeStorage, platform: NodeJS.Platform): SecretStorage {
  return {
    async problem() {
      if (platform === 'linux') {
        const backend = safeStorage.getSelectedStorageBackend();
        // `basic_text` encrypts with a password that is public in Chromium's source.
        if (backend === 'basic_text' || backend === 'unknown') {
          return 'this session has no keyring (GNOME Keyring or KWallet) to protect a key with';
        }
      }
      const available =
        (await safeStorage.isAsyncEncryptionAvailable?.()) ?? safeStorage.isEncryptionAvailable();
      return available ? undefined : 'the system refuses to encrypt: its keyring may be locked';
    },
    async encrypt(text) {
      return (await safeStorage.encryptStringAsync?.(text)) ?? safeStorage.encryptString(text);
    },
    async decrypt(encrypted) {
      return (
        (await safeStorage.decryptStringAsync?.(encrypted))?.result ?? safeStorage.decryptString(encrypted)
      );
    },
  };
}
