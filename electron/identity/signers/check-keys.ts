/**
 * Checks by a signature whether each key can sign. The signed text contains no dot, so it cannot pass for a JWT
 * (RFC 7515, section 7.1).
 */
import { createPublicKey, verify } from 'node:crypto';
import type { SignerSettings } from '../../settings/environment.ts';
import { leastModulusLength, modulusLength } from './rsa-key.ts';
import { type SigningKey, SigningKeyUnavailable } from './signer.ts';

export interface KeyCheck {
  readonly kid: string;
  readonly kind: SignerSettings['kind'];
  /** `verified`: the public key is available, and the signature fits it. `signs`: no public key is available. */
  readonly result: 'verified' | 'signs' | 'cannot-sign';
  /** For the log and Diagnostics; empty where the key can sign. */
  readonly reason: string;
}

const probe = new TextEncoder().encode('CP-IS Viewer asks whether this key can sign');

/** Checks the keys one after the other, because two keys may be in one token. Never throws. */
export async function checkKeys(keys: readonly SigningKey[]): Promise<readonly KeyCheck[]> {
  const checks: KeyCheck[] = [];
  for (const key of keys) checks.push(await checkKey(key));
  return checks;
}

async function checkKey(key: SigningKey): Promise<KeyCheck> {
  const { kid, kind } = key;
  try {
    return { kid, kind, result: await trySigning(key), reason: '' };
  } catch (error) {
    const reason = error instanceof SigningKeyUnavailable ? error.message : 'it failed in an unknown way';
    return { kid, kind, result: 'cannot-sign', reason };
  }
}

async function trySigning(key: SigningKey): Promise<'verified' | 'signs'> {
  const signature = await key.signBytes(probe, 'RS512');
  if (signature.byteLength * 8 < leastModulusLength) {
    throw new SigningKeyUnavailable(`its signature has ${signature.byteLength} bytes, which is too few`);
  }
  // A key-management service may allow signing without reading the key: only the length is checked then.
  const publicKey = await key.publicKey().catch(() => undefined);
  if (publicKey === undefined) return 'signs';
  if (modulusLength(publicKey) < leastModulusLength) {
    throw new SigningKeyUnavailable(`the key has ${modulusLength(publicKey)} bits, which is too few`);
  }
  const fits = verify(
    'RSA-SHA512',
    probe,
    createPublicKey({ key: { ...publicKey }, format: 'jwk' }),
    signature,
  );
  if (!fits) throw new SigningKeyUnavailable('its signature does not fit its public key');
  return 'verified';
}
