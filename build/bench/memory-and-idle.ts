/** What an application weighs and what it does while nobody does anything, with nobody attached. */
import { setTimeout as wait } from 'node:timers/promises';
import { chromium, type Page } from 'playwright';
import { memoryOf, processorTimeOf } from './processes.ts';
import type { SimulatorControl } from './simulator-control.ts';
import type { StartedApp } from './started-app.ts';
import { chooseCare, findPatient, heading, pressCheck, signIn } from './user.ts';

/** Long enough for a closed window's process to end, and for a start to be over. */
const settlingTime = 4_000;

/** Megabytes, once the application has come to rest. */
export async function restingMemory(app: StartedApp): Promise<number> {
  await wait(settlingTime);
  return memoryOf(app.id);
}

/** Percent of one core. */
export async function idleLoad(app: StartedApp, seconds: number): Promise<number> {
  await wait(settlingTime);
  const before = await processorTimeOf(app.id);
  const started = performance.now();
  await wait(seconds * 1_000);
  const used = (await processorTimeOf(app.id)) - before;
  return (100 * used) / ((performance.now() - started) / 1_000);
}

/** Signs in and asks about one patient, then lets go of the application. */
export async function reachResult(app: StartedApp, simulator: SimulatorControl): Promise<void> {
  const browser = await chromium.connectOverCDP(app.devtoolsAddress);
  try {
    const [context] = browser.contexts();
    if (context === undefined) throw new Error('The application shows nothing.');
    const page: Page = context.pages()[0] ?? (await context.waitForEvent('page'));
    await signIn(page, context, simulator);
    await findPatient(page, simulator.nhsNumber('child-protection'));
    await chooseCare(page, 'Scheduled');
    await pressCheck(page);
    await heading(page, 'CP-IS record found');
  } finally {
    await browser.close();
  }
}

/** The same for an application that has nothing to do: somebody looks at it, and goes. */
export async function lookAt(app: StartedApp): Promise<void> {
  const browser = await chromium.connectOverCDP(app.devtoolsAddress);
  await browser.contexts()[0]?.pages()[0]?.title();
  await browser.close();
}
