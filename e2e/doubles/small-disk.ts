/** A disk of a test's own, so small that it can really be full: a tmpfs, which only an administrator may mount. */
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

/** What a tmpfs gives out at once. Bytes. */
const page = 4_096;

export interface SmallDisk {
  /** Until not one more byte can be written, also to a file of the trail that is there. */
  fill(): void;
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Mounts it at a folder, which is made and which the viewer's user may write: with room for some hundred entries. */
export function mountSmallDisk(folder: string, sizeKb = 128): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeKb}k,mode=777`, 'tmpfs', folder]);
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

/** Whether this machine lets the tests mount one: root in a plain container often may not. */
export const canMountDisks: boolean = probe();

function probe(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-probe-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  if (status === 0) spawnSync('umount', [folder]);
  rmdirSync(folder);
  return status === 0;
}
