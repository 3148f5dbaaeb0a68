import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { statusOnDay } from './period-status.ts';

const today = { precision: 'day', year: 2026, month: 11, day: 23 } as const;

test.each([
  ['2026-01-01', undefined, 'current'],
  ['2026-11-23', undefined, 'current'],
  ['2026-11-24', undefined, 'future'],
  ['2026-01-01', '2026-11-22', 'ended'],
  ['2026-01-01', '2026-11-23', 'current'],
  ['2026-01-01', '2027-01-01', 'current'],
  ['2026-12-01', '2027-01-01', 'future'],
  [undefined, '2026-11-22', 'ended'],
  [undefined, '2027-01-01', 'unknown'],
  [undefined, undefined, 'unknown'],
  // Partial dates that leave the status open.
  ['2025', undefined, 'current'],
  ['2026', undefined, 'unknown'],
  ['2026-11', undefined, 'unknown'],
  ['2027', undefined, 'future'],
  ['2025', '2026', 'unknown'],
  ['2025', '2026-10', 'ended'],
  ['2025', '2027', 'current'],
  ['2026-01-01', '2025', 'unknown'],
  // Out of order, or not dates.
  ['2026-01-01', '2025-01-01', 'unknown'],
  ['2026-06', '2026-05-31', 'unknown'],
  ['2026', '2026-03-01', 'ended'],
  ['soon', undefined, 'unknown'],
  ['2026-01-01', '22/11/2026', 'unknown'],
  ['soon', '2026-11-22', 'ended'],
])('H6: from %s to %s is %s on 23-Nov-2026', (start, end, status) => {
  expect(statusOnDay({ start, end }, today)).toBe(status);
});

test('H6: a plan that ended late on a summer evening by UTC ended on the next day by UK time', () => {
  const period = { start: '2026-01-01', end: '2026-06-30T23:30:00Z' };
  expect(statusOnDay(period, ukDate(new Date('2026-06-30T23:45:00Z')))).toBe('current');
  expect(statusOnDay(period, ukDate(new Date('2026-07-01T12:00:00Z')))).toBe('current');
  expect(statusOnDay(period, ukDate(new Date('2026-07-01T23:00:00Z')))).toBe('ended');
});

test('H6: only an end that is surely past makes a plan "ended"', () => {
  const year = fc.integer({ min: 2024, max: 2029 }).map(String);
  const month = fc.integer({ min: 1, max: 12 }).map((value) => String(value).padStart(2, '0'));
  const dayOfMonth = fc.integer({ min: 1, max: 28 }).map((value) => String(value).padStart(2, '0'));
  const date = fc.oneof(
    year,
    fc.tuple(year, month).map((parts) => parts.join('-')),
    fc.tuple(year, month, dayOfMonth).map((parts) => parts.join('-')),
    fc.string(),
    fc.constant(undefined),
  );
  fc.assert(
    fc.property(date, date, (start, end) => {
      const status = statusOnDay({ start, end }, today);
      if (status === 'ended') expect((end ?? '9').localeCompare('2026-11-23')).toBeLessThan(0);
    }),
  );
});
