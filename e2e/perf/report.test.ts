import { expect, test } from 'vitest';
import { quantile } from './report.ts';

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([4, 1, 2, 3], 0.5)).toBe(2.5);
});

test('the 95th of 100 lies near the greatest value', () => {
  expect(quantile([...Array(101).keys()], 0.95)).toBe(95);
});

test('nothing measured is an error and not a zero', () => {
  expect(() => quantile([], 0.5)).toThrow('Nothing was measured');
});
