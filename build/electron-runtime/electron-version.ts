/**
 * The version of the Electron inside an executable (on macOS inside its framework), from the code itself: no file beside
 * it is asked.
 */
import { createReadStream } from 'node:fs';
import { pathToFuseFile } from '@electron/fuses';

const userAgent = /Chrome\/[\d.]+ Electron\/(\d+\.\d+\.\d+[\w.-]*)/;
/** Longer than what is looked for, so that nothing is lost between two pieces. */
const overlap = 128;

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
