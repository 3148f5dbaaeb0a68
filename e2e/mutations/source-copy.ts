/** A copy of the sources in a folder of its own, where one line can be changed without a change to the working tree. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Control } from './control.ts';
import { root } from './stale-entry.ts';

const parts = [
  'build',
  'docs',
  'e2e',
  'electron',
  'renderer',
  'shared',
  'simulator',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

export interface SourceCopy {
  readonly folder: string;
  remove(): Promise<void>;
}

/** With a control, its line is switched off in the copy. */
export async function copySources(control?: Control): Promise<SourceCopy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-control-'));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 3 });
  try {
    for (const part of parts) await cp(path.join(root, part), path.join(folder, part), { recursive: true });
    await symlink(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
    if (control !== undefined) await switchOff(folder, control);
    return { folder, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function switchOff(folder: string, { file, find, replace }: Control): Promise<void> {
  const place = path.join(folder, file);
  const source = await readFile(place, 'utf8');
  // A function, because a text would be searched for `$` patterns.
  await writeFile(
    place,
    source.replace(find, () => replace),
  );
}
