/**
 * What the publisher of the viewer signs when a version is published. Build, viewer and tests share this one text.
 * The feed is electron-builder's: `latest.yml`, `latest-linux.yml`, … beside the packages; the signature lies beside it.
 */

/**
 * The text under an Ed25519 signature (RFC 8032). The name of the feed is part of it, so that the signed feed of one
 * system is never taken for that of another.
 */
export function signedText(feedName: string, feed: string): string {
  return `CP-IS Viewer update feed ${feedName}\n${feed}`;
}

export function signatureNameOf(feedName: string): string {
  return `${feedName}.sig`;
}
