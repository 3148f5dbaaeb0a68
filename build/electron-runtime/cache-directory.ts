/** Where fetched things are kept: for the user; for root where ordinary users can read it, since they run the app. */
import { homedir } from 'node:os';
import path from 'node:path';

export const sharedCacheDirectory = '/var/cache/cpis-viewer';

export function cacheDirectory(): string {
  if (process.getuid?.() === 0) return sharedCacheDirectory;
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(
    base !== undefined && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'),
    'cpis-viewer',
  );
}
