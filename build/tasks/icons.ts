/**
 * `node build/run.mjs icons`: draws the icon's PNG files anew from `packaging/icon/icon.svg`, and packs them for Windows and
 * macOS. Needed only when the drawing changes, with rsvg-convert (Debian: librsvg2-bin); the results are kept in git.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../commands/run.ts';
import { iconSizes, packIcns, packIco } from '../packaging/icon/pack-icons.ts';
import { runTask } from '../terminal/run-task.ts';

const folder = path.join(import.meta.dirname, '..', 'packaging', 'icon');

await runTask(async () => {
  const drawn = new Map<number, Buffer>();
  for (const size of iconSizes) {
    const file = path.join(folder, `${size}x${size}.png`);
    await run('rsvg-convert', [
      `--width=${size}`,
      `--height=${size}`,
      `--output=${file}`,
      path.join(folder, 'icon.svg'),
    ]);
    drawn.set(size, await readFile(file));
  }
  await writeFile(path.join(folder, 'icon.ico'), packIco(drawn));
  await writeFile(path.join(folder, 'icon.icns'), packIcns(drawn));
});
