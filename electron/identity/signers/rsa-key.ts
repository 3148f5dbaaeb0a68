/**
 * RSA keys in the memory of this process: signing, the public key, and its length.
 * Source: node:crypto; RFC 7518, sections 3.3 (a key of 2048 bits or more) and 6.3.1.
 */
import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import type { PublicRsaKey, SigningAlgorithm } from './signer.ts';

/** The least length in bits for RS256 and RS512. */
export const leastModulusLength = 2048;

/** RSASSA-PKCS1-v1_5, as RS256 and RS512 want it. */
export function signWith(key: KeyObject, data: Uint8Array, algorithm: SigningAlgorithm): Uint8Array {
  return sign(algorithm === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256', data, key);
}

/** `undefined` for a key that is not RSA. */
export function publicRsaKey(key: KeyObject): PublicRsaKey | undefined {
  const { kty, n, e } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return kty === 'RSA' && n !== undefined && e !== undefined ? { kty, n, e } : undefined;
}

/** `modulus` and `exponent`: big-endian numbers, which may have leading zeros. */
export function rsaKeyOf(modulus: Uint8Array, exponent: Uint8Array): PublicRsaKey {
  return { kty: 'RSA', n: unsigned(modulus), e: unsigned(exponent) };
}

/** The length of the modulus in bits. */
export function modulusLength({ n }: PublicRsaKey): number {
  const bytes = Buffer.from(n, 'base64url');
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? 0 : (bytes.length - first) * 8 - Math.clz32(bytes[first] ?? 0) + 24;
}

/** Base64urlUInt of RFC 7518, section 2, without leading zeros. */
function unsigned(number: Uint8Array): string {
  const first = number.findIndex((byte) => byte !== 0);
  return Buffer.from(first === -1 ? [0] : number.subarray(first)).toString('base64url');
}
