/**
 * What signs this site's assertions. Where the key lives differs by site; what is signed does not.
 * Source: RFC 7515 (JWS compact serialisation), RFC 7518, section 3.3 (RSASSA-PKCS1-v1_5).
 */

export type SigningAlgorithm = 'RS256' | 'RS512';

export interface Signer {
  readonly kid: string;
  /** RSASSA-PKCS1-v1_5 over `data`. Throws `SigningKeyUnavailable`. */
  readonly signBytes: (data: Uint8Array, algorithm: SigningAlgorithm) => Promise<Uint8Array>;
}

/** The key cannot be used now. The message is for the log and names no secret. */
export class SigningKeyUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SigningKeyUnavailable';
  }
}

/** A signed JWT in compact form. */
export async function signJwt(
  signer: Signer,
  claims: Readonly<Record<string, string | number>>,
  algorithm: SigningAlgorithm = 'RS512',
): Promise<string> {
  const header = { alg: algorithm, typ: 'JWT', kid: signer.kid };
  const input = `${encode(header)}.${encode(claims)}`;
  const signature = await signer.signBytes(new TextEncoder().encode(input), algorithm);
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
