/**
 * Verifies that a feed comes from the publisher of the viewer, and reads its version. The signature is verified, with the
 * key that was built into this release, before any content of the feed is used.
 */
import { createPublicKey, verify } from 'node:crypto';
import * as v from 'valibot';
import { feedSchema, signedText, type UpdateFeed } from '../../shared/update-feed.ts';

export type FeedRead =
  | { readonly kind: 'read'; readonly feed: UpdateFeed }
  | { readonly kind: 'refused'; readonly reason: string };

export interface SignedFeed {
  /** The feed exactly as published. */
  readonly text: string;
  /** Base64. */
  readonly signature: string;
  /** An Ed25519 key as SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

/** Never throws. */
export function readSignedFeed({ text, signature, publicKey }: SignedFeed): FeedRead {
  if (!isSigned(signedText(text), signature, publicKey))
    return refused('the feed is not signed by the publisher of this viewer');
  try {
    const parsed = v.safeParse(feedSchema, JSON.parse(text));
    return parsed.success
      ? { kind: 'read', feed: parsed.output }
      : refused('the feed is not understood: no version');
  } catch {
    return refused('the feed is not understood: no JSON');
  }
}

function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    // The build only embeds Ed25519 keys; an RSA or EC key would be verified with another digest.
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, Buffer.from(text), key, Buffer.from(signature.trim(), 'base64'))
    );
  } catch {
    return false;
  }
}

function refused(reason: string): FeedRead {
  return { kind: 'refused', reason };
}
