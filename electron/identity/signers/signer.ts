/**
 * What signs this site's assertions. Where the key lives differs by site; what is signed does not.
 * Source: RFC 7515 (JWS compact serialisation), RFC 7518, section 3.3 (RSASSA-PKCS1-v1_5).
 */
import type { SignerSettings } from '../../settings/environment.ts';

export type SigningAlgorithm = 'RS256' | 'RS512';

/** RFC 7517 and RFC 7518, section 6.3.1: what may be published of an RSA key. */
export interface PublicRsaKey {
  readonly kty: 'RSA';
  readonly n: string;
  readonly e: string;
}

/** One key, wherever it lives. */
export interface SigningKey {
  readonly kid: string;
  readonly kind: SignerSettings['kind'];
  /** RSASSA-PKCS1-v1_5 over `data`. Throws `SigningKeyUnavailable`. */
  readonly signBytes: (data: Uint8Array, algorithm: SigningAlgorithm) => Promise<Uint8Array>;
  /** The half to publish. Throws `SigningKeyUnavailable`. */
  readonly publicKey: () => Promise<PublicRsaKey>;
}

/** One key, or two while the site goes over from one to the next. */
export interface Signer {
  /** Which to sign with now, the preferred first. */
  readonly candidates: () => readonly SigningKey[];
  /** All that the environment names, those of tomorrow too. */
  readonly all: readonly SigningKey[];
}

/** The key cannot be used now. The message is for the log and names no secret. */
export class SigningKeyUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SigningKeyUnavailable';
  }
}

/** A signed JWT in compact form, by the first key in use that can sign. Throws `SigningKeyUnavailable`. */
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
