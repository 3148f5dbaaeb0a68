/** Tells the main process that somebody is really there, for its idle lock (H14). */
import { ask } from '../bridge.ts';

const atMostEvery = 20_000;

/** A resting hand moves a mouse: only keys, presses and the wheel count. Returns the function that stops it. */
export function reportUserActivity(): () => void {
  let reportedAt = Number.NEGATIVE_INFINITY;
  const report = (event: Event): void => {
    if (!event.isTrusted || performance.now() - reportedAt < atMostEvery) return;
    reportedAt = performance.now();
    void ask('session.userActive', undefined);
  };
  const stop = new AbortController();
  for (const type of ['keydown', 'pointerdown', 'wheel'] as const) {
    window.addEventListener(type, report, { capture: true, passive: true, signal: stop.signal });
  }
  return () => stop.abort();
}
