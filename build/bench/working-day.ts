/** A long day of lookups, with what was seen of the application along the way. */
import type { ElectronApplication, Page } from 'playwright';
import { endApp } from '../end-app.ts';
import type { Task } from '../terminal/run-task.ts';
import { say } from '../terminal/say.ts';
import { driveApp } from './driven-app.ts';
import { type Sample, takeSample } from './sample.ts';
import type { Bench } from './set-up.ts';
import type { SimulatorControl } from './simulator-control.ts';
import {
  type CareSetting,
  chooseCare,
  findAnother,
  findPatient,
  lock,
  pressCheck,
  signIn,
  signOut,
} from './user.ts';

export interface DayOptions {
  readonly minutes: number;
  readonly leastLookups: number;
  readonly faults: boolean;
}

export interface Day {
  readonly lookups: number;
  readonly unscheduled: number;
  readonly faultsLaid: number;
  readonly answers: Readonly<Record<string, number>>;
  readonly samples: readonly Sample[];
}

const patients = ['child-protection', 'looked-after', 'no-record', 'several-plans', 'ended', 'device-author'];
/**
 * As often as in a long day, and not more: each sign-in keeps nearly a megabyte (docs/decisions/sessions-in-memory.md), and
 * would hide what lookups take.
 */
const lockEvery = 60;
const signOutEvery = 180;
const sampleEvery = 20;
const faultEvery = 5;

/** Each is over with its first request: a silent read is tried again, and nobody is to notice. */
const passingFaults = [
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429 },
  { kind: 'reset' },
  { kind: 'delay', ms: 400 },
];

const answered = /^(CP-IS record found|No CP-IS record found|Could not check CP-IS|Access denied)$/;

export async function liveADay(bench: Bench, task: Task, options: DayOptions): Promise<Day> {
  const { ground, contestants, argumentsOf, simulator } = bench;
  await simulator.settings({ accessTokenSeconds: 15 });
  const app = await driveApp(ground, contestants.viewer.executable, argumentsOf('viewer'));
  task.onEnd(() => endApp(app));
  const page = await app.firstWindow();
  const ends = Date.now() + options.minutes * 60_000;
  const day = {
    lookups: 0,
    unscheduled: 0,
    faultsLaid: 0,
    answers: {} as Record<string, number>,
    samples: [] as Sample[],
  };
  /** H4: whom unscheduled care has asked about already; the viewer forgets it with the user. */
  let asked = new Set<string>();

  await signIn(page, app, simulator);
  while (Date.now() < ends || day.lookups < options.leastLookups) {
    const patient = patients[day.lookups % patients.length] ?? '';
    const careSetting: CareSetting =
      asked.has(patient) || day.lookups % 3 !== 0 ? 'Scheduled' : 'Unscheduled';
    if (careSetting === 'Unscheduled') {
      asked.add(patient);
      day.unscheduled += 1;
    }
    if (options.faults && day.lookups % faultEvery === 0) {
      day.faultsLaid += 1;
      await layFault(simulator, careSetting, day.faultsLaid);
    }
    const answer = await lookUp(page, simulator.nhsNumber(patient), careSetting);
    day.answers[answer] = (day.answers[answer] ?? 0) + 1;
    day.lookups += 1;
    if (day.lookups % sampleEvery === 0) day.samples.push(await sampleNow(app, page, day.lookups));
    if (day.lookups % signOutEvery === 0) {
      await signOut(page);
      asked = new Set();
      await signIn(page, app, simulator);
    } else if (day.lookups % lockEvery === 0) {
      await lock(page);
      await signIn(page, app, simulator);
    }
  }
  return day;
}

async function lookUp(page: Page, nhsNumber: string, careSetting: CareSetting): Promise<string> {
  await findPatient(page, nhsNumber);
  await chooseCare(page, careSetting);
  await pressCheck(page);
  const result = page.getByRole('heading', { name: answered });
  await result.waitFor({ timeout: 30_000 });
  // The history comes by itself; a user would wait for it too.
  await page.locator('.previous-views .busy').waitFor({ state: 'detached', timeout: 30_000 });
  const answer = (await result.textContent()) ?? '';
  await findAnother(page);
  return answer;
}

/** Never on a question that notifies: that is asked once, and what then comes is for the end-to-end tests (H4). */
async function layFault(simulator: SimulatorControl, careSetting: CareSetting, count: number): Promise<void> {
  const silent = ['pds.read', ...(careSetting === 'Scheduled' ? ['cpis.care-team'] : [])];
  const target = silent[Math.floor(Math.random() * silent.length)] ?? 'pds.read';
  await simulator.fault(target, passingFaults[count % passingFaults.length] ?? {});
}

async function sampleNow(app: ElectronApplication, page: Page, lookups: number): Promise<Sample> {
  const sample = await takeSample(app, page, lookups);
  const { memory, mainHeap, pageHeap, resources, listeners, contents } = sample;
  say(
    `${lookups} lookups: ${memory.toFixed(0)} MB, heap ${mainHeap.toFixed(1)} + ${pageHeap.toFixed(1)} MB, ` +
      `${resources} resources, ${listeners} listeners, ${contents} web contents`,
  );
  return sample;
}
