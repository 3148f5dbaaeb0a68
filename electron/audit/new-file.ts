/** Writes a long text piece by piece to a new file or to standard output, synchronously. */
import { closeSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { fileErrorCode } from '../files/read-file.ts';

export type Write = (text: string) => void;

/**
 * Makes the file for its owner alone, and never over another. Where `work` or the disk fails, the unfinished file is removed,
 * and the error thrown.
 */
export function writeNewFile<Result>(file: string, work: (write: Write) => Result): Result {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    return inPieces((text) => writeTo(file, descriptor, text), work);
  } catch (error) {
    rmSync(file, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
}

function writeTo(file: string, descriptor: number, text: string): void {
  try {
    writeFileSync(descriptor, text);
  } catch (error) {
    throw new Error(`${file} cannot be written (${fileErrorCode(error) ?? 'unknown error'})`);
  }
}

const pieceLength = 64 * 1024;

/** Hands text on in larger pieces. What is too short for one is written only once `work` is done. */
export function inPieces<Result>(write: Write, work: (write: Write) => Result): Result {
  let piece = '';
  const result = work((text) => {
    piece += text;
    if (piece.length < pieceLength) return;
    write(piece);
    piece = '';
  });
  write(piece);
  return result;
}
