/** H12: after a set time an answer is covered, also when this computer slept in between. */
import { useEffect } from 'react';
import type { Answer } from '../../state/lookup.ts';

/** Timers stand still while a computer sleeps, so the clock is looked at again and again. */
const lookAtLeastEvery = 30_000;

export function useStaleAfter(answer: Answer, coverAfter: number, cover: () => void): void {
  const { shownSince } = answer;
  const uncovered = answer.cover !== 'covered';
  useEffect(() => {
    if (!uncovered) return;
    let timer: ReturnType<typeof setTimeout>;
    const look = (): void => {
      clearTimeout(timer);
      // A clock that was set back must not keep an old answer in view.
      const left = coverAfter - Math.abs(Date.now() - shownSince);
      if (left <= 0) cover();
      else timer = setTimeout(look, Math.min(left, lookAtLeastEvery));
    };
    look();
    window.addEventListener('focus', look);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('focus', look);
    };
  }, [uncovered, shownSince, coverAfter, cover]);
}
