import { expect, test } from 'vitest';
import { p95, slopeOf, spreadOf } from './statistics.ts';

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3, count: 3 });
  expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
});

test('nothing measured is an error and not a zero', () => {
  expect(() => spreadOf([])).toThrow('Nothing was measured');
});

test('the 95th percentile lies between its neighbours', () => {
  expect(p95(Array.from({ length: 101 }, (_, index) => index))).toBe(95);
});

test('the slope of a line is its slope, and of a single point none', () => {
  expect(
    slopeOf([
      [0, 5],
      [1, 7],
      [2, 9],
    ]),
  ).toBe(2);
  expect(slopeOf([[1, 5]])).toBe(0);
});
