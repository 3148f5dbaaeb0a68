/** How large what is shipped is. Kilobytes of 1,000 bytes. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';

export interface Sizes {
  readonly archive: number;
  /** Everything that the main process ever loads: its entry and the chunks that come later. */
  readonly main: number;
  readonly preload: number;
  /** The script that the page starts with, compressed. */
  readonly rendererEntry: number;
}

export async function measureSizes(app: string, archive: string): Promise<Sizes> {
  const chunks = await readdir(path.join(app, 'chunks')).catch(() => []);
  const mainFiles = ['main.js', ...chunks.map((name) => path.join('chunks', name))];
  const mainSizes = await Promise.all(mainFiles.map((file) => sizeOf(path.join(app, file))));
  return {
    archive: await sizeOf(archive),
    main: mainSizes.reduce((sum, size) => sum + size, 0),
    preload: await sizeOf(path.join(app, 'preload.js')),
    rendererEntry:
      gzipSync(await readFile(await rendererEntry(path.join(app, 'renderer')))).byteLength / 1_000,
  };
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
