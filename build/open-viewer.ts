import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { checkOsSandbox } from '../e2e/driver/os-sandbox.ts';
import { prepareRunDirectory } from '../e2e/driver/run-directory.ts';
import { unprivilegedUser } from '../e2e/driver/unprivileged-user.ts';
import type { ElectronRuntime } from './electron-runtime/runtime.ts';
import { log } from './terminal/log.ts';
import type { Task } from './terminal/run-task.ts';

/** Chromium complains of a bus, which a viewer that runs as a user without a desktop has not; nothing is lacking. */
const harmless = /:ERROR:(?:dbus\/)?(?:bus|object_proxy)\.cc/;

export interface OpenedWith {
  readonly environmentFile: string;
  /** The address of the simulator's control server, for the buttons of a trainer. */
  readonly control: string;
}

/** Opens the viewer where the user sees it, and waits until it is closed. */
export async function openViewer(
  task: Task,
  runtime: ElectronRuntime,
  app: string,
  given: OpenedWith,
): Promise<void> {
  const [command, commandLine] = await commandFor(task, runtime, app, given);
  log('Opening the viewer. Close its window, or press Ctrl-C here, to end it and the simulator.');
  const viewer = spawn(command, commandLine, { stdio: ['inherit', 'inherit', 'pipe'] });
  createInterface({ input: viewer.stderr }).on('line', (line) => {
    if (!harmless.test(line)) process.stderr.write(`${line}\n`);
  });
  const gone = once(viewer, 'exit');
  task.onEnd(async () => {
    viewer.kill('SIGTERM');
    await gone;
  });
  const [code, signal] = await gone;
  if (code !== 0 && signal === null)
    throw new Error(`The viewer ended with code ${code}; its own words are above.`);
}

/** An ordinary user's viewer has that user's home and desktop; root's runs as another user, in a run directory. */
async function commandFor(
  task: Task,
  runtime: ElectronRuntime,
  app: string,
  { environmentFile, control }: OpenedWith,
): Promise<readonly [string, readonly string[]]> {
  const training = `--training-control=${control}`;
  if ((await unprivilegedUser()) === undefined) {
    await checkOsSandbox(undefined);
    return [runtime.executable, [app, '--environment', environmentFile, training]];
  }
  const directory = await prepareRunDirectory(runtime.executable, app);
  task.onEnd(directory.remove);
  const copy = await directory.copyForUser(environmentFile);
  return [directory.electron, [directory.app, '--environment', copy, training]];
}
