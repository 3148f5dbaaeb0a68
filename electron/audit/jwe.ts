/**
 * Encrypts values that this computer can write and not read: to the public key of the site's information-governance staff,
 * as a compact JWE that any JOSE tool with the private key can decrypt. Each value has its own ephemeral key pair (ECDH-ES
 * on P-256) and is encrypted with AES-256-GCM.
 * Sources: RFC 7516 (JWE), RFC 7518 sections 4.6 (ECDH-ES, Concat KDF) and 5.3, RFC 7638 (thumbprint as `kid`).
 * Uses node:crypto, which is synchronous: `audit export` runs before Electron's event loop.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import * as v from 'valibot';
import { canonicalJson } from './canonical-json.ts';

export interface Encrypter {
  readonly kid: string;
  encrypt(text: string): string;
}

export interface Decrypter {
  readonly kid: string;
  /** Returns `undefined` for a value that was encrypted to another key or changed since. */
  decrypt(jwe: string): string | undefined;
}

const curve = 'prime256v1';
const tagBytes = 16;

const publicJwk = v.object({ kty: v.literal('EC'), crv: v.literal('P-256'), x: v.string(), y: v.string() });

const headerSchema = v.object({
  alg: v.literal('ECDH-ES'),
  enc: v.literal('A256GCM'),
  kid: v.string(),
  epk: publicJwk,
});

/**
 * Reads a P-256 public key: its SubjectPublicKeyInfo in base64 on one line, or in PEM. Returns `undefined` for anything
 * else.
 */
export function createEncrypter(publicKey: string): Encrypter | undefined {
  const recipient = readPublicKey(publicKey);
  if (recipient === undefined) return undefined;
  const kid = thumbprint(recipient);
  return {
    kid,
    encrypt(text) {
      const ephemeral = generateKeyPairSync('ec', { namedCurve: curve });
      const epk = v.parse(publicJwk, ephemeral.publicKey.export({ format: 'jwk' }));
      const header = base64url(canonicalJson({ alg: 'ECDH-ES', enc: 'A256GCM', kid, epk }));
      const iv = randomBytes(12);
      const key = deriveKey(ephemeral.privateKey, recipient);
      const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(header, 'ascii'));
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, ciphertext, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      // The second part is empty: ECDH-ES derives the content key, so the JWE carries no encrypted key.
      return [header, '', ...parts].join('.');
    },
  };
}

/** Whether `createEncrypter` can read it. */
export function isEncryptionKey(publicKey: string): boolean {
  return readPublicKey(publicKey) !== undefined;
}

/** Reads a P-256 private key in PEM. Returns `undefined` for anything else. */
export function createDecrypter(privateKeyPem: string): Decrypter | undefined {
  const recipient = readPrivateKey(privateKeyPem);
  if (recipient === undefined) return undefined;
  const kid = thumbprint(createPublicKey(recipient));
  return {
    kid,
    decrypt(jwe) {
      try {
        const [header = '', , iv = '', ciphertext = '', tag = ''] = jwe.split('.');
        const { epk } = v.parse(headerSchema, JSON.parse(Buffer.from(header, 'base64url').toString('utf8')));
        const key = deriveKey(recipient, createPublicKey({ key: epk, format: 'jwk' }));
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(header, 'ascii'));
        decipher.setAuthTag(Buffer.from(tag, 'base64url'));
        const text = Buffer.concat([decipher.update(Buffer.from(ciphertext, 'base64url')), decipher.final()]);
        return text.toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}

function readPublicKey(text: string): KeyObject | undefined {
  try {
    const key = text.includes('-----BEGIN')
      ? createPublicKey(text)
      : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    return isOnCurve(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function readPrivateKey(pem: string): KeyObject | undefined {
  try {
    const key = createPrivateKey(pem);
    return isOnCurve(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function isOnCurve(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === curve;
}

/** The Concat KDF of RFC 7518, section 4.6.2: one round of SHA-256 gives the 256 bits that A256GCM needs. */
function deriveKey(privateKey: KeyObject, publicKey: KeyObject): Buffer {
  const algorithm = Buffer.from('A256GCM', 'ascii');
  return createHash('sha256')
    .update(uint32(1))
    .update(diffieHellman({ privateKey, publicKey }))
    .update(uint32(algorithm.length))
    .update(algorithm)
    .update(uint32(0)) // no PartyUInfo
    .update(uint32(0)) // no PartyVInfo
    .update(uint32(256))
    .digest();
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function thumbprint(publicKey: KeyObject): string {
  const { crv, kty, x, y } = v.parse(publicJwk, publicKey.export({ format: 'jwk' }));
  return createHash('sha256').update(canonicalJson({ crv, kty, x, y })).digest('base64url');
}

function base64url(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64url');
}
