/**
 * `npm run bench [-- --quick] [--only start|memory|lookup|waits|clinic-list]`: compares the viewer with an empty window and a template.
 * The three are packaged alike and measured in turns. Only the ratios can be compared between machines.
 */
import { spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { ElectronApplication } from 'playwright';
import { startSimulator } from '../../simulator/client.ts';
import { startCachedCpis } from '../doubles/cached-cpis.ts';
import { quit } from '../driver/quit.ts';
import { measureClinicList } from './clinic-list.ts';
import { timeToButton, timeToFirstPaint } from './cold-start.ts';
import { describeEstimates } from './keystrokes.ts';
import { openAskingWindow, timeBareAsk, timeBareFetch, timeLookup } from './lookup.ts';
import { type AppName, measuredApps, openApp, openViewer } from './measured-apps.ts';
import { type Figure, ratio, tableOf } from './report.ts';
import { memoryOf } from './sample.ts';
import { measureWaits } from './waits.ts';

const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
const names: readonly AppName[] = ['empty', 'viewer', 'template'];
const folder = path.resolve(import.meta.dirname, '../../out/bench');
const environmentFile = path.join(folder, 'environment.json');

await mkdir(folder, { recursive: true });
const simulator = await startSimulator({ environmentFile });
const { cpis, ...others } = simulator.environment as { cpis: { baseUrl: string } };
const service = await startCachedCpis(cpis.baseUrl);
const environment = { ...others, cpis: { ...cpis, baseUrl: service.baseUrl } };
await writeFile(environmentFile, JSON.stringify(environment));
const { appNamed, close } = await measuredApps(environmentFile);
const parts: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: measureStart,
  memory: measureMemory,
  lookup: measureLookup,
  waits: async () => measureWaits(await appNamed('viewer'), options.quick ? 3 : 5),
  'clinic-list': async () =>
    measureClinicList(
      await appNamed('viewer'),
      simulator,
      path.join(folder, 'policy.json'),
      options.quick ? 100 : 500,
    ),
};
try {
  const [processor] = cpus();
  const machine = `${availableParallelism()} × ${processor?.model.trim()}, load ${(loadavg()[0] ?? 0).toFixed(1)}`;
  console.log(`${machine}; ${process.env['CPIS_VIEWER_RUNTIME'] ?? 'Electron'}`);
  const figures: Figure[] = [];
  for (const [name, measure] of Object.entries(parts))
    if (options.only?.includes(name) ?? true) figures.push(...(await measure()));
  console.log(`\n${tableOf(figures)}\n\n${describeEstimates()}`);
  const file = path.join(folder, 'figures.json');
  await writeFile(file, `${JSON.stringify({ at: new Date(), machine, ...options, figures }, null, 2)}\n`);
  console.log(`\nKept in ${path.relative(process.cwd(), file)}.`);
} finally {
  await close();
  await service.close();
  await simulator.stop();
}

/** In turns. The first start of each is not counted: it warms the file cache. */
async function measureStart(): Promise<readonly Figure[]> {
  const paints: Record<AppName, number[]> = { empty: [], viewer: [], template: [] };
  const watched: number[] = [];
  const usable: number[] = [];
  const rounds = options.quick ? 3 : 15;
  for (let round = 0; round <= rounds; round += 1) {
    for (const name of names) {
      const ms = await timeToFirstPaint(await appNamed(name));
      if (round > 0) paints[name].push(ms);
    }
    const floor = await timeToFirstPaint(await appNamed('empty'), 'watched');
    const button = await timeToButton(await appNamed('viewer'), 'Sign in with Care Identity');
    if (round > 0 && button !== undefined) {
      watched.push(floor);
      usable.push(button);
    }
    const last = names.map((name) => `${name} ${paints[name].at(-1)?.toFixed(0) ?? '–'} ms`).join(', ');
    console.log(`start ${round}/${rounds}: ${last}, button ${button?.toFixed(0) ?? '–'} ms`);
  }
  return [
    ratio('cold start to first paint ÷ empty window', paints.viewer, paints.empty, 'ms', 1.15),
    ratio('cold start to first paint ÷ template', paints.viewer, paints.template, 'ms', 1),
    ratio('cold start to Sign in usable ÷ empty window', usable, watched, 'ms', 1.25),
  ];
}

/** The viewer after a sign-in and one result; Playwright is attached to all three. */
async function measureMemory(): Promise<readonly Figure[]> {
  const sizes: Record<AppName, number[]> = { empty: [], viewer: [], template: [] };
  const rounds = options.quick ? 1 : 5;
  for (let round = 1; round <= rounds; round += 1) {
    for (const name of names) {
      const app = name === 'viewer' ? await openResult() : await openApp(await appNamed(name));
      await app.firstWindow();
      // For a start to be over, and the process of a closed window to have ended.
      await wait(4_000);
      sizes[name].push(await memoryOf(app));
      await quit(app);
    }
    const last = names.map((name) => `${name} ${sizes[name].at(-1)?.toFixed(0)} MB`);
    console.log(`memory ${round}/${rounds}: ${last.join(', ')}`);
  }
  return [ratio('memory after one result ÷ empty window', sizes.viewer, sizes.empty, 'MB', 1.2)];
}

async function openResult(): Promise<ElectronApplication> {
  const viewer = await openViewer(await appNamed('viewer'), simulator);
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled');
  await viewer.page.getByRole('heading', { name: 'CP-IS record found' }).waitFor();
  return viewer.app;
}

/** On an otherwise quiet machine, then with a process that keeps one core busy. */
async function measureLookup(): Promise<readonly Figure[]> {
  const viewer = await openViewer(await appNamed('viewer'), simulator);
  const empty = await openApp(await appNamed('empty'));
  const asking = await openAskingWindow(empty, service);
  await viewer.signIn();
  const figures: Figure[] = [];
  for (const load of ['', ', one core busy']) {
    const busy = load === '' ? undefined : spawn(process.execPath, ['--eval', 'for (;;);']);
    const painted: number[] = [];
    const asked: number[] = [];
    const fetched: number[] = [];
    const rounds = options.quick ? 8 : 40;
    // The first three warm all.
    for (let round = -2; round <= rounds; round += 1) {
      const each = [
        [painted, await timeLookup(viewer, service)],
        [asked, await timeBareAsk(asking, service)],
        [fetched, await timeBareFetch(empty, service)],
      ] as const;
      if (round > 0) for (const [series, ms] of each) series.push(ms);
    }
    busy?.kill();
    const check = `Check CP-IS to result painted${load}`;
    figures.push(
      ratio(`${check} ÷ empty window's page`, painted, asked, 'ms', 1.5),
      ratio(`${check} ÷ empty window's page, 95th of 100`, painted, asked, 'ms', 1.5, 0.95),
      ratio(`${check} ÷ bare fetch`, painted, fetched, 'ms', 1.5),
    );
  }
  await quit(viewer.app);
  await quit(empty);
  return figures;
}
