/** Pictures of the screens, taken on an invisible display against the simulator (e2e/pictures). */
import { mkdir, rm } from 'node:fs/promises';
import { buildViewer } from './build-viewer.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { heading } from './terminal/log.ts';
import type { Task } from './terminal/run-task.ts';
import { runEndToEndTests } from './verification/end-to-end.ts';

/** `all`: one of every screen. `main-job`: the few from sign-in to answer. Rejects when one could not be taken. */
export async function takePictures(task: Task, folder: string, which: 'all' | 'main-job'): Promise<void> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries('invisible window', runtime.executable);
  const app = await buildViewer('test');
  heading('Pictures of the screens');
  // Removes the pictures of screens that no longer exist.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  process.env['CPIS_VIEWER_PICTURES'] = folder;
  if (which === 'main-job') process.env['CPIS_VIEWER_PICTURES_OF_MAIN_JOB'] = 'yes';
  const { tally } = await runEndToEndTests(task, runtime, app, undefined, ['--project=pictures']);
  if (tally.failed > 0) throw new Error('Not every picture could be taken: the reasons are above.');
}
