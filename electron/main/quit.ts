/** The end of the application, held up until what must be done before it is done. */
import type { App } from 'electron';
import { within } from '../within.ts';

/** Whatever hangs must not keep a workstation from shutting down. Milliseconds. */
const longestWait = 3_000;

/** `finish` runs once, when the application is asked to quit; it quits when that has settled, or has taken too long. */
export function finishBeforeQuit(app: Pick<App, 'on' | 'quit'>, finish: () => Promise<unknown>): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    void within(longestWait, finish()).then(() => {
      state = 'finished';
      app.quit();
    });
  });
}
