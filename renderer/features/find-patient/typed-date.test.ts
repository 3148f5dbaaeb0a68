import { expect, test } from 'vitest';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { readDateOfBirth } from './typed-date.ts';

const today = ukDate(new Date('2026-11-23T12:00:00Z'));
const read = (day: string, month: string, year: string) => readDateOfBirth({ day, month, year }, today);

test.each([
  ['14', '8', '2015', '2015-08-14'],
  ['1', '01', '1999', '1999-01-01'],
  [' 29 ', '2', '2024', '2024-02-29'],
  ['23', '11', '2026', '2026-11-23'],
])('%s %s %s is read', (day, month, year, iso) => {
  expect(read(day, month, year)).toEqual({ kind: 'valid', iso });
});

test.each([
  ['', '', '', 'day', 'Enter a date of birth'],
  ['14', '', '2015', 'month', 'Date of birth must include a month'],
  ['14', 'x', '2015', 'month', 'The month must be a number'],
  ['14', '8', '15', 'year', 'The year must have 4 digits'],
  ['14', '13', '2015', 'month', 'The month must be between 1 and 12'],
  ['31', '4', '2015', 'day', 'Date of birth must be a real date'],
  ['29', '2', '2023', 'day', 'Date of birth must be a real date'],
  ['24', '11', '2026', 'year', 'Date of birth must be today or in the past'],
])('%s %s %s: the %s is wrong', (day, month, year, part, message) => {
  expect(read(day, month, year)).toEqual({ kind: 'invalid', part, message });
});

test('each of two dates is called by its own name', () => {
  const latest = (day: string) =>
    readDateOfBirth({ day, month: day, year: '' }, today, 'latest date of birth');
  expect(latest('')).toMatchObject({ message: 'Enter the latest date of birth' });
  expect(latest('1')).toMatchObject({ message: 'Latest date of birth must include a year' });
});

test.each([
  ['2026-06-30T23:30:00Z', 'valid'],
  ['2026-06-30T22:30:00Z', 'invalid'],
])('H3: a child born on 1 July 2026 is of today from midnight in the United Kingdom on: %s', (now, kind) => {
  const typed = { day: '1', month: '7', year: '2026' };
  expect(readDateOfBirth(typed, ukDate(new Date(now))).kind).toBe(kind);
});
