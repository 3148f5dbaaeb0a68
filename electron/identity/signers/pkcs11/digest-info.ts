import { createHash } from 'node:crypto';
import type { SigningAlgorithm } from '../signer.ts';

const prefixes = {
  RS256: '3031300d060960864801650304020105000420',
  RS512: '3051300d060960864801650304020305000440',
} as const;

/**
 * The DigestInfo that a token without its own hashing signs (CKM_RSA_PKCS): the algorithm, then the hash.
 * Source: RFC 8017, section 9.2, note 1.
 */
export function digestInfo(data: Uint8Array, algorithm: SigningAlgorithm): Buffer {
  const digest = createHash(algorithm === 'RS512' ? 'sha512' : 'sha256')
    .update(data)
    .digest();
  return Buffer.concat([Buffer.from(prefixes[algorithm], 'hex'), digest]);
}
