import { mkdir } from 'node:fs/promises';
import { fileErrorCode } from './read-file.ts';

/** Creates a folder and its parents, for their owner only. Rejects with the error of the file system. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    // With `recursive` Node reports a read-only disk, among others, as ENOENT; a plain mkdir reports the reason.
    await mkdir(folder, { mode: 0o700 });
  }
}
