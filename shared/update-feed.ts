/**
 * What the publisher of the viewer signs when a version is published. Build, viewer and tests share this one text.
 * The feed is electron-builder's: `latest.yml`, `latest-linux.yml`, … beside the packages; the signature lies beside it.
 */

/**
 * What electron-builder calls its channel. It tells the processors apart in the names of Linux's feeds alone; on the other
 * systems two releases would write over each other's.
 */
export function feedChannelOf(platform: string, arch: string): string {
  return platform === 'linux' || arch === 'x64' ? 'latest' : `latest-${arch}`;
}

/** Source: electron-builder, `getUpdateInfoFileName`. */
export function feedNameOf(platform: string, arch: string): string {
  const channel = feedChannelOf(platform, arch);
  switch (platform) {
    case 'win32':
      return `${channel}.yml`;
    case 'darwin':
      return `${channel}-mac.yml`;
    default:
      return arch === 'x64' ? `${channel}-linux.yml` : `${channel}-linux-${arch}.yml`;
  }
}

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
