/** Opens a file to write, if it is a regular one: a FIFO would hold the writer up, a device swallow what is written. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { noFollow } from './read-file.ts';

/**
 * `flags`: those of open(2) beside write-only. A new file is for its owner alone. A symbolic link in its place is not
 * followed. Rejects with what the file system says; `undefined`: something else than a file is there.
 */
export async function openRegular(file: string, flags: number): Promise<FileHandle | undefined> {
  const opened = await open(file, constants.O_WRONLY | flags | noFollow | (constants.O_NONBLOCK ?? 0), 0o600);
  if ((await opened.stat()).isFile()) return opened;
  await opened.close();
  return undefined;
}
