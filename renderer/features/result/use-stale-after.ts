import { useEffect } from 'react';
import { elapsedMs } from '../../../shared/elapsed.ts';
import type { Answer } from '../../state/lookup.ts';
import { momentNow } from '../../state/moment-now.ts';

/** Timers stop while a computer sleeps, so the hook reads the clocks at this interval. */
const checkEveryMs = 30_000;

/** H12: marks an answer stale after a set time, also when this computer slept in between, or its clock was set back. */
export function useStaleAfter(answer: Answer, staleAfterMs: number, markStale: () => void): void {
  const { shownSince } = answer;
  const isShown = answer.age !== 'stale';
  useEffect(() => {
    if (!isShown) return;
    let timer: ReturnType<typeof setTimeout>;
    const checkClock = (): void => {
      clearTimeout(timer);
      const leftMs = staleAfterMs - elapsedMs(shownSince, momentNow());
      if (leftMs <= 0) markStale();
      else timer = setTimeout(checkClock, Math.min(leftMs, checkEveryMs));
    };
    checkClock();
    window.addEventListener('focus', checkClock);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', checkClock);
    };
  }, [isShown, shownSince, staleAfterMs, markStale]);
}
