import { expect, test } from 'vitest';
import { percentage, shownCount } from './small-numbers.ts';

test.each([
  [0, 0],
  [1, 'few'],
  [7, 'few'],
  [8, 10],
  [12, 10],
  [13, 15],
  [1_237, 1_235],
] as const)('%d is shown as %s', (count, shown) => {
  expect(shownCount(count, 'protected')).toBe(shown);
  expect(shownCount(count, 'exact')).toBe(count);
});

test.each([
  [10, 200, 5],
  ['few', 200, undefined],
  [10, 'few', undefined],
  [0, 0, undefined],
] as const)('%s of %s is %s in 100', (part, whole, share) => expect(percentage(part, whole)).toBe(share));
