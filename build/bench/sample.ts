/** What an application holds at one moment. */
import type { ElectronApplication, Page } from 'playwright';
import { memoryOf } from './processes.ts';

export interface Sample {
  readonly lookups: number;
  /** Seconds since the first process of the application was made. */
  readonly at: number;
  /** Megabytes: all processes; live objects of the main process; live objects of the page. */
  readonly memory: number;
  readonly mainHeap: number;
  readonly pageHeap: number;
  /** What keeps Node's event loop: handles, timers, requests. */
  readonly resources: number;
  /** Listeners of the application, of IPC, of the window and its contents, of the sessions. */
  readonly listeners: number;
  readonly contents: number;
}

export async function takeSample(app: ElectronApplication, page: Page, lookups: number): Promise<Sample> {
  const main = await app.evaluate((electron) => {
    type Emitter = Pick<NodeJS.EventEmitter, 'eventNames' | 'listenerCount'>;
    const count = (emitter: Emitter) =>
      emitter.eventNames().reduce((sum, name) => sum + emitter.listenerCount(name), 0);
    const load = process.mainModule?.require.bind(process.mainModule) as NodeJS.Require;
    const v8 = load('node:v8') as typeof import('node:v8');
    const vm = load('node:vm') as typeof import('node:vm');
    v8.setFlagsFromString('--expose-gc');
    (vm.runInNewContext('gc') as () => void)();
    const { app: application, ipcMain, powerMonitor, webContents, BrowserWindow } = electron;
    const windows = BrowserWindow.getAllWindows();
    const contents = webContents.getAllWebContents();
    const emitters: Emitter[] = [application, ipcMain, powerMonitor, process, ...windows, ...contents];
    return {
      at: process.uptime(),
      heap: process.memoryUsage().heapUsed / 1024 ** 2,
      resources: process.getActiveResourcesInfo().length,
      listeners: emitters.reduce((sum, emitter) => sum + count(emitter), 0),
      contents: contents.length,
    };
  });
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
  await session.detach();
  return {
    lookups,
    at: main.at,
    memory: await memoryOf(app.process().pid ?? 0),
    mainHeap: main.heap,
    pageHeap: usedSize / 1024 ** 2,
    resources: main.resources,
    listeners: main.listeners,
    contents: main.contents,
  };
}
