import type { KeyObject } from 'node:crypto';
import type { SignerSettings } from '../../../settings/environment.ts';
import { publicRsaKey, signWith } from '../rsa-key.ts';
import { type SigningKey, SigningKeyUnavailable } from '../signer.ts';
import { type KeyStore, KeyStoreFault } from './key-store.ts';

/**
 * A key that an administrator imported with `cpis-viewer keys import`. The key is decrypted for each signature and not
 * kept in between.
 */
export function createStoredKey(
  { kid, name }: Extract<SignerSettings, { kind: 'stored' }>,
  store: Pick<KeyStore, 'open'>,
): SigningKey {
  async function open(): Promise<KeyObject> {
    try {
      return await store.open(name);
    } catch (error) {
      if (!(error instanceof KeyStoreFault)) throw error;
      throw new SigningKeyUnavailable(`the stored key "${name}" ${error.message}`);
    }
  }
  return {
    kid,
    kind: 'stored',
    signBytes: async (data, algorithm) => signWith(await open(), data, algorithm),
    async publicKey() {
      const key = publicRsaKey(await open());
      if (key === undefined) throw new SigningKeyUnavailable(`the stored key "${name}" is not an RSA key`);
      return key;
    },
  };
}
