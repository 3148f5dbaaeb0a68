/**
 * Reads regular files of a limited size; only ENOENT counts as missing. A FIFO would block the reader for ever, a device or
 * an endless file would fill the memory, and a file without read permission must never pass for a missing one.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { retryWhileLocked } from './locked-file.ts';

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  /** Only for ENOENT. */
  | { readonly kind: 'missing' }
  | FileUnreadable;

export interface FileUnreadable {
  readonly kind: 'unreadable';
  /** Follows the file's name: "is a folder", "may not be read (EACCES)". */
  readonly problem: string;
  /** The code of the file system; `undefined` where the path is not a regular file of the allowed size. */
  readonly code: string | undefined;
}

/** The largest file of settings, key or certificate. */
const largestSettingsFileBytes = 256 * 1024;

/** Reads a whole regular file, also through a symbolic link. Never rejects. */
export async function readFileSafely(file: string, mostBytes = largestSettingsFileBytes): Promise<FileRead> {
  try {
    return await retryWhileLocked(() => readWhole(file, mostBytes));
  } catch (error) {
    return failure(error);
  }
}

async function readWhole(file: string, mostBytes: number): Promise<FileRead> {
  // Checked before opening, because opening a device can have an effect.
  const refused = refusal(await stat(file), mostBytes);
  if (refused !== undefined) return refused;
  const opened = await open(file, readOnly);
  try {
    const stats = await opened.stat();
    const changed = refusal(stats, mostBytes);
    if (changed !== undefined) return changed;
    const bytes = Buffer.alloc(stats.size);
    let length = 0;
    while (length < bytes.length) {
      const { bytesRead } = await opened.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return { kind: 'read', bytes: bytes.subarray(0, length) };
  } finally {
    await opened.close();
  }
}

export interface PieceOfFile {
  /** Default 256 kB. */
  readonly mostBytes?: number;
  /** Treats a symbolic link as unreadable. */
  readonly refuseLinks?: boolean;
  /** The first byte and the most bytes to read, up to the length of the file when it was opened. */
  readonly offset?: number;
  readonly length?: number;
}

/** Like `readFileSafely`, for code that runs before the event loop. Never throws. */
export function readFileSafelySync(file: string, piece: PieceOfFile = {}): FileRead {
  const { mostBytes = largestSettingsFileBytes, refuseLinks = false, offset = 0 } = piece;
  try {
    const refused = refusal(refuseLinks ? lstatSync(file) : statSync(file), mostBytes);
    if (refused !== undefined) return refused;
    const descriptor = openSync(file, refuseLinks ? readOnly | noFollow : readOnly);
    try {
      const stats = fstatSync(descriptor);
      const length = Math.max(0, Math.min(piece.length ?? stats.size, stats.size - offset));
      return refusal(stats, mostBytes) ?? { kind: 'read', bytes: readOpen(descriptor, offset, length) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return failure(error);
  }
}

/** Reads at most `length` bytes from `offset` on. Throws the error of the file system. */
function readOpen(descriptor: number, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const read = readSync(descriptor, bytes, done, length - done, offset + done);
    if (read === 0) break;
    done += read;
  }
  return bytes.subarray(0, done);
}

/** Decodes UTF-8 and removes a byte order mark. Returns `undefined` for other bytes. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Returns the code of an error of a file, a pipe or a socket, such as `EACCES`. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Does not wait for the writer of a FIFO, and takes no controlling terminal. Windows has neither. */
const readOnly: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Does not follow a symbolic link. Windows has no such flag. */
export const noFollow: number = constants.O_NOFOLLOW ?? 0;

function refusal(stats: Stats, mostBytes: number): FileUnreadable | undefined {
  if (stats.isSymbolicLink()) return unreadable('is a symbolic link');
  if (stats.isDirectory()) return unreadable('is a folder');
  if (!stats.isFile()) return unreadable('is not a regular file');
  if (stats.size > mostBytes) return unreadable(`is larger than ${Math.floor(mostBytes / 1024)} kB`);
  return undefined;
}

function failure(error: unknown): FileRead {
  const code = fileErrorCode(error);
  return code === 'ENOENT' ? { kind: 'missing' } : unreadable(describeFileError(code), code ?? 'unknown');
}

/** Describes a code of the file system, to follow the file's name. */
export function describeFileError(code: string | undefined): string {
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `may not be read (${code})`;
    case 'ENOENT':
      return 'is not there';
    case 'EISDIR':
      return 'is a folder';
    case 'ENOTDIR':
      return 'is not a folder, or below something that is none (ENOTDIR)';
    case 'ELOOP':
      return 'is a symbolic link that leads nowhere (ELOOP)';
    case 'EBUSY':
      return 'is in use by another program (EBUSY)';
    case 'EIO':
      return 'cannot be read from the disk (EIO)';
    default:
      return `cannot be read (${code ?? 'unknown error'})`;
  }
}

function unreadable(problem: string, code?: string): FileUnreadable {
  return { kind: 'unreadable', problem, code };
}
