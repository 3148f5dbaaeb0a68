/** A disk so small that a test can fill it: a tmpfs, which only an administrator may mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
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
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKb}k,mode=777`, 'tmpfs', folder]);
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

/** Whether this machine lets the tests mount a disk: root in a plain container often may not. */
export const canMountDisks: boolean = probe();

function probe(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-probe-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return status === 0;
}
