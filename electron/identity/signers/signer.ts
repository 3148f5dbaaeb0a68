/**
 * Signs this site's assertions. The place of the key differs by site; the signed JWT does not.
 * Source: RFC 7515 (JWS compact serialisation), RFC 7518, section 3.3 (RSASSA-PKCS1-v1_5).
 */
import type { SignerSettings } from '../../settings/environment.ts';

export type SigningAlgorithm = 'RS256' | 'RS512';

/** RFC 7517 and RFC 7518, section 6.3.1: the public members of an RSA key. */
export interface PublicRsaKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** One key, in whichever store. */
export interface SigningKey {
  readonly kid: string;
  readonly kind: SignerSettings['kind'];
  /** RSASSA-PKCS1-v1_5 over `data`. Throws `SigningKeyUnavailable`. */
  readonly signBytes: (data: Uint8Array, algorithm: SigningAlgorithm) => Promise<Uint8Array>;
  /** Throws `SigningKeyUnavailable`. */
  readonly publicKey: () => Promise<PublicRsaKey>;
}

/** One key, or two during a rotation. */
export interface Signer {
  /** The keys that may sign now, the preferred one first. */
  readonly candidates: () => readonly SigningKey[];
  /** All keys that the environment names, including a key that may not sign yet. */
  readonly all: readonly SigningKey[];
}

/** The key cannot be used now. The message is for the log and names no secret. */
export class SigningKeyUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SigningKeyUnavailable';
  }
}

/** Signs a JWT in compact form with the first candidate that can sign. Throws `SigningKeyUnavailable`. */
export async function signJwt(
  signer: Signer,
  claims: Readonly<Record<string, string | number>>,
  algorithm: SigningAlgorithm = 'RS512',
): Promise<string> {
  const reasons: string[] = [];
  for (const key of signer.candidates()) {
    try {
      const input = `${encode({ alg: algorithm, typ: 'JWT', kid: key.kid })}.${encode(claims)}`;
      const signature = await key.signBytes(new TextEncoder().encode(input), algorithm);
      return `${input}.${Buffer.from(signature).toString('base64url')}`;
    } catch (error) {
      if (!(error instanceof SigningKeyUnavailable)) throw error;
      reasons.push(error.message);
    }
  }
  throw new SigningKeyUnavailable(reasons.join('; '));
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
