/** A disk so small that a test can fill it: a tmpfs, which only an administrator may mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** A tmpfs allocates whole pages. */
const pageBytes = 4_096;

export interface SmallDisk {
  /** Until not one more byte can be written, also to the end of an existing file of the trail. */
  fill(): void;
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Creates the folder and mounts the disk there. Every user may write to it. */
export function mountSmallDisk(folder: string, sizeKb = 128): SmallDisk {
  mkdirSync(folder, { recursive: true });
  mount(folder, `size=${sizeKb}k,mode=777`);
  const filler = path.join(folder, 'filler');
  return {
    fill() {
      const opened = openSync(filler, 'w');
      try {
        for (;;) writeSync(opened, Buffer.alloc(pageBytes));
      } catch {
        closeSync(opened);
      }
      // The last page of a trail file has room for entries. An incomplete line, as a crash leaves it, fills the page.
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.jsonl'))) {
        const file = path.join(folder, name);
        appendFileSync(file, 'x'.repeat(pageBytes - (statSync(file).size % pageBytes)));
      }
    },
    free: () => rmSync(filler),
    setReadOnly: (isReadOnly) =>
      void execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]),
    // Lazily: a file that a failing test left open must not keep the disk mounted.
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
  };
}

/** What cannot be tried is not known to work: the test fails, and says what it needs. */
function mount(folder: string, options: string): void {
  const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], {
    encoding: 'utf8',
  });
  if (status !== 0)
    throw new Error(
      `This test mounts a small disk, which only root may: run the tests as root. ${stderr ?? ''}`,
    );
}
