/**
 * JSON Web Signatures without a library (RFC 7515, RFC 7519): the simulator must make wrong ones and say exactly what is
 * wrong with one, which a library rightly makes hard.
 */
import { createHmac, type KeyObject, sign, verify } from 'node:crypto';
import * as v from 'valibot';

export type Claims = Readonly<Record<string, unknown>>;

export interface Jwt {
  readonly header: Claims;
  readonly payload: Claims;
  readonly signingInput: string;
  readonly signature: Buffer;
}

const object = v.record(v.string(), v.unknown());

/** Undefined for anything but three dot-separated parts of which the first two are JSON objects. */
export function decodeJwt(text: string): Jwt | undefined {
  const [header, payload, signature, ...rest] = text.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0)
    return undefined;
  const decodedHeader = decodePart(header);
  const decodedPayload = decodePart(payload);
  if (decodedHeader === undefined || decodedPayload === undefined) return undefined;
  return {
    header: decodedHeader,
    payload: decodedPayload,
    signingInput: `${header}.${payload}`,
    signature: Buffer.from(signature, 'base64url'),
  };
}

function decodePart(part: string): Claims | undefined {
  try {
    const parsed = v.safeParse(object, JSON.parse(Buffer.from(part, 'base64url').toString('utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

export type SignatureAlgorithm = 'RS256' | 'RS512' | 'ES256';

/** RFC 7518, section 3.1: RSASSA-PKCS1-v1_5 and ECDSA in the fixed-length form. */
function digestOf(algorithm: SignatureAlgorithm): string {
  return algorithm === 'RS512' ? 'sha512' : 'sha256';
}

/** The first two parts, in base64url, with the dot between them. */
export function encodeSigningInput(header: Claims, payload: Claims): string {
  return [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
}

/** The signature as JWS has it: ECDSA in its fixed length, not DER. */
export function signInput(input: string, algorithm: SignatureAlgorithm, key: KeyObject): Buffer {
  return sign(digestOf(algorithm), Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' });
}

/** HS256 with a public key as the secret: the attack on a verifier that believes the algorithm of the header. */
export function signWithPublicKey(input: string, key: KeyObject): Buffer {
  return createHmac('sha256', key.export({ type: 'spki', format: 'pem' }))
    .update(input)
    .digest();
}

/** By `algorithm`, whatever the header says. */
export function verifySignature(jwt: Jwt, algorithm: SignatureAlgorithm, key: KeyObject): boolean {
  return verify(
    digestOf(algorithm),
    Buffer.from(jwt.signingInput),
    { key, dsaEncoding: 'ieee-p1363' },
    jwt.signature,
  );
}
