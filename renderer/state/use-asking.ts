import { useEffect, useState } from 'react';
import type { CheckRequest } from './lookup.ts';

/**
 * Whether a check is on its way. Handlers go by `no` alone, which changes with the press (H4, H5). The screen says "Checking
 * CP-IS" when it is `drawn`: an answer that comes before would wait for the frame of these words, and a screen reader would be
 * interrupted by them.
 */
export type Asking = 'no' | 'not-yet-drawn' | 'drawn';

/** An answer that is on the screen sooner is not preceded by "Checking CP-IS". */
const drawnAfterMs = 40;

/** `question`: the one that has no answer yet. */
export function useAsking(question: CheckRequest | undefined): Asking {
  const [drawn, setDrawn] = useState<CheckRequest>();
  useEffect(() => {
    if (question === undefined) return;
    const timer = setTimeout(() => setDrawn(question), drawnAfterMs);
    return () => clearTimeout(timer);
  }, [question]);
  if (question === undefined) return 'no';
  return question === drawn ? 'drawn' : 'not-yet-drawn';
}
