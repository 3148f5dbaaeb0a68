/** Everything that the measurements stand on: three packaged applications, a display, a simulator. */

import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { prepareRunDirectory } from '../../e2e/driver/run-directory.ts';
import { buildViewer } from '../build-viewer.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { startSimulator } from '../simulator-process.ts';
import { ensureSystemLibraries } from '../system-libraries.ts';
import type { Task } from '../terminal/run-task.ts';
import { heading, say } from '../terminal/say.ts';
import { type Contestant, type ContestantName, emptyWindow, packContestants } from './contestants.ts';
import { describeMachine, type Machine } from './machine.ts';
import { controlSimulator, type SimulatorControl } from './simulator-control.ts';
import { type StandInService, startStandInService } from './stand-in-service.ts';
import type { Ground } from './started-app.ts';
import { templateApp } from './template.ts';

const environmentFile = fileURLToPath(new URL('../../out/simulator/bench-environment.json', import.meta.url));

export interface Bench {
  readonly quick: boolean;
  readonly machine: Machine;
  /** Which template the viewer is compared with. */
  readonly template: string;
  readonly ground: Ground;
  readonly contestants: Readonly<Record<ContestantName, Contestant>>;
  readonly viewerFolder: string;
  readonly simulator: SimulatorControl;
  readonly cpis: StandInService;
  /** What each is started with. */
  readonly argumentsOf: (name: ContestantName) => readonly string[];
}

export interface BenchOptions {
  readonly quick: boolean;
  /** Whether CP-IS is the simulator itself, with its log and its faults, or the stand-in that answers from memory. */
  readonly cpis: 'simulator' | 'stand-in';
}

export async function setUpBench(task: Task, { quick, cpis: service }: BenchOptions): Promise<Bench> {
  heading('Set-up');
  const runtime = await resolveElectron();
  await ensureSystemLibraries('invisible window', runtime.executable);
  const machine = await describeMachine(runtime);
  // As a release in all but what a release refuses: an environment from the command line, and DevTools to look with.
  const viewerFolder = await buildViewer('test');
  const template = await templateApp(runtime.version);
  const contestants = await packContestants(task, runtime, {
    empty: emptyWindow,
    viewer: viewerFolder,
    template: template.folder,
  });
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  const workplace = await prepareRunDirectory(runtime.executable, viewerFolder);
  task.onEnd(workplace.remove);
  const simulator = await startSimulator(environmentFile);
  task.onEnd(simulator.stop);
  const environment = JSON.parse(await readFile(environmentFile, 'utf8'));
  const cpis = await startStandInService(environment.cpis.baseUrl);
  task.onEnd(cpis.close);
  if (service === 'stand-in') environment.cpis.baseUrl = cpis.baseUrl;
  await writeFile(environmentFile, JSON.stringify(environment));
  const lent = await workplace.copyForUser(environmentFile);
  say(`${machine.cores} cores, ${machine.memory}, ${machine.system}; load ${machine.load}`);
  return {
    quick,
    machine,
    template: template.name,
    ground: { profiles: workplace.profiles, display: display.env },
    contestants,
    viewerFolder,
    simulator: await controlSimulator(simulator),
    cpis,
    argumentsOf: (name) => (name === 'viewer' ? [`--environment=${lent}`] : []),
  };
}
