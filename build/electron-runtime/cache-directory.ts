import { homedir } from 'node:os';
import path from 'node:path';

export const sharedCacheDirectory = '/var/cache/cpis-viewer';

/** The cache for downloads: the user's, or for root one that every user can read, since another user runs the viewer. */
export function cacheDirectory(): string {
  if (process.getuid?.() === 0) return sharedCacheDirectory;
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(
    base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'),
    'cpis-viewer',
  );
}
