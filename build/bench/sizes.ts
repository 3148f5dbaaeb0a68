/** How large what is shipped is. Kilobytes of 1,000 bytes. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { ElectronApplication } from 'playwright';

export interface Sizes {
  readonly archive: number;
  /** All code of the main process: its entry, the chunks that come later, the thread that reads a history. */
  readonly main: number;
  readonly preload: number;
  /** The script that the page starts with, compressed. */
  readonly rendererEntry: number;
}

export async function measureSizes(app: string, archive: string): Promise<Sizes> {
  const chunks = await readdir(path.join(app, 'chunks')).catch(() => []);
  const mainFiles = ['main.js', 'history-thread.js', ...chunks.map((name) => path.join('chunks', name))];
  const mainSizes = await Promise.all(mainFiles.map((file) => sizeOf(path.join(app, file))));
  return {
    archive: await sizeOf(archive),
    main: mainSizes.reduce((sum, size) => sum + size, 0),
    preload: await sizeOf(path.join(app, 'preload.js')),
    rendererEntry:
      gzipSync(await readFile(await rendererEntry(path.join(app, 'renderer')))).byteLength / 1_000,
  };
}

/** What of it the main process has loaded by now. */
export async function measureLoaded(app: string, viewer: ElectronApplication): Promise<number> {
  const loaded = await viewer.evaluate(() => {
    const load = process.mainModule?.require.bind(process.mainModule) as NodeJS.Require;
    return Object.keys((load('node:module') as { _cache: object })._cache);
  });
  const names = loaded.map((file) => file.split(/app\.asar[\\/]/)[1]).filter((name) => name !== undefined);
  if (!names.includes('main.js')) throw new Error('What the main process has loaded cannot be told.');
  const sizes = await Promise.all(names.map((name) => sizeOf(path.join(app, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function rendererEntry(folder: string): Promise<string> {
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  const source = /<script[^>]*\ssrc="([^"]+)"/.exec(page)?.[1];
  if (source === undefined) throw new Error('index.html starts no script.');
  return path.join(folder, source);
}

async function sizeOf(file: string): Promise<number> {
  return (await stat(file)).size / 1_000;
}
