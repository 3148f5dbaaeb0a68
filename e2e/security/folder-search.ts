import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * The files below `folder` that hold one of `needles`, as UTF-8 or as UTF-16, by name; never what they hold.
 * `isWanted`: of a file's name from `folder` on.
 */
export async function filesHolding(
  folder: string,
  needles: readonly string[],
  isWanted: (file: string) => boolean = () => true,
): Promise<readonly string[]> {
  const patterns = needles.flatMap((needle) => [Buffer.from(needle, 'utf8'), Buffer.from(needle, 'utf16le')]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    if (!isWanted(path.relative(folder, file))) continue;
    // One that goes while the folder is read holds nothing any more.
    const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return Buffer.alloc(0);
      throw error;
    });
    if (patterns.some((pattern) => bytes.includes(pattern))) holding.push(path.relative(folder, file));
  }
  return holding;
}
