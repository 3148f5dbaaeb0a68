import { createPrivateKey, type KeyObject } from 'node:crypto';
import { leastModulusLength, modulusLength, publicRsaKey } from '../rsa-key.ts';

export type PrivateKeyRead =
  | { readonly kind: 'read'; readonly key: KeyObject; readonly bits: number }
  /** `problem` continues the sentence "The key file …" and never repeats the file's contents. */
  | { readonly kind: 'refused'; readonly problem: string };

/**
 * Reads the private key that an administrator imports: RSA of 2048 bits or more, as PKCS #8 or PKCS #1 in PEM.
 * Source: RFC 7468; RFC 7518, section 3.3.
 */
export function readPrivateKey(pem: string, passphrase: string | undefined): PrivateKeyRead {
  if (!/-----BEGIN (RSA |EC |ENCRYPTED )?PRIVATE KEY-----/.test(pem)) {
    return refused(
      /-----BEGIN /.test(pem) ? 'is PEM, but holds no private key' : 'is not a private key in PEM form',
    );
  }
  const encrypted = /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
  if (encrypted && passphrase === undefined) {
    return refused('is protected by a passphrase: name the file that holds it behind the key file');
  }
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: pem, format: 'pem', ...(encrypted ? { passphrase } : {}) });
  } catch {
    return refused(encrypted ? 'cannot be opened with this passphrase' : 'is damaged');
  }
  if (key.asymmetricKeyType !== 'rsa') return refused('holds a key that is not RSA');
  const publicKey = publicRsaKey(key);
  if (publicKey === undefined) return refused('is damaged');
  const bits = modulusLength(publicKey);
  if (bits < leastModulusLength) {
    return refused(`holds a key of ${bits} bits: ${leastModulusLength} is the least, 4096 is advised`);
  }
  return { kind: 'read', key, bits };
}

function refused(problem: string): PrivateKeyRead {
  return { kind: 'refused', problem };
}
