/** Opens the viewer on an invisible display, plays the main job and keeps a picture of each screen. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ElectronApplication } from 'playwright';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { prepareRunDirectory } from '../../e2e/driver/run-directory.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { endApp } from '../end-app.ts';
import type { SimulatorProcess } from '../simulator-process.ts';
import type { Task } from '../terminal/run-task.ts';
import { heading, reasonOf, say } from '../terminal/say.ts';
import { openAlbum } from './album.ts';
import { handOn } from './hand.ts';
import { launchViewer } from './launch-viewer.ts';
import { playMainJob } from './main-job.ts';
import { meetSimulation } from './synthetic-people.ts';

const folder = fileURLToPath(new URL('../../out/tour', import.meta.url));

export async function playTour(
  task: Task,
  runtime: ElectronRuntime,
  appFolder: string,
  simulator: SimulatorProcess,
): Promise<void> {
  heading('A tour of the viewer');
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  const workplace = await prepareRunDirectory(runtime.executable, appFolder);
  task.onEnd(workplace.remove);
  const album = await openAlbum(folder);
  const simulation = await meetSimulation(simulator.control);
  const app = await launchViewer(workplace, {
    environmentFile: await workplace.copyForUser(simulator.environmentFile),
    profile: 'tour',
    displayEnv: display.env,
  });
  task.onEnd(() => endApp(app));

  const words = overheard(app);
  try {
    await playMainJob(await handOn(app), simulation, album);
  } catch (error) {
    const page = app.windows()[0];
    if (page !== undefined)
      await album.keep(page, 'where-it-stopped', 'Where the tour stopped.').catch(() => {});
    throw new Error(
      `The tour stopped. ${reasonOf(error)}\nThe viewer's own words:\n${words().trim() || '(none)'}`,
    );
  }
  const summary = await album.bind(
    `Played on Electron ${runtime.version} (${runtime.origin}) against the simulator: every person in it is synthetic.`,
  );
  say(
    `\nThe pictures are in ${path.relative(process.cwd(), folder)}, with ${path.basename(summary)} to read them by.`,
  );
}

/** What the viewer prints from now on, for when the tour stops. */
function overheard(app: ElectronApplication): () => string {
  let words = '';
  const keep = (chunk: Buffer) => {
    words = (words + chunk).slice(-4_000);
  };
  app.process().stdout?.on('data', keep);
  app.process().stderr?.on('data', keep);
  return () => words;
}
