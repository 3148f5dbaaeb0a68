/** The end of the application: whether it has been asked for, and the work that must come first. */
import type { App } from 'electron';
import { within } from '../within.ts';

/** Work that hangs must not keep a workstation from shutting down. */
const finishLimitMs = 3_000;

export interface Ending {
  /** Whether the application has been asked to quit. */
  isQuitting(): boolean;
  /** Settles with what `onQuit` has begun. */
  settled(): Promise<unknown>;
  /** Quits for an installer, or because the system ends the user's session: no viewer is to follow this one. */
  quitAsLast(): void;
}

/** `onQuit`: called when the application is asked to quit, unless by `quitAsLast`. Call it before a window opens. */
export function watchForQuit(app: Pick<App, 'once' | 'quit'>, onQuit: () => Promise<unknown>): Ending {
  let isQuitting = false;
  let isLast = false;
  let settled: Promise<unknown> = Promise.resolve();
  app.once('before-quit', () => {
    isQuitting = true;
    if (!isLast) settled = onQuit();
  });
  return {
    isQuitting: () => isQuitting,
    settled: () => settled,
    quitAsLast() {
      isLast = true;
      app.quit();
    },
  };
}

/** Runs `finish` once, when the application is asked to quit; quits when `finish` has settled or the limit has passed. */
export function finishBeforeQuit(app: Pick<App, 'on' | 'quit'>, finish: () => Promise<unknown>): void {
  let state: 'running' | 'finishing' | 'finished' = 'running';
  app.on('before-quit', (event) => {
    if (state === 'finished') return;
    event.preventDefault();
    if (state === 'finishing') return;
    state = 'finishing';
    void within(finishLimitMs, finish()).then(() => {
      state = 'finished';
      app.quit();
    });
  });
}
