import type { JsonWebKey, KeyObject } from 'node:crypto';
import type { SignatureAlgorithm } from '../jwt.ts';
import { createEcKey, createRsaKey, publicJwk, type SigningKey } from '../keys.ts';

/** What the platform needs of CIS2: its published keys. */
export interface VerificationKeys {
  readonly algorithm: SignatureAlgorithm;
  readonly find: (kid: string) => KeyObject | undefined;
}

export interface Keyring extends VerificationKeys {
  readonly current: () => SigningKey;
  readonly published: () => { readonly keys: readonly JsonWebKey[] };
  readonly rotate: (options: { readonly keepOld: boolean }) => Promise<void>;
  /** A key that is never published. */
  readonly createUnpublished: () => Promise<SigningKey>;
}

/** The keys with which CIS2 signs ID tokens, and those that it publishes. */
export async function createKeyring(algorithm: 'RS256' | 'ES256'): Promise<Keyring> {
  const create = algorithm === 'RS256' ? createRsaKey : createEcKey;
  let current = await create();
  let published: readonly SigningKey[] = [current];
  return {
    algorithm,
    find: (kid) => published.find((key) => key.kid === kid)?.publicKey,
    current: () => current,
    published: () => ({ keys: published.map((key) => publicJwk(key, algorithm)) }),
    rotate: async ({ keepOld }) => {
      current = await create();
      published = keepOld ? [current, ...published] : [current];
    },
    createUnpublished: create,
  };
}
