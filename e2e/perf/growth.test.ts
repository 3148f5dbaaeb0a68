import { expect, test } from 'vitest';
import { judgeGrowth, slopeOf } from './growth.ts';
import type { Sample } from './sample.ts';

const still: Sample = {
  lookups: 0,
  memory: 300,
  mainHeap: 10,
  pageHeap: 5,
  resources: 4,
  listeners: 40,
  contents: 1,
};

function day(change: (index: number) => Partial<Sample>): readonly Sample[] {
  return Array.from({ length: 30 }, (_, index) => ({ ...still, lookups: index * 20, ...change(index) }));
}

const broken = (samples: readonly Sample[]) =>
  judgeGrowth(samples)
    .filter(({ holds }) => !holds)
    .map(({ sentence }) => sentence);

test('what stays as it is holds, and so does what grows only while it warms up', () => {
  expect(broken(day(() => ({})))).toEqual([]);
  expect(broken(day((index) => ({ mainHeap: 10 + Math.min(index, 8) })))).toEqual([]);
});

test('a heap that grows with every lookup is found', () => {
  expect(broken(day((index) => ({ mainHeap: 10 + index })))).toEqual([
    'heap of the main process: 25.00 MB in 500 lookups (at most 2)',
  ]);
});

test('a listener more each time is found; a request that happens to be under way is not', () => {
  expect(broken(day((index) => ({ listeners: 40 + index })))).toEqual(['listeners: 50, later 60']);
  expect(broken(day((index) => ({ resources: 4 + (index % 3) })))).toEqual([]);
});

test('too few samples prove nothing', () => {
  expect(broken([still])).toHaveLength(1);
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
