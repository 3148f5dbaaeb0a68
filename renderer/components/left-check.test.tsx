import { expect, test } from 'vitest';
import type { TakenTime } from '../../shared/taken-time.ts';
import { drawn } from '../testing/drawn.ts';
import { LeftCheck } from './left-check.tsx';

test.each<[TakenTime['clock'], string]>([
  ['services', '23-Nov-2026 14:32. The local'],
  ['doubted', "23-Nov-2026 14:32 (this computer's clock may be wrong). The local"],
  ['computer', "23-Nov-2026 14:32 by this computer's clock. The local"],
])('H20: the time of a check that was left says by which clock it is: %s', (clock, words) => {
  const { text } = drawn(<LeftCheck at={{ at: '2026-11-23T14:32:00Z', clock }} />);
  expect(text).toContain(`the check was made at ${words}`);
});
