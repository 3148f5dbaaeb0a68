/**
 * The three applications that are compared, each packaged as a release is: an Electron of its own with `app.asar` as
 * its resources. They differ in that archive and in nothing else.
 */
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPackage } from '@electron/asar';
import { run } from '../commands/run.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import type { Task } from '../terminal/run-task.ts';

export type ContestantName = 'empty' | 'viewer' | 'template';

export interface Contestant {
  readonly name: ContestantName;
  readonly executable: string;
  readonly archive: string;
}

export const emptyWindow = fileURLToPath(new URL('empty-window', import.meta.url));

export async function packContestants(
  task: Task,
  runtime: ElectronRuntime,
  folders: Readonly<Record<ContestantName, string>>,
): Promise<Readonly<Record<ContestantName, Contestant>>> {
  const place = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-bench-'));
  task.onEnd(() => rm(place, { recursive: true, force: true, maxRetries: 3 }));
  await chmod(place, 0o755);
  // A copy of the bench's own: memory that other applications' files share with these would be counted in part only.
  const ownRuntime = path.join(place, 'runtime');
  await run('cp', ['-R', path.dirname(runtime.executable), ownRuntime]);
  const pack = async (name: ContestantName): Promise<Contestant> => {
    const home = path.join(place, name);
    await linkOrCopy(ownRuntime, home);
    const resources = path.join(home, 'resources');
    await rm(resources, { recursive: true, force: true });
    await mkdir(resources);
    const archive = path.join(resources, 'app.asar');
    await createPackage(folders[name], archive);
    await run('chmod', ['-R', 'a+rX', resources]);
    return { name, archive, executable: path.join(home, path.basename(runtime.executable)) };
  };
  return { empty: await pack('empty'), viewer: await pack('viewer'), template: await pack('template') };
}

async function linkOrCopy(from: string, to: string): Promise<void> {
  await run('cp', ['-al', from, to]).catch(async () => {
    await rm(to, { recursive: true, force: true });
    await run('cp', ['-R', from, to]);
  });
}
