/**
 * The public halves of signing keys, as the document that a site publishes.
 * Source: RFC 7517, section 5; NHS England, "User-restricted RESTful APIs", registering a public key.
 */
import type { PublicRsaKey, SigningAlgorithm, SigningKey } from './signer.ts';

export interface KeyToPublish {
  readonly key: Pick<SigningKey, 'kid' | 'publicKey'>;
  readonly algorithm: SigningAlgorithm;
}

export interface PublicJwks {
  readonly keys: readonly (PublicRsaKey & {
    readonly kid: string;
    readonly use: 'sig';
    readonly alg: SigningAlgorithm;
  })[];
}

/** Throws `SigningKeyUnavailable`: a document that lacks a key would take that key out of use. */
export async function publicJwks(keys: readonly KeyToPublish[]): Promise<PublicJwks> {
  const byKid = new Map<string, PublicJwks['keys'][number]>();
  for (const { key, algorithm } of keys) {
    if (byKid.has(key.kid)) continue;
    byKid.set(key.kid, { ...(await key.publicKey()), kid: key.kid, use: 'sig', alg: algorithm });
  }
  return { keys: [...byKid.values()] };
}
