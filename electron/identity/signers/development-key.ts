import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { SignerSettings } from '../../settings/environment.ts';
import { publicRsaKey, signWith } from './rsa-key.ts';
import { type SigningKey, SigningKeyUnavailable } from './signer.ts';

/** The simulator's key, from the environment file. The settings refuse this key for any service on another computer. */
export function createDevelopmentKey(settings: Extract<SignerSettings, { kind: 'development' }>): SigningKey {
  const usable = async <Value>(use: (key: KeyObject) => Value): Promise<NonNullable<Value>> => {
    try {
      const result = use(createPrivateKey({ key: settings.privateKey, format: 'jwk' }));
      if (result !== undefined && result !== null) return result;
    } catch {
      // Thrown below without the library's message, which may repeat parts of the key.
    }
    throw new SigningKeyUnavailable('the development key is not a usable RSA key');
  };
  return {
    kid: settings.kid,
    kind: 'development',
    signBytes: (data, algorithm) => usable((key) => signWith(key, data, algorithm)),
    publicKey: () => usable(publicRsaKey),
  };
}
