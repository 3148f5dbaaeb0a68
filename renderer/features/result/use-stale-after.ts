import { useEffect } from 'react';
import type { Answer } from '../../state/lookup.ts';

/** Timers stop while a computer sleeps, so the hook reads the clock at this interval. */
const checkEveryMs = 30_000;

/** H12: marks an answer stale after a set time, also when this computer slept in between. */
export function useStaleAfter(answer: Answer, staleAfterMs: number, markStale: () => void): void {
  const { shownSince } = answer;
  const isShown = answer.age !== 'stale';
  useEffect(() => {
    if (!isShown) return;
    let timer: ReturnType<typeof setTimeout>;
    const checkClock = (): void => {
      clearTimeout(timer);
      // A clock that was set back must not keep a stale answer on the screen.
      const leftMs = staleAfterMs - Math.abs(Date.now() - shownSince);
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
