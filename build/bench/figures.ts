/** Which figures there are, how each is taken, and its goal. */

import type { ElectronApplication } from 'playwright';
import { endApp } from '../end-app.ts';
import type { Task } from '../terminal/run-task.ts';
import { say } from '../terminal/say.ts';
import { timeRoundTrips } from './bridge.ts';
import { timeToFirstPaint, timeUntil } from './cold-start.ts';
import type { ContestantName } from './contestants.ts';
import { driveApp } from './driven-app.ts';
import { timeBareFetch, timeLookup } from './lookup.ts';
import { describeCourse, type LookupMoments, watchMainProcess } from './lookup-course.ts';
import { type Mapping, timeMapping } from './mapping.ts';
import { idleLoad, reachResult, restingMemory } from './memory-and-idle.ts';
import { type Figure, figure } from './report.ts';
import type { Bench } from './set-up.ts';
import { measureLoaded, measureSizes } from './sizes.ts';
import { p95, type Spread, spreadOf } from './statistics.ts';
import { chooseCare, findAnother, findPatient, heading, pressCheck, signIn } from './user.ts';

const signInButton = { button: 'Sign in with Care Identity' };

/** Starts in turns, the first of each unseen: it warms the file cache. */
export async function measureStart(bench: Bench): Promise<readonly Figure[]> {
  const { ground, contestants, argumentsOf, quick } = bench;
  const start = (name: ContestantName) => ({
    executable: contestants[name].executable,
    args: argumentsOf(name),
  });
  const paints: Record<ContestantName, number[]> = { empty: [], viewer: [], template: [] };
  const watchedPaints: number[] = [];
  const usable: number[] = [];
  const rounds = quick ? 3 : 15;
  for (let round = -1; round < rounds; round += 1) {
    for (const name of ['empty', 'viewer', 'template'] as const) {
      const time = await timeToFirstPaint(ground, start(name));
      if (round >= 0) paints[name].push(time);
    }
    const watched = await timeUntil(ground, start('empty'), 'painted');
    const button = await timeUntil(ground, start('viewer'), signInButton);
    if (round < 0 || watched === undefined || button === undefined) continue;
    watchedPaints.push(watched);
    usable.push(button);
    say(
      `start ${round + 1}/${rounds}: ${Object.entries(paints)
        .map(([name, times]) => `${name} ${times.at(-1)?.toFixed(0)}`)
        .join(', ')}, button ${button.toFixed(0)} (empty ${watched.toFixed(0)}) ms`,
    );
  }
  const empty = spreadOf(paints.empty);
  const viewer = spreadOf(paints.viewer);
  const template = spreadOf(paints.template);
  const watched = spreadOf(watchedPaints);
  const button = spreadOf(usable);
  return [
    figure(
      'cold start to first paint ÷ empty window',
      divided(viewer, empty, 'ms'),
      viewer.median / empty.median,
      '×',
      1.15,
    ),
    figure(
      'cold start to first paint ÷ template',
      divided(viewer, template, 'ms'),
      viewer.median / template.median,
      '×',
      1,
    ),
    figure(
      'cold start to Sign in usable ÷ empty window',
      divided(button, watched, 'ms'),
      button.median / watched.median,
      '×',
      1.25,
    ),
  ];
}

/** Memory and idle work. */
export async function measureAtRest(bench: Bench): Promise<readonly Figure[]> {
  const { ground, contestants, argumentsOf, simulator, quick } = bench;
  const driven = async <Value>(name: ContestantName, use: (app: ElectronApplication) => Promise<Value>) => {
    const app = await driveApp(ground, contestants[name].executable, argumentsOf(name));
    try {
      return await use(app);
    } finally {
      await endApp(app);
    }
  };
  const sizes: Record<ContestantName, number[]> = { empty: [], viewer: [], template: [] };
  const rounds = quick ? 1 : 5;
  for (let round = 0; round < rounds; round += 1) {
    for (const name of ['empty', 'viewer', 'template'] as const) {
      sizes[name].push(
        await driven(name, async (app) => {
          if (name === 'viewer') await reachResult(app, simulator);
          else await app.firstWindow();
          return restingMemory(app);
        }),
      );
    }
    say(
      `memory ${round + 1}/${rounds}: ${Object.entries(sizes)
        .map(([name, all]) => `${name} ${all.at(-1)?.toFixed(0)} MB`)
        .join(', ')}`,
    );
  }
  const seconds = quick ? 10 : 60;
  const atSignIn = await driven('viewer', (app) => idleLoad(app, seconds));
  const atResult = await driven('viewer', async (app) => {
    await reachResult(app, simulator);
    return idleLoad(app, seconds);
  });
  const empty = spreadOf(sizes.empty);
  const viewer = spreadOf(sizes.viewer);
  return [
    figure(
      'memory after one result ÷ empty window',
      divided(viewer, empty, 'MB'),
      viewer.median / empty.median,
      '×',
      1.2,
    ),
    figure('processor while idle on Sign in', `${seconds} s`, atSignIn, '%', 0.5),
    figure('processor while idle on Result', `${seconds} s`, atResult, '%', 0.5),
  ];
}

