import { expect, test } from 'vitest';
import { judgeGrowth } from './memory.ts';

const heap = 'MB in the heap of the main process';
const resources = 'resources of the main process';
const sizes = { 'MB of all processes': 300, 'MB in the heap of the page': 5, [heap]: 10 };
const still = { ...sizes, [resources]: 4, listeners: 40, 'web contents': 1 };

function problems(change: (index: number) => Readonly<Record<string, number>>, length = 30) {
  const sample = (_: unknown, index: number) => ({ lookups: index * 20, ...still, ...change(index) });
  return judgeGrowth(Array.from({ length }, sample)).flatMap(([holds, sentence]) => (holds ? [] : sentence));
}

test('what grows only while it warms up holds, and so does a request that happens to be under way', () => {
  const warming = (at: number) => ({ [heap]: 10 + Math.min(at, 8), [resources]: 4 + (at % 3) });
  expect(problems(warming)).toEqual([]);
});

test('a heap that grows with every lookup is found, and a listener more each time', () => {
  const inAll = 'in 500 lookups (at most';
  expect(problems((at) => ({ [heap]: 10 + at, listeners: 40 + at }))).toEqual([
    `25.0 more ${heap} ${inAll} 2)`,
    `25.0 more listeners ${inAll} 0)`,
  ]);
});

test('too few samples prove nothing', () => {
  expect(problems(() => ({}), 2)).toHaveLength(1);
});
