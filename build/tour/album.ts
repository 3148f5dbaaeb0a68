/** The tour's screenshots, numbered, and a page that shows them with what each is. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright';

export interface Album {
  /** Keeps a picture of a page under a name and a sentence that says what it shows. */
  keep(page: Page, name: string, sentence: string): Promise<void>;
  /** Writes `summary.md` and returns its path. */
  bind(introduction: string): Promise<string>;
}

interface Picture {
  readonly file: string;
  readonly sentence: string;
}

export async function openAlbum(folder: string): Promise<Album> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const pictures: Picture[] = [];
  return {
    async keep(page, name, sentence) {
      const file = `${String(pictures.length + 1).padStart(2, '0')}-${name}.png`;
      await page.screenshot({ path: path.join(folder, file), animations: 'disabled' });
      pictures.push({ file, sentence });
      console.log(`  ${file}  ${sentence}`);
    },
    async bind(introduction) {
      const summary = path.join(folder, 'summary.md');
      await writeFile(summary, summaryOf(introduction, pictures));
      return summary;
    },
  };
}

function summaryOf(introduction: string, pictures: readonly Picture[]): string {
  const entries = pictures.map(
    ({ file, sentence }, index) => `## ${index + 1}. ${sentence}\n\n![${sentence}](${file})\n`,
  );
  return ['# A tour of CP-IS Viewer', '', introduction, '', ...entries].join('\n');
}
