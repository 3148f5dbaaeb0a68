import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareWithDay,
  formatAge,
  formatDate,
  formatUkDateTime,
  parseFhirDate,
  parseFhirInstant,
  ukDate,
} from './clinical-date.ts';

const day = (year: number, month: number, dayOfMonth: number) =>
  ({ precision: 'day', year, month, day: dayOfMonth }) as const;

describe('FHIR dates', () => {
  test.each([
    ['2015-08-14', '14-Aug-2015', '14 August 2015'],
    ['2015-08', 'Aug-2015', 'August 2015'],
    ['2015', '2015', '2015'],
    ['2015-08-13T23:30:00Z', '14-Aug-2015', '14 August 2015'],
  ])('%s shows as %s', (text, short, long) => {
    const date = parseFhirDate(text);
    expect(date && formatDate(date)).toEqual({ short, long });
  });

  test.each([
    '',
    '2015-13-01',
    '2015-02-30',
    '0000',
    '15-08-2015',
    '2015-8-1',
    '2015-08-14T10:00:00',
    'today',
  ])('%j is not a date', (text) => {
    expect(parseFhirDate(text)).toBeUndefined();
  });

  test('reading never throws', () => {
    fc.assert(fc.property(fc.string(), (text) => void [parseFhirDate(text), parseFhirInstant(text)]));
  });
});

test('times are UK local time, in summer and in winter, whatever the offset they came with', () => {
  const shown = (text: string) => formatUkDateTime(parseFhirInstant(text) ?? new Date(0)).short;
  expect(shown('2026-07-01T23:30:00+00:00')).toBe('02-Jul-2026 00:30');
  expect(shown('2026-01-01T23:30:00Z')).toBe('01-Jan-2026 23:30');
  expect(shown('2026-01-01T23:30:00+05:00')).toBe('01-Jan-2026 18:30');
});

test('H12: the two halves past one of the night in which the clocks go back are told apart', () => {
  const shown = (text: string) => formatUkDateTime(new Date(text)).short;
  expect(shown('2026-10-25T00:30:00Z')).toBe('25-Oct-2026 01:30 BST');
  expect(shown('2026-10-25T01:30:00Z')).toBe('25-Oct-2026 01:30 GMT');
  expect(shown('2026-10-24T23:59:00Z')).toBe('25-Oct-2026 00:59');
  expect(shown('2026-10-25T02:00:00Z')).toBe('25-Oct-2026 02:00');
  expect(shown('2026-03-29T01:00:00Z')).toBe('29-Mar-2026 02:00');
});

test('H6: a partial date that spans the day is neither before nor after it', () => {
  const today = day(2026, 11, 23);
  expect(compareWithDay({ precision: 'year', year: 2026 }, today)).toBe('within');
  expect(compareWithDay({ precision: 'month', year: 2026, month: 10 }, today)).toBe('before');
  expect(compareWithDay(day(2026, 11, 23), today)).toBe('within');
  expect(compareWithDay(day(2026, 11, 24), today)).toBe('after');
});

test('the UK date of an instant late in a summer evening is the next day', () => {
  expect(ukDate(new Date('2026-06-30T23:00:00Z'))).toEqual(day(2026, 7, 1));
});

test.each([
  [day(2015, 8, 14), '11y'],
  [day(2024, 11, 24), '23m'],
  [day(2024, 11, 23), '2y'],
  [day(2026, 10, 26), '4w'],
  [day(2026, 10, 27), '27d'],
  [day(2026, 11, 20), '3d'],
  [day(2026, 11, 23), '0d'],
])('born %o is %s old on 23-Nov-2026', (born, short) => {
  expect(formatAge(born, day(2026, 11, 23))?.short).toBe(short);
});

test('no patient is born tomorrow', () => {
  expect(formatAge(day(2026, 11, 24), day(2026, 11, 23))).toBeUndefined();
});
