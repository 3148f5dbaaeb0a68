/** Writes to a terminal, a file or a pipe synchronously: a later write would be lost when the process ends. */
import { writeSync } from 'node:fs';
import { fileErrorCode } from '../files/read-file.ts';

export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

export const standardOutput: Terminal = {
  out: (text) => writeWhole(1, text),
  error: (text) => writeWhole(2, text),
};

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let written = 0; written < bytes.length; ) {
    try {
      written += writeSync(descriptor, bytes, written);
    } catch (error) {
      // The pipe is full: its reader is slower than the viewer.
      if (fileErrorCode(error) !== 'EAGAIN') throw error;
    }
  }
}
