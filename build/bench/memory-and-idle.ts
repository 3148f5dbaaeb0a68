/** What an application weighs and what it does while nobody does anything; Playwright is attached to each alike. */
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright';
import { memoryOf, processorTimeOf } from './processes.ts';
import type { SimulatorControl } from './simulator-control.ts';
import { chooseCare, findPatient, heading, pressCheck, signIn } from './user.ts';

/** Long enough for a closed window's process to end, and for a start to be over. */
const settlingTime = 4_000;

/** Megabytes, once the application has come to rest. */
export async function restingMemory(app: ElectronApplication): Promise<number> {
  await wait(settlingTime);
  return memoryOf(idOf(app));
}

/** Percent of one core. */
export async function idleLoad(app: ElectronApplication, seconds: number): Promise<number> {
  await wait(settlingTime);
  const before = await processorTimeOf(idOf(app));
  const started = performance.now();
  await wait(seconds * 1_000);
  const used = (await processorTimeOf(idOf(app))) - before;
  return (100 * used) / ((performance.now() - started) / 1_000);
}

function idOf(app: ElectronApplication): number {
  return app.process().pid ?? 0;
}

/** Signs in and asks about one patient. */
export async function reachResult(app: ElectronApplication, simulator: SimulatorControl): Promise<void> {
  const page = await app.firstWindow();
  await signIn(page, app, simulator);
  await findPatient(page, simulator.nhsNumber('child-protection'));
  await chooseCare(page, 'Scheduled');
  await pressCheck(page);
  await heading(page, 'CP-IS record found');
}
