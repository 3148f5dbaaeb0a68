import { expect, test } from 'vitest';
import { slopeOf, spreadOf } from './statistics.ts';

test('the median is the middle value, or half way between the two in the middle', () => {
  expect(spreadOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
  expect(spreadOf([4, 1, 2, 3]).median).toBe(2.5);
});

test('nothing measured is an error and not a zero', () => {
  expect(() => spreadOf([])).toThrow('Nothing was measured');
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
