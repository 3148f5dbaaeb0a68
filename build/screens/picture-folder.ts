/** The pictures of docs/screens: one file a screen under a name that never changes, and a page that shows them all. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Album } from '../tour/album.ts';
import { squeezePng } from './squeeze-png.ts';

export async function openPictureFolder(folder: string): Promise<Album> {
  await mkdir(folder, { recursive: true });
  // A screen that is no more must not stay behind.
  for (const name of await readdir(folder)) if (name.endsWith('.png')) await rm(path.join(folder, name));
  const pictures: { readonly file: string; readonly sentence: string }[] = [];
  return {
    async keep(page, name, sentence) {
      const file = `${name}.png`;
      const picture = squeezePng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
      await writeFile(path.join(folder, file), picture);
      pictures.push({ file, sentence });
      console.log(
        `  ${file.padEnd(26)} ${String(Math.round(picture.length / 1_024)).padStart(4)} kB  ${sentence}`,
      );
    },
    async bind(introduction) {
      const page = path.join(folder, 'README.md');
      const entries = pictures.map(({ file, sentence }) => `${sentence}\n\n![${sentence}](${file})\n`);
      await writeFile(page, ['# The screens', '', introduction, '', ...entries].join('\n'));
      return page;
    },
  };
}
