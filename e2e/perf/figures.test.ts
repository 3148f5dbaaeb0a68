import { expect, test } from 'vitest';
import { quantile, ratio, reportLine } from './figures.ts';

test('the median is the middle value, or the lower of the two in the middle; what was not seen does not count', () => {
  expect(quantile([3, Number.NaN, 1, 2])).toBe(2);
  expect(quantile([4, 1, 2, 3])).toBe(2);
  expect(quantile([...Array(101).keys()], 0.95)).toBe(95);
});

test('nothing measured is no goal reached, and no zero', () => {
  expect(reportLine(ratio('a start', 1.15, 'ms', [[], [300]]))).toMatch(/NaN ×.*NOT YET/);
});
