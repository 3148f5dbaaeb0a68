import { expect, test } from 'vitest';
import { median } from './report.ts';

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 3])).toBe(2.5);
});

test('nothing measured is an error and not a zero', () => {
  expect(() => median([])).toThrow('Nothing was measured');
});
