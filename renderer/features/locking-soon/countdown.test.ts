import { expect, test } from 'vitest';
import { describeCountdown } from './countdown.ts';

test.each([
  [120_000, '2:00'],
  [119_400, '2:00'],
  [61_000, '1:01'],
  [9_001, '0:10'],
  [0, '0:00'],
  [-500, '0:00'],
])('%d milliseconds are shown as %s', (leftMs, text) => {
  expect(describeCountdown(leftMs).text).toBe(text);
});

test('H14: the time until the lock is announced at 2:00, 1:00, 0:30 and 0:10, and not between', () => {
  const said = Array.from({ length: 121 }, (_, second) => describeCountdown((120 - second) * 1_000));
  const changes = said
    .map(({ text, announcement }) => [text, announcement] as const)
    .filter(([, announcement], index) => announcement !== said[index - 1]?.announcement);
  expect(changes).toEqual([
    ['2:00', 'CP-IS Viewer locks in 2 minutes'],
    ['1:00', 'CP-IS Viewer locks in 1 minute'],
    ['0:30', 'CP-IS Viewer locks in 30 seconds'],
    ['0:10', 'CP-IS Viewer locks in 10 seconds'],
  ]);
});
