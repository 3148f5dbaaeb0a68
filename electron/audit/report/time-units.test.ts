import { expect, test } from 'vitest';
import { spanOf, sumBy } from './time-units.ts';

const period = { first: '2026-10-01', last: '2026-12-02' };
const byDay = new Map([
  ['2026-10-01', 1],
  ['2026-10-04', 2],
  ['2026-10-05', 4],
  ['2026-12-02', 8],
]);

test.each([
  ['day', 63, { start: '2026-10-01', count: 1 }, { start: '2026-12-02', count: 8 }],
  ['week', 10, { start: '2026-09-28', count: 3 }, { start: '2026-11-30', count: 8 }],
  ['month', 3, { start: '2026-10-01', count: 7 }, { start: '2026-12-01', count: 8 }],
  ['year', 1, { start: '2026-01-01', count: 15 }, { start: '2026-01-01', count: 15 }],
] as const)('by %s', (unit, length, first, last) => {
  const rows = sumBy(unit, byDay, period);
  expect(rows).toHaveLength(length);
  expect([rows[0], rows.at(-1)]).toEqual([first, last]);
});

test('a clock that was wrong by ages ends nothing', () => {
  const ages = { first: '0001-01-01', last: '9999-12-31' };
  expect(spanOf('month', ages.first, ages.last)).toBeGreaterThan(62);
  expect(sumBy('year', new Map(), ages)).toHaveLength(9_999);
});
