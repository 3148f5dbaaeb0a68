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

/** A tmpfs allocates pages of this size. */
const pageBytes = 4_096;

export interface SmallDisk {
  /** Fills the disk until no byte can be written, also to an existing file of the trail. */
  fill(): void;
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Creates a folder, which the viewer's user may write, and mounts a disk of this size there: some hundred entries. */
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
      // The last page of a trail file still has space for entries: an incomplete line, as after a crash, fills it.
      for (const name of readdirSync(folder).filter((each) => each.endsWith('.jsonl'))) {
        const file = path.join(folder, name);
        appendFileSync(file, 'x'.repeat(pageBytes - (statSync(file).size % pageBytes)));
      }
    },
    free: () => rmSync(filler),
    setReadOnly: (isReadOnly) =>
      void execFileSync('mount', ['-o', `remount,${isReadOnly ? 'ro' : 'rw'}`, folder]),
    // Lazily: a file that a failing test left open must not block the unmount.
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
