/** A disk of a test's own, so small that it can really be full: a tmpfs, which only an administrator may mount. */
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

/** What a tmpfs gives out at once. Bytes. */
const page = 4_096;

export interface SmallDisk {
  /** Until not one more byte can be written, also to a file of the trail that is there. */
  fill(): void;
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Mounts it at a folder, which is made and which the viewer's user may write. */
export function mountSmallDisk(folder: string, sizeKb = 128): SmallDisk {
  mkdirSync(folder, { recursive: true });
  mount(folder, `size=${sizeKb}k,mode=777`);
  const filler = path.join(folder, 'filler');
  return {
    fill() {
      const opened = openSync(filler, 'w');
      try {
        for (;;) writeSync(opened, Buffer.alloc(page));
      } catch {
        closeSync(opened);
      }
      // The last page of a file of the trail has place for entries: it gets what a crash leaves, an unfinished line.
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.jsonl'))) {
        const file = path.join(folder, name);
        appendFileSync(file, 'x'.repeat(page - (statSync(file).size % page)));
      }
    },
    free: () => rmSync(filler),
    setReadOnly: (isReadOnly) =>
      void execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]),
    // Lazily: what a failing test left open must not keep the folder.
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
