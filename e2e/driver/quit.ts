import { setTimeout as delay } from 'node:timers/promises';
import type { ElectronApplication } from '@playwright/test';

/** Milliseconds: well over what the viewer itself waits for before it ends (electron/main/quit.ts). */
const patience = 10_000;

/**
 * Quits a viewer, and waits until its process has ended; one that has ended already is left in peace. Playwright's own
 * `close` asks once and does not look at the answer: where the debugger loses the question, it waits for ever. So a
 * viewer that does not hear is asked as the operating system asks at the end of a session, and then made to end. Each is
 * said, since a viewer that often takes no notice would be at fault itself.
 */
export async function quit(app: ElectronApplication): Promise<void> {
  const ended = app.close().then(() => true);
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    if (await Promise.race([ended, delay(patience, false, { ref: false })])) return;
    process.stderr.write(`A viewer did not hear that it should quit, and was sent ${signal}.\n`);
    app.process().kill(signal);
  }
  await ended;
}
