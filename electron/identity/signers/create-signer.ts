import type { SignerSettings } from '../../settings/environment.ts';
import { createDevelopmentSigner } from './development-signer.ts';
import { type Signer, SigningKeyUnavailable } from './signer.ts';

/** Makes the signer that the environment names. */
export function createSigner(settings: SignerSettings): Signer {
  switch (settings.kind) {
    case 'development':
      return createDevelopmentSigner(settings);
    case 'stored':
    case 'pkcs11':
    case 'remote':
      return {
        kid: settings.kid,
        signBytes: () => Promise.reject(new SigningKeyUnavailable(`no signer of kind ${settings.kind}`)),
      };
  }
}
