/**
 * Whether a feed comes from the publisher of the viewer, and what it then offers. electron-updater itself checks no
 * signature on Linux, and on Windows none where no publisher is configured: so nothing is read from a feed, let alone
 * downloaded, before the key that was built into this release has been seen on it. Whatever cannot be checked is refused.
 */
import { createPublicKey, verify } from 'node:crypto';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import * as v from 'valibot';
import { signedText } from '../../shared/update-feed.ts';

/** One package of the new version. */
export type FeedFile = v.InferOutput<typeof fileSchema>;

export type Feed = v.InferOutput<typeof feedSchema>;

export type FeedRead =
  | { readonly kind: 'read'; readonly feed: Feed }
  | { readonly kind: 'refused'; readonly reason: string };

export interface SignedFeed {
  readonly name: string;
  /** The feed as it was published, character by character. */
  readonly text: string;
  /** Base64. */
  readonly signature: string;
  /** An Ed25519 key as SubjectPublicKeyInfo in base64. */
  readonly publicKey: string;
}

/** Beside the feed, and nowhere else: no folder, no other host. */
const fileName = v.pipe(v.string(), v.regex(/^\w[\w.-]*$/));

const fileSchema = v.object({
  url: fileName,
  sha512: v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{86}==$/)),
  isAdminRightsRequired: v.optional(v.boolean(), false),
});

/** Of all that a feed may say, what is acted on. Source: builder-util-runtime, `UpdateInfo`. */
const feedSchema = v.object({
  version: v.pipe(v.string(), v.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/)),
  files: v.pipe(v.array(fileSchema), v.minLength(1)),
});

/** Never throws. */
export function readSignedFeed({ name, text, signature, publicKey }: SignedFeed): FeedRead {
  if (!isSigned(signedText(name, text), signature, publicKey))
    return refused('the feed is not signed by the publisher of this viewer');
  try {
    const parsed = v.safeParse(feedSchema, parseUpdateInfo(text, name, new URL('https://feed.invalid')));
    return parsed.success
      ? { kind: 'read', feed: parsed.output }
      : refused(`the feed is not understood: ${v.getDotPath(parsed.issues[0]) ?? 'no version'}`);
  } catch {
    return refused('the feed is not understood: no YAML');
  }
}

function isSigned(text: string, signature: string, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    // An RSA or EC key would be asked with another digest, and is not what the build puts in.
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
