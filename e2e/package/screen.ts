import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';

export interface Screen {
  /** For DISPLAY. */
  readonly display: string;
  /** Everything that is on it now, as bytes. */
  picture(): Promise<Buffer>;
  /** The same, once nothing has changed for a while: what is in the page is not at once on the screen. */
  pictureAtRest(): Promise<Buffer>;
  close(): Promise<void>;
}

/** An invisible display of a test's own, whose picture can be read: Xvfb keeps its frame buffer in a file. */
export async function openScreen(folder: string): Promise<Screen> {
  const frames = path.join(folder, 'frames');
  await mkdir(frames);
  const options = [
    '-displayfd',
    '3',
    '-screen',
    '0',
    '1600x1000x24',
    '-fbdir',
    frames,
    '-nolisten',
    'tcp',
    '-noreset',
    // Its shape changes with what is under it.
    '-nocursor',
  ];
  const server = spawn('setpriv', ['--pdeathsig=TERM', 'Xvfb', ...options], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [number] = await once(server.stdio[3] as Readable, 'data');
  const picture = async () => pixelsOf(await readFile(path.join(frames, 'Xvfb_screen0')));
  return {
    display: `:${String(number).trim()}`,
    picture,
    async pictureAtRest() {
      let before = await picture();
      for (let unchanged = 0; unchanged < 5; ) {
        await setTimeout(150);
        const now = await picture();
        unchanged = now.equals(before) ? unchanged + 1 : 0;
        before = now;
      }
      return before;
    },
    close: async () => {
      const gone = once(server, 'exit');
      server.kill();
      await gone;
    },
  };
}

/** Without the header, which names the display. Source: X11, `XWDFile.h`: big-endian, sizes at 0 and at 76. */
function pixelsOf(file: Buffer): Buffer {
  const header = file.readUInt32BE(0);
  const colours = file.readUInt32BE(76) * 12;
  return file.subarray(header + colours);
}
