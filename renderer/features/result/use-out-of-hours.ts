/** H7: whether the offices are closed for certain, at the time of the answer and while it stays on the screen. */
import { useEffect, useState } from 'react';
import { parseFhirInstant } from '../../../shared/clinical/clinical-date.ts';
import { isCertainlyOutOfHours } from '../../../shared/clinical/out-of-hours.ts';
import { elapsedMs, type Moment } from '../../../shared/elapsed.ts';
import type { Retrieval } from '../../../shared/outcome.ts';
import { momentNow } from '../../state/moment-now.ts';

const everyMs = 30_000;

/**
 * `retrievedAt`: by the corrected clock of the main process; this computer's clocks only measure the time since. Where
 * that clock is in doubt, nothing is certain (H20).
 */
export function useOutOfHours(
  { retrievedAt, clockInDoubt }: Pick<Retrieval, 'retrievedAt' | 'clockInDoubt'>,
  shownSince: Moment,
): boolean {
  const atFirst = clockInDoubt ? undefined : parseFhirInstant(retrievedAt);
  const isNow = (): boolean =>
    atFirst !== undefined &&
    isCertainlyOutOfHours(new Date(atFirst.getTime() + elapsedMs(shownSince, momentNow())));
  const [outOfHours, setOutOfHours] = useState(isNow);
  useEffect(() => {
    const timer = setInterval(() => setOutOfHours(isNow()), everyMs);
    return () => clearInterval(timer);
  });
  return outOfHours;
}
