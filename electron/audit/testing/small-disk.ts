/** A disk of a test's own, so small that it can really be full: a tmpfs, which only an administrator may mount. */
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface SmallDisk {
  /** Until not one more byte can be written. */
  fill(): void;
  free(): void;
  setReadOnly(isReadOnly: boolean): void;
  unmount(): void;
}

/** Mounts it at a folder, which is made. 64 kB: room for some hundred entries. */
export function mountSmallDisk(folder: string): SmallDisk {
  mkdirSync(folder, { recursive: true });
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=755', 'tmpfs', folder]);
  const filler = path.join(folder, 'filler');
  return {
    fill() {
      const opened = openSync(filler, 'w');
      try {
        for (;;) writeSync(opened, Buffer.alloc(4_096));
      } catch {
        closeSync(opened);
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
