/**
 * The training edition contains its services: the simulator, in a process of its own, with synthetic patients and users
 * only. It uses no other environment, whatever the settings of this computer.
 * Source: Electron, `utilityProcess.fork`.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { app, utilityProcess } from 'electron';
import type { LoadedEnvironment } from '../main/load-environment.ts';
import { readEnvironment } from '../settings/read-environment.ts';

/** The line that the simulator prints once its environment file is written; the address of its control server follows. */
const ready = 'READY ';

/** Never throws. */
export async function startTrainingSimulator(): Promise<LoadedEnvironment> {
  const file = path.join(app.getPath('userData'), 'training-environment.json');
  // Electron loads no ECMAScript module from inside an archive.
  const script = path.join(`${app.getAppPath()}.unpacked`, 'simulator.mjs');
  const child = utilityProcess.fork(script, ['--environment-file', file], {
    serviceName: 'CP-IS Viewer training services',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  app.once('will-quit', () => child.kill());
  const control = await new Promise<string | undefined>((resolve) => {
    child.once('exit', () => resolve(undefined));
    if (child.stdout === null) return resolve(undefined);
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith(ready)) resolve(line.slice(ready.length));
    });
  });
  if (control === undefined)
    return { kind: 'unusable', problem: 'The training services could not be started.' };
  const read = await readEnvironment(file, {
    lay: (value) => value,
    blame: (problem) => ({ setting: undefined, problem }),
    namedBy: undefined,
  });
  // The file contains the keys of this run, which are not needed again.
  await rm(file, { force: true });
  return { ...read, trainingControl: control };
}
