/** The JWK thumbprint of a public key. Source: RFC 7638, section 3. */
import { createHash } from 'node:crypto';
import type { PublicRsaKey } from './signer.ts';

export function thumbprint({ e, kty, n }: PublicRsaKey): string {
  return createHash('sha256').update(JSON.stringify({ e, kty, n })).digest('base64url');
}
