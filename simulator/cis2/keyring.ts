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
  readonly rotate: () => Promise<void>;
  readonly createUnpublished: () => Promise<SigningKey>;
}

/** The keys with which CIS2 signs ID tokens, and those that it publishes. */
export async function createKeyring(algorithm: 'RS256' | 'ES256'): Promise<Keyring> {
  const create = algorithm === 'RS256' ? createRsaKey : createEcKey;
  let current = await create();
  return {
    algorithm,
    find: (kid) => (kid === current.kid ? current.publicKey : undefined),
    current: () => current,
    published: () => ({ keys: [publicJwk(current, algorithm)] }),
    rotate: async () => {
      current = await create();
    },
    createUnpublished: create,
  };
}
