/**
 * How the viewer reads files: regular files of a limited size only, and only a file that is not there counts as missing.
 * A FIFO would hold the reader up for ever, a device or an endless file would fill its memory, and a file that may not be
 * read must never pass for one that is not there.
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

export type FileRead =
  | { readonly kind: 'read'; readonly bytes: Buffer }
  /** ENOENT, and nothing else. */
  | { readonly kind: 'missing' }
  | FileUnreadable;

export interface FileUnreadable {
  readonly kind: 'unreadable';
  /** Behind the file's name: "is a folder", "may not be read (EACCES)". */
  readonly problem: string;
  /** The file system's own code; `undefined` for what could be opened and is not such a file. */
  readonly code: string | undefined;
}

/** What a file of settings, a key or a certificate may have at most. Bytes. */
const largestSettingsFile = 256 * 1024;

/** Reads the whole of a regular file, or of one that a symbolic link leads to. Never rejects. */
export async function readFileSafely(file: string, mostBytes = largestSettingsFile): Promise<FileRead> {
  try {
    // Looked at before it is opened, because opening a device can have an effect.
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
  } catch (error) {
    return failure(error);
  }
}

export interface PieceOfFile {
  /** Default 256 kB. */
  readonly mostBytes?: number;
  /** A symbolic link in the file's place is not followed, and unreadable. */
  readonly refuseLinks?: boolean;
  /** Where to begin, and how many bytes to read at most: of a file that grows meanwhile, what it has at first. */
  readonly offset?: number;
  readonly length?: number;
}

/** The same for code that runs before the event loop does. Never throws. */
export function readFileSafelySync(file: string, piece: PieceOfFile = {}): FileRead {
  const { mostBytes = largestSettingsFile, refuseLinks = false, offset = 0 } = piece;
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

/** `length` bytes from `offset` on, or as many as there are. Throws what the file system says. */
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

/** As UTF-8, without a byte order mark at its start. `undefined`: it is not UTF-8. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** The system's own code of what went wrong with a file, a pipe or a socket, such as `EACCES`. */
export function fileErrorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Does not wait for the other end of a FIFO, and makes no terminal this process's own. Windows has neither. */
const readOnly: number = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/** Opens no file through a symbolic link in its place. Windows has no such flag. */
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

/** Behind the file's name. */
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
