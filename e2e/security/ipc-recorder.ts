import type { ElectronApplication } from '@playwright/test';

export interface IpcRecorder {
  /** Everything that has crossed since, both ways, as JSON. */
  read(): Promise<string>;
}

/** Records what crosses between the main process and the viewer's page, in the main process itself. */
export async function recordIpc(app: ElectronApplication): Promise<IpcRecorder> {
  const traffic = await app.evaluateHandle(({ ipcMain, webContents }) => {
    const record: unknown[] = [];
    // Electron keeps the handlers of `ipcMain.handle` in this map; there is no public way to observe them.
    const handlers: unknown = Reflect.get(ipcMain, '_invokeHandlers');
    if (!(handlers instanceof Map)) throw new Error('This Electron keeps its handlers elsewhere');
    for (const [channel, handler] of handlers) {
      handlers.set(channel, async (event: unknown, ...args: unknown[]) => {
        const reply: unknown = await handler(event, ...args);
        record.push(channel, args, reply);
        return reply;
      });
    }
    for (const contents of webContents.getAllWebContents()) {
      const send = contents.send.bind(contents);
      contents.send = (channel: string, ...args: unknown[]) => {
        record.push(channel, args);
        send(channel, ...args);
      };
    }
    return record;
  });
  return { read: () => traffic.evaluate((record) => JSON.stringify(record)) };
}
