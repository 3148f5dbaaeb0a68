/** Opens a regular file to write: a FIFO would block the writer, and a device would discard the data. */
import { constants, fstatSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { noFollow } from './read-file.ts';

/**
 * `flags`: those of open(2) beside write-only. Only the owner may read or write a new file. A symbolic link is not
 * followed. Rejects with the error of the file system; returns `undefined` where the path is not a regular file.
 */
export async function openRegular(file: string, flags: number): Promise<FileHandle | undefined> {
  const opened = await open(file, constants.O_WRONLY | flags | noFollow | (constants.O_NONBLOCK ?? 0), 0o600);
  if (fstatSync(opened.fd).isFile()) return opened;
  await opened.close();
  return undefined;
}
