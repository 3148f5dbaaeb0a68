/** The end of the application: whether it has been asked for, and the work that must come first. */
import { within } from '../within.ts';

/** Work that hangs must not keep a workstation from shutting down. */
const finishLimitMs = 3_000;

/** The members of Electron's `app` that this module uses. */
export interface QuittingApp {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
}

export interface Ending {
  /** Whether the application has been asked to quit. */
  isQuitting(): boolean;
  /** `work`: comes before the end, in the place of what was given before; runs once. */
  finishWith(work: () => Promise<unknown>): void;
  /** Quits for an installer, or because the system ends the user's session: no viewer is to follow this one. */
  quitAsLast(): void;
}

/**
 * The application quits when the work that comes first has settled, or after three seconds. `sayEnding` is part of that work
 * from the beginning, unless `quitAsLast` is called. Call it before a window opens.
 */
export function watchForQuit(app: QuittingApp, sayEnding: () => Promise<unknown>): Ending {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  let isLast = false;
  let finish: () => Promise<unknown> = async () => {};
  app.on('before-quit', (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    const work = Promise.allSettled([isLast ? undefined : sayEnding(), finish()]);
    void within(finishLimitMs, work).then(() => {
      state = 'finished';
      app.quit();
    });
  });
  return {
    isQuitting: () => state !== 'running',
    finishWith(work) {
      finish = work;
    },
    quitAsLast() {
      isLast = true;
      app.quit();
    },
  };
}