/** What a user waits for once the viewer is up. */
export async function measureAfterStart(bench: Bench, task: Task): Promise<readonly Figure[]> {
  const { ground, contestants, argumentsOf, simulator, cpis, quick } = bench;
  const empty = await driveApp(ground, contestants.empty.executable, ['bridge']);
  task.onEnd(() => endApp(empty));
  const viewer = await driveApp(ground, contestants.viewer.executable, argumentsOf('viewer'));
  task.onEnd(() => endApp(viewer));
  const page = await viewer.firstWindow();
  await signIn(page, viewer, simulator);

  await watchMainProcess(viewer);
  const courses: LookupMoments[] = [];
  const painted: number[] = [];
  const committed: number[] = [];
  const bare: number[] = [];
  const lookups = quick ? 8 : 40;
  for (let run = -3; run < lookups; run += 1) {
    const lookup = await timeLookup(viewer, page, simulator, cpis);
    const fetched = await timeBareFetch(empty, cpis);
    if (run < 0) continue;
    courses.push(lookup.moments);
    painted.push(lookup.painted);
    committed.push(lookup.committed);
    bare.push(fetched);
  }
  say('From pressing "Check CP-IS" to the painted result:', ...describeCourse(courses));
  const paintedSpread = spreadOf(painted);
  const bareSpread = spreadOf(bare);

  const trips = await timeRoundTrips(page, empty, quick ? 4 : 20, 50);

  // The stand-in has to have seen one real history before it can make longer ones.
  await findPatient(page, simulator.nhsNumber('child-protection'));
  await chooseCare(page, 'Scheduled');
  await pressCheck(page);
  await heading(page, 'CP-IS record found');
  await page.locator('.table--history tbody tr').first().waitFor();
  await findAnother(page);
  const mappings: Mapping[] = [];
  for (const entries of [100, 1_000, 10_000]) {
    mappings.push(await timeMapping(viewer, empty, simulator, cpis, entries, quick ? 2 : 5));
  }
  const [hundred, thousand, tenThousand] = mappings as [Mapping, Mapping, Mapping];
  const told = mappings.map(({ entries, work }) => `${entries}: ${work.toFixed(0)} ms`).join(', ');
  const blocked = (key: 'blockedMain' | 'blockedPage') =>
    mappings.map((mapping) => `${mapping.entries}: ${mapping[key].toFixed(0)} ms`).join(', ');
  return [
    figure(
      'Check CP-IS to result painted, median',
      describe(paintedSpread, 'ms'),
      paintedSpread.median,
      'ms',
      25,
    ),
    figure(
      'Check CP-IS to result painted ÷ bare fetch',
      divided(paintedSpread, bareSpread, 'ms'),
      paintedSpread.median / bareSpread.median,
      '×',
      1.5,
    ),
    figure(
      'Check CP-IS to result in the page ÷ bare fetch',
      divided(spreadOf(committed), bareSpread, 'ms'),
      spreadOf(committed).median / bareSpread.median,
      '×',
      1.5,
    ),
    figure(
      'bridge round trip, p95 ÷ bare invoke',
      `${p95(trips.viewer).toFixed(3)} ms ÷ ${p95(trips.bare).toFixed(3)} ms`,
      p95(trips.viewer) / p95(trips.bare),
      '×',
      1.3,
    ),
    figure('work for 1,000 entries ÷ for 100', told, thousand.work / hundred.work, '×', 12),
    figure('work for 10,000 entries ÷ for 1,000', told, tenThousand.work / thousand.work, '×', 12),
    figure(
      'input blocked by the main process, longest',
      blocked('blockedMain'),
      Math.max(...mappings.map(({ blockedMain }) => blockedMain)),
      'ms',
      50,
    ),
    figure(
      'input blocked by the page, longest',
      blocked('blockedPage'),
      Math.max(...mappings.map(({ blockedPage }) => blockedPage)),
      'ms',
      50,
    ),
  ];
}

export async function measureSizeFigures(bench: Bench): Promise<readonly Figure[]> {
  const { ground, viewerFolder, contestants, argumentsOf, simulator } = bench;
  const sizes = await measureSizes(viewerFolder, contestants.viewer.archive);
  const viewer = await driveApp(ground, contestants.viewer.executable, argumentsOf('viewer'));
  await reachResult(viewer, simulator);
  const loaded = await measureLoaded(viewerFolder, viewer);
  await endApp(viewer);
  return [
    figure('app.asar', '', sizes.archive, 'kB', 2_000),
    figure('main process, loaded after one result', '', loaded, 'kB', 350),
    figure('main process, all its code', '', sizes.main, 'kB', 350),
    figure('preload', '', sizes.preload, 'kB', 10),
    figure('renderer entry, compressed', '', sizes.rendererEntry, 'kB', 250),
  ];
}

function divided(value: Spread, by: Spread, unit: string): string {
  return `${describe(value, unit)} ÷ ${describe(by, unit)}`;
}

function describe({ median, least, most }: Spread, unit: string): string {
  const show = (value: number) => value.toFixed(value < 20 ? 1 : 0);
  return `${show(median)} ${unit} (${show(least)}–${show(most)})`;
}
