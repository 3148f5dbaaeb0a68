import { expect, test } from 'vitest';
import { elapsedMs } from './elapsed.ts';

const minutes = (count: number) => count * 60_000;

test.each([
  ['ten minutes pass', 10, 10, 10],
  ['the clock is set back by five of them', 5, 10, 10],
  ['the clock is set back by an hour', -50, 10, 50],
  ['the clock is set forward by an hour', 70, 10, 70],
  ['the computer sleeps for eight of them, and the monotonic clock stands still', 10, 2, 10],
])('H12: where %s, no time is lost', (_what, wall, monotonic, elapsed) => {
  const since = { wallMs: 1_000_000_000, monotonicMs: 5_000 };
  const until = { wallMs: since.wallMs + minutes(wall), monotonicMs: since.monotonicMs + minutes(monotonic) };
  expect(elapsedMs(since, until)).toBe(minutes(elapsed));
});
