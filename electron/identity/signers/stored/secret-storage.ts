/**
 * The system's own protection for a secret at rest: DPAPI, the Keychain, a Linux keyring. It protects from other users
 * of the computer, never from other programs of the same user.
 * Source: Electron, `safeStorage`; its asynchronous calls are newer than the oldest Electron that this code runs on.
 */
import type { SafeStorage } from 'electron';

export interface SecretStorage {
  /** Why nothing can be kept safely here; `undefined` when it can. */
  problem(): Promise<string | undefined>;
  seal(text: string): Promise<Buffer>;
  open(sealed: Buffer): Promise<string>;
}

type AsyncCalls = 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync';
type SyncCalls = 'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend';
/** What any Electron has, and what only a newer one has. */
export type AnySafeStorage = Pick<SafeStorage, SyncCalls> & Partial<Pick<SafeStorage, AsyncCalls>>;

/** Only after the app is ready: before, Linux has not yet chosen a backend. */
export function createSecretStorage(safeStorage: AnySafeStorage, platform: NodeJS.Platform): SecretStorage {
  return {
    async problem() {
      if (platform === 'linux') {
        const backend = safeStorage.getSelectedStorageBackend();
        // `basic_text` scrambles with a password that is in Chromium's source.
        if (backend === 'basic_text' || backend === 'unknown') {
          return 'this session has no keyring (GNOME Keyring or KWallet) to protect a key with';
        }
      }
      const available =
        (await safeStorage.isAsyncEncryptionAvailable?.()) ?? safeStorage.isEncryptionAvailable();
      return available ? undefined : 'the system refuses to encrypt: its keyring may be locked';
    },
    async seal(text) {
      return (await safeStorage.encryptStringAsync?.(text)) ?? safeStorage.encryptString(text);
    },
    async open(sealed) {
      return (await safeStorage.decryptStringAsync?.(sealed))?.result ?? safeStorage.decryptString(sealed);
    },
  };
}
