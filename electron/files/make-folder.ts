import { mkdir } from 'node:fs/promises';
import { fileErrorCode } from './read-file.ts';

/** Makes a folder and those above it, for their owner alone. Rejects with the file system's own reason. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    // Node's own word for a disk that is read-only, and for some others: asked for this folder alone, it says the reason.
    await mkdir(folder, { mode: 0o700 });
  }
}
