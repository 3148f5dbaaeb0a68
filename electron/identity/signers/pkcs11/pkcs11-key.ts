import type { SignerSettings } from '../../../settings/environment.ts';
import type { SigningKey } from '../signer.ts';

export type TokenSettings = Extract<SignerSettings, { kind: 'pkcs11' }>;

/** Uses the token in the process of its library. Both functions throw `SigningKeyUnavailable`. */
export type OpenToken = (settings: TokenSettings) => Pick<SigningKey, 'signBytes' | 'publicKey'>;

/** A key in a PKCS #11 token. The token signs and never exports the key. */
export function createPkcs11Key(settings: TokenSettings, openToken: OpenToken): SigningKey {
  return { kid: settings.kid, kind: 'pkcs11', ...openToken(settings) };
}
