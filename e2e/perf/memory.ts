/** What a viewer holds, and whether that grows. Linux only: the kernel counts the memory. */
import { readdir, readFile, readlink } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright';
import { quit } from '../driver/quit.ts';
import type { Viewer } from '../driver/viewer-page.ts';
import { type Bench, openApp, openViewer } from './apps.ts';
import { inTurns, ratio } from './figures.ts';

/**
 * The viewer after a sign-in and one result; Playwright is attached to all three. The first round is not counted: the first
 * application on a display whose GTK looks at OpenGL loads a graphics driver of some 20 MB, and those after it do not.
 */
export async function measureMemory({ viewer, empty, template, simulator, rounds }: Bench) {
  const sizeOf = async (app: ElectronApplication) => {
    await app.firstWindow();
    await wait(4_000); // for a start to be over, and the process of a closed window to have ended
    const size = await memoryOf(app);
    await quit(app);
    return size;
  };
  const afterResult = async () => {
    const opened = await openViewer(viewer, simulator);
    await opened.signIn();
    await opened.ask('child-protection', 'scheduled', 'found');
    return sizeOf(opened.app);
  };
  const [sizes, floor] = await inTurns('memory', rounds(1, 5), 1, {
    viewer: afterResult,
    empty: async () => sizeOf(await openApp(empty)),
    template: async () => sizeOf(await openApp(template)),
  });
  return [ratio('memory after one result ÷ empty window', 1.08, 'MB', [sizes, floor])];
}

/** In a working day of 500 lookups. Heaps: live objects. Resources: handles, timers and requests under way. */
const mayGrow: Readonly<Record<string, number>> = {
  'MB of all processes': 20,
  'MB in the heap of the main process': 2,
  'MB in the heap of the page': 2,
  'resources of the main process': 0,
  listeners: 0,
  'web contents': 0,
};

/** By the names of `mayGrow`, after so many `lookups`. */
export type Sample = Readonly<Record<string, number>>;

/** One check of a soak, and whether it holds. */
export type Verdict = readonly [holds: boolean, sentence: string];

/**
 * Compares the least values of the second third of the samples with those of the last: in the first caches fill and code is
 * compiled, and any sample may have a request under way, or garbage.
 */
export function judgeGrowth(samples: readonly Sample[]): readonly Verdict[] {
  const third = Math.floor(samples.length / 3);
  const [early, late] = [samples.slice(third, 2 * third), samples.slice(-third)];
  const lookups = (late[0]?.['lookups'] ?? 0) - (early[0]?.['lookups'] ?? 0);
  if (third === 0) return [[false, 'There are too few samples to judge growth by.']];
  return Object.entries(mayGrow).map(([name, most]) => {
    const least = (part: readonly Sample[]) => Math.min(...part.map((held) => held[name] ?? Number.NaN));
    const growth = (500 * (least(late) - least(early))) / lookups;
    return [growth <= most, `${growth.toFixed(1)} more ${name} in 500 lookups (at most ${most})`];
  });
}

/** After the garbage of the main process and of the page has been collected. */
export async function takeSample(viewer: Viewer, lookups: number): Promise<Sample> {
  const main = await viewer.app.evaluate(({ app, ipcMain, powerMonitor, webContents, BrowserWindow }) => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    process.getBuiltinModule('node:vm').runInNewContext('gc')();
    const contents = webContents.getAllWebContents();
    const emitters: Pick<NodeJS.EventEmitter, 'eventNames' | 'listenerCount'>[] = [app, ipcMain, process];
    emitters.push(powerMonitor, ...BrowserWindow.getAllWindows(), ...contents);
    const listeners = emitters.flatMap((each) => each.eventNames().map((name) => each.listenerCount(name)));
    return {
      'MB in the heap of the main process': process.memoryUsage().heapUsed / 1_024 ** 2,
      'resources of the main process': process.getActiveResourcesInfo().length,
      listeners: listeners.reduce((sum, count) => sum + count, 0),
      'web contents': contents.length,
    };
  });
  const session = await viewer.page.context().newCDPSession(viewer.page);
  await session.send('HeapProfiler.collectGarbage');
  const pageMb = (await session.send('Runtime.getHeapUsage')).usedSize / 1_024 ** 2;
  await session.detach();
  const allMb = await memoryOf(viewer.app);
  return { lookups, 'MB of all processes': allMb, 'MB in the heap of the page': pageMb, ...main };
}

/**
 * Megabytes of all processes of its executable, of which each measured application has its own copy. What they share is counted
 * once (PSS, proc(5)). Throws where it may not be read.
 */
async function memoryOf(app: ElectronApplication): Promise<number> {
  const executable = await readlink(`/proc/${app.process().pid}/exe`);
  let sizeKb = 0;
  for (const id of await readdir('/proc')) {
    if ((await readlink(`/proc/${id}/exe`).catch(() => '')) !== executable) continue;
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    sizeKb += Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1]);
  }
  return sizeKb / 1_024;
}
