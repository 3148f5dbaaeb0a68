import { once } from 'node:events';
import type { ElectronApplication } from 'playwright';

/**
 * Ends an application that Playwright drove and that nobody looks at any more. Playwright's own `close` asks once and
 * does not look at the answer: where the debugger loses the question, it waits for ever. How a viewer quits by itself is
 * for the end-to-end tests.
 */
export async function endApp(app: ElectronApplication): Promise<void> {
  const running = app.process();
  if (running.exitCode !== null || running.signalCode !== null) return;
  const ended = once(running, 'exit');
  running.kill('SIGKILL');
  await ended;
}
