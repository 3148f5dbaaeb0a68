/** What a viewer holds at one moment. */
import type { Viewer } from '../driver/viewer-page.ts';
import { memoryOf } from './memory.ts';

export interface Sample {
  readonly lookups: number;
  /** Megabytes: all processes; live objects of the main process; live objects of the page. */
  readonly memory: number;
  readonly mainHeap: number;
  readonly pageHeap: number;
  /** What keeps Node's event loop: handles, timers, requests. */
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
