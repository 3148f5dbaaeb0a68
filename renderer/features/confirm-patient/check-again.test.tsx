import { expect, test } from 'vitest';
import type { TakenTime } from '../../../shared/taken-time.ts';
import type { RepeatOffer } from '../../state/lookup.ts';
import { drawn } from '../../testing/drawn.ts';
import { CheckAgain } from './check-again.tsx';

test.each<[RepeatOffer['about'], TakenTime['clock'], string]>([
  ['this-patient', 'services', 'in unscheduled care before: 23-Nov-2026 14:32. Checking'],
  ['this-patient', 'doubted', "before: 23-Nov-2026 14:32 (this computer's clock may be wrong). Checking"],
  ['not-known', 'computer', "last at 23-Nov-2026 14:32 by this computer's clock. It may"],
])('H20: "Check again?" says by which clock the last check was: %s, %s', (about, clock, words) => {
  const askedBefore = { at: '2026-11-23T14:32:00Z', clock };
  const offer = { careSetting: 'unscheduled', askedBefore, about } as const;
  expect(drawn(<CheckAgain offer={offer} onYes={() => {}} onNo={() => {}} />).text).toContain(words);
});
