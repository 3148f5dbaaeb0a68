/** A key in a PKCS #11 token, which signs and never gives the key away. */
import type { SignerSettings } from '../../../settings/environment.ts';
import type { SigningKey } from '../signer.ts';

export type TokenSettings = Extract<SignerSettings, { kind: 'pkcs11' }>;

/** Where the token's library runs. Throws `SigningKeyUnavailable` when asked and unable. */
export type OpenToken = (settings: TokenSettings) => Pick<SigningKey, 'signBytes' | 'publicKey'>;

export function createPkcs11Key(settings: TokenSettings, openToken: OpenToken): SigningKey {
  return { kid: settings.kid, kind: 'pkcs11', ...openToken(settings) };
}
