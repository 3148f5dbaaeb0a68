/** npm packages that are used without being installed: fetched once, compared with a known hash, kept in the user's cache. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { run } from './commands/run.ts';
import { cacheDirectory } from './electron-runtime/cache-directory.ts';
import { npm } from './set-up/npm.mjs';

export interface PinnedPackage {
  /** With its version: `@scope/name@1.2.3`. */
  readonly name: string;
  /** The base64 of its `dist.integrity`. */
  readonly sha512: string;
}

/**
 * The folder `name` of the cache; where there is none, `make` fills it. It is made in a temporary folder first: an incomplete one
 * must never have the name of a complete one.
 */
export async function cached(name: string, make: (folder: string) => Promise<void>): Promise<string> {
  const home = path.join(cacheDirectory(), name);
  if (existsSync(home)) return home;
  await mkdir(cacheDirectory(), { recursive: true });
  const folder = await mkdtemp(path.join(cacheDirectory(), 'making-'));
  try {
    await make(folder);
    // Whatever this user's umask says: where root made it, another user runs it.
    for (const each of [cacheDirectory(), folder]) await chmod(each, 0o755);
    await rename(folder, home).catch((error: unknown) => {
      // Another command made the same folder first.
      if (!existsSync(home)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return home;
}

/** Unpacks a package, or those files of it alone, into `folder`/package. Throws where it is not the one that was pinned. */
export async function fetchPackage(
  { name, sha512 }: PinnedPackage,
  folder: string,
  files: readonly string[] = [],
): Promise<void> {
  await npm(['pack', name, '--pack-destination', folder, '--silent'], folder);
  const tarball = path.join(folder, `${name.replace(/^@/, '').replaceAll(/[/@]/g, '-')}.tgz`);
  const hash = createHash('sha512').update(await readFile(tarball));
  if (hash.digest('base64') !== sha512)
    throw new Error(`${name} is not what it was when this project was tested: it is not used.`);
  await run('tar', ['-xzf', tarball, '-C', folder, ...files]);
  await rm(tarball);
}
