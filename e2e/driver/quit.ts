import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';

/** Well over the time that the viewer itself takes to end (electron/main/quit.ts). */
const patienceMs = 10_000;

/**
 * Quits a viewer, and waits until its process has ended. Playwright's `close` asks once over the debugger: where that
 * request is lost, `close` waits for ever. A viewer that does not quit gets SIGTERM, as at the end of a desktop session,
 * and then SIGKILL. Each signal is logged, since a viewer that often needs one has a fault.
 */
export async function quit(app: ElectronApplication): Promise<void> {
  const ended = app.close().then(() => true);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await Promise.race([ended, delay(patienceMs, false, { ref: false })])) return;
    process.stderr.write(`A viewer did not quit when asked, and was sent ${signal}.\n`);
    app.process().kill(signal);
  }
  await ended;
}
