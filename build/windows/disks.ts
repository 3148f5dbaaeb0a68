/** The disks that the Windows tests are given: a small one to fill, and one that cannot be written. Only root may mount them. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../commands/run.ts';
import { log, reasonOf } from '../terminal/log.ts';
import type { Task } from '../terminal/run-task.ts';
import { windowsPath } from './wine.ts';

/** By the variables of `windows/support/given.ts`. Where nothing can be mounted there is none, and the tests fail. */
export async function mountDisks(task: Task): Promise<Readonly<Record<string, string>>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-disks-'));
  task.onEnd(() => rm(folder, { recursive: true, force: true }));
  const small = path.join(folder, 'small');
  const readOnly = path.join(folder, 'read-only');
  try {
    await mount(task, small);
    await mount(task, readOnly);
    await mkdir(path.join(readOnly, 'user'));
    await run('mount', ['-o', 'remount,ro', readOnly]);
    return {
      CPIS_VIEWER_SMALL_DISK: windowsPath(small),
      CPIS_VIEWER_READ_ONLY_DISK: windowsPath(readOnly),
    };
  } catch (error) {
    log(`The small disks of the tests can be mounted by root alone: ${reasonOf(error)}`);
    return {};
  }
}

async function mount(task: Task, folder: string): Promise<void> {
  await mkdir(folder);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=128k,mode=777', 'tmpfs', folder]);
  // Lazily: a file that a failing test left open must not block it.
  task.onEnd(async () => void (await run('umount', ['--lazy', folder])));
}
