/** What `start` and `tour` have in common: an Electron, the libraries it needs, the built viewer, and the simulator. */
import { fileURLToPath } from 'node:url';
import { buildViewer } from './build-viewer.ts';
import { resolveElectron } from './electron-runtime/resolve.ts';
import type { ElectronRuntime } from './electron-runtime/runtime.ts';
import { type SimulatorProcess, startSimulator } from './simulator-process.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import type { Task } from './terminal/run-task.ts';
import { heading } from './terminal/say.ts';

const environmentFile = fileURLToPath(new URL('../out/simulator/environment.json', import.meta.url));

export interface Stage {
  readonly runtime: ElectronRuntime;
  readonly app: string;
  readonly simulator: SimulatorProcess;
}

export async function setStage(task: Task, purpose: 'window' | 'invisible window'): Promise<Stage> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries(purpose, runtime.executable);
  const app = await buildViewer('development');
  const simulator = await startSimulator(environmentFile);
  task.onEnd(simulator.stop);
  return { runtime, app, simulator };
}
