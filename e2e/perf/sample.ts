/** What a viewer holds at one moment. Linux only: the kernel counts the memory. */
import { readdir, readFile } from 'node:fs/promises';
import type { ElectronApplication } from 'playwright';
import type { Viewer } from '../driver/viewer-page.ts';

export interface Sample {
  readonly lookups: number;
  /** Megabytes: all processes; live objects of the main process; live objects of the page. */
  readonly memory: number;
  readonly mainHeap: number;
  readonly pageHeap: number;
  /** Handles, timers and requests of the main process's event loop. */
  readonly resources: number;
  /** Listeners of the application, of IPC, of the windows and their contents. */
  readonly listeners: number;
  readonly contents: number;
}

export async function takeSample({ app, page }: Viewer, lookups: number): Promise<Sample> {
  const main = await app.evaluate((electron) => {
    type Emitter = Pick<NodeJS.EventEmitter, 'eventNames' | 'listenerCount'>;
    const count = (emitter: Emitter) =>
      emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
    const load = process.mainModule?.require.bind(process.mainModule) as NodeJS.Require;
    (load('node:v8') as typeof import('node:v8')).setFlagsFromString('--expose-gc');
    const collect: unknown = (load('node:vm') as typeof import('node:vm')).runInNewContext('gc');
    if (typeof collect === 'function') collect();
    const { app: application, ipcMain, powerMonitor, webContents, BrowserWindow } = electron;
    const contents = webContents.getAllWebContents();
    const emitters: Emitter[] = [application, ipcMain, powerMonitor, process];
    emitters.push(...BrowserWindow.getAllWindows(), ...contents);
    return {
      mainHeap: process.memoryUsage().heapUsed / 1_024 ** 2,
      resources: process.getActiveResourcesInfo().length,
      listeners: emitters.reduce((sum, emitter) => sum + count(emitter), 0),
      contents: contents.length,
    };
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return { lookups, memory: await memoryOf(app), pageHeap: usedSize / 1_024 ** 2, ...main };
}

/** Megabytes of all its processes; memory that they share is counted once (PSS, proc(5)). */
export async function memoryOf(app: ElectronApplication): Promise<number> {
  const sizesKb = await Promise.all((await processTree(app.process().pid ?? 0)).map(proportionalSizeKb));
  return sizesKb.reduce((sum, size) => sum + size, 0) / 1_024;
}

async function processTree(root: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(ids.map(async (id) => [id, await parentOf(id)] as const)));
  const tree = [root];
  for (const id of tree) tree.push(...ids.filter((each) => parents.get(each) === id));
  return tree;
}

async function parentOf(id: number): Promise<number> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // The name stands in brackets and may itself have blanks.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

async function proportionalSizeKb(id: number): Promise<number> {
  try {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw new Error(`The memory of process ${id} cannot be read (${code}): measure as root.`);
  }
}
