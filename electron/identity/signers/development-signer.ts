/** The simulator's key, out of the environment file. The settings refuse it against any address off this computer. */
import { createPrivateKey, sign } from 'node:crypto';
import type { SignerSettings } from '../../settings/environment.ts';
import { type Signer, SigningKeyUnavailable } from './signer.ts';

export function createDevelopmentSigner(settings: Extract<SignerSettings, { kind: 'development' }>): Signer {
  return {
    kid: settings.kid,
    signBytes: async (data, algorithm) => {
      try {
        const key = createPrivateKey({ key: settings.privateKey, format: 'jwk' });
        return sign(algorithm === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256', data, key);
      } catch {
        throw new SigningKeyUnavailable('the development key is not a usable RSA key');
      }
    },
  };
}
