/**
 * Ends a renderer process through the operating system, which no script in the page can prevent.
 * Sources: Electron, `app.getAppMetrics`, `webContents.getOSProcessId`, `webContents.forcefullyCrashRenderer`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { app, type WebContents } from 'electron';

const pollMs = 20;

function isRunning(processId: number): boolean {
  return app.getAppMetrics().some(({ pid }) => pid === processId);
}

/** Waits until the process has ended, `limitMs` at most; false if it has not. */
export async function processEnded(processId: number, limitMs: number): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < limitMs; waitedMs += pollMs) {
    if (!isRunning(processId)) return true;
    await delay(pollMs);
  }
  return !isRunning(processId);
}

/**
 * Ends the process of a page at once, without a dump. Where the system does not let this process end another by its id,
 * Chromium ends it.
 */
export function endProcess(contents: WebContents, processId: number): void {
  if (!isRunning(processId)) return;
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    if (!contents.isDestroyed()) contents.forcefullyCrashRenderer();
  }
}
