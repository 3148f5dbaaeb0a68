import { createReadStream } from 'node:fs';
import { pathToFuseFile } from '@electron/fuses';

const userAgent = /Chrome\/[\d.]+ Electron\/(\d+\.\d+\.\d+[\w.-]*)/;
/** Longer than the text that is searched, which may stand across two chunks. */
const overlap = 128;

/**
 * The version of the Electron inside an executable (on macOS inside its framework). It is read from
 * the code, since a file beside it could say anything.
 */
export async function electronVersionIn(executable: string): Promise<string | undefined> {
  let tail = '';
  for await (const chunk of createReadStream(pathToFuseFile(executable), {
    highWaterMark: 4 * 1024 * 1024,
    encoding: 'latin1',
  })) {
    const text = tail + chunk;
    const found = userAgent.exec(text)?.[1];
    if (found !== undefined) return found;
    tail = text.slice(-overlap);
  }
  return undefined;
}
