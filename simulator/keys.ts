/** Development keys, made at every start and never stored. */
import { generateKeyPair, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import type { SignatureAlgorithm } from './jwt.ts';

const generate = promisify(generateKeyPair);

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** RSA keys come from the thread pool, so several made together take about as long as one. */
export async function createRsaKey(): Promise<SigningKey> {
  return { kid: randomUUID(), ...(await generate('rsa', { modulusLength: 2048 })) };
}

/** P-256, for ES256. */
export async function createEcKey(): Promise<SigningKey> {
  return { kid: randomUUID(), ...(await generate('ec', { namedCurve: 'P-256' })) };
}

/** With `kid`, `use` and `alg`, as a JWK set publishes it. */
export function publicJwk({ kid, publicKey }: SigningKey, algorithm: SignatureAlgorithm): JsonWebKey {
  return { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: algorithm };
}

/** With the members that the application's environment schema asks for, and no others. */
export function privateJwk({ privateKey }: SigningKey): JsonWebKey {
  return privateKey.export({ format: 'jwk' });
}
