import { expect, test } from 'vitest';
import { judgeGrowth } from './memory.ts';

const heap = 'MB in the heap of the main process';
const resources = 'resources of the main process';
const sizes = { 'MB of all processes': 300, 'MB in the heap of the page': 5, [heap]: 10 };
const still = { ...sizes, [resources]: 4, listeners: 40, 'web contents': 1 };

function problems(change: (index: number) => Readonly<Record<string, number>>, length = 30) {
  const samples = Array.from({ length }, (_, index) => ({
    lookups: index * 20,
    held: { ...still, ...change(index) },
  }));
  return judgeGrowth(samples).flatMap(({ holds, sentence }) => (holds ? [] : [sentence]));
}

test('what grows only while it warms up holds, and so does a request that happens to be under way', () => {
  expect(problems((index) => ({ [heap]: 10 + Math.min(index, 8), [resources]: 4 + (index % 3) }))).toEqual(
    [],
  );
});

test('a heap that grows with every lookup is found, and a listener more each time', () => {
  const growing = problems((index) => ({ [heap]: 10 + index, listeners: 40 + index }));
  const more = '25.0 more';
  const sentences = [
    `${more} ${heap} in 500 lookups (at most 2)`,
    `${more} listeners in 500 lookups (at most 0)`,
  ];
  expect(growing).toEqual(sentences);
});

test('too few samples prove nothing', () => {
  expect(problems(() => ({}), 2)).toHaveLength(1);
});
