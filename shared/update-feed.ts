/**
 * The feed of new versions: a small file that the publisher of the viewer signs when a version is published. Build, viewer
 * and tests share this one description of it. The signature lies beside the feed.
 */
import * as v from 'valibot';

export const feedName = 'update-feed.json';
export const signatureName = `${feedName}.sig`;

/** The newest version that is published: three numbers (Semantic Versioning 2.0.0, 2). */
export const feedSchema = v.object({
  version: v.pipe(v.string(), v.regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/)),
});

export type UpdateFeed = v.InferOutput<typeof feedSchema>;

/** The text under the Ed25519 signature (RFC 8032). Its first line keeps the signature from being valid for any other text. */
export function signedText(feed: string): string {
  return `CP-IS Viewer update feed\n${feed}`;
}
