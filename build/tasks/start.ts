/**
 * `npm start`: builds the viewer and opens it against the simulator, until its window is closed. Without a display it
 * takes pictures of the main job instead, so that there is something to see all the same.
 */
import path from 'node:path';
import { hasDisplay } from '../../e2e/driver/display.ts';
import { startSimulator } from '../../simulator/client.ts';
import { buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { invitation } from '../invitation.ts';
import { openViewer } from '../open-viewer.ts';
import { root } from '../root.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import { takePictures } from '../take-pictures.ts';
import { heading, log } from '../terminal/log.ts';
import { runTask, type Task } from '../terminal/run-task.ts';

await runTask((task) => (hasDisplay() ? openOnDisplay(task) : takePicturesInstead(task)));

async function openOnDisplay(task: Task): Promise<void> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries('window', runtime.executable);
  const app = await buildViewer('development');
  const simulator = await startSimulator({
    environmentFile: path.join(root, 'out', 'simulator', 'environment.json'),
  });
  task.onEnd(simulator.stop);
  log('', ...invitation(simulator));
  await openViewer(task, runtime, app, simulator);
}

async function takePicturesInstead(task: Task): Promise<void> {
  log('There is no display, so the viewer cannot be opened. Pictures of the main job are taken instead,');
  log('on an invisible display, against a simulator of the national services.');
  const folder = path.join(root, 'out', 'pictures');
  await takePictures(task, folder, 'main-job');
  log(
    `\nThe pictures are in ${path.relative(process.cwd(), folder)}: open README.md there to see them in order.`,
  );
  log('To use the viewer itself, run `npm start` on a desktop.');
}
