import { expect, test } from 'vitest';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { emptySearch, readTypedSearch, type TypedSearch } from './typed-search.ts';

const today = ukDate(new Date('2026-11-23T12:00:00Z'));
const typed: TypedSearch = {
  ...emptySearch,
  familyName: ' O’Test ',
  givenNames: 'Amber  Mock',
  born: { day: '1', month: '8', year: '2015' },
};
const errorsOf = (change: Partial<TypedSearch>) => {
  const reading = readTypedSearch({ ...typed, ...change }, today);
  return reading.kind === 'read'
    ? []
    : reading.errors.map(({ fieldId, message }) => `${fieldId}: ${message}`);
};

test('one date of birth, and the names as PDS writes them', () => {
  expect(readTypedSearch(typed, today)).toEqual({
    kind: 'read',
    details: {
      familyName: "O'Test",
      givenNames: ['Amber', 'Mock'],
      born: { earliest: '2015-08-01', latest: '2015-08-01' },
    },
  });
});

test('a range of dates', () => {
  const latest = { day: '31', month: '8', year: '2015' };
  expect(readTypedSearch({ ...typed, isRange: true, latest }, today)).toMatchObject({
    details: { born: { earliest: '2015-08-01', latest: '2015-08-31' } },
  });
  // What stands in a field that is not shown does not count.
  expect(readTypedSearch({ ...typed, latest }, today)).toMatchObject({
    details: { born: { latest: '2015-08-01' } },
  });
});

test('everything that is wrong is named at once', () => {
  expect(errorsOf({ familyName: '', givenNames: '*', born: emptySearch.born })).toEqual([
    'family-name: Enter a family name',
    'given-name: Each given name must have at least 2 characters before *',
    'born-day: Enter a date of birth',
  ]);
  expect(errorsOf({ isRange: true, born: { day: '', month: '', year: '' } })).toEqual([
    'born-day: Enter the earliest date of birth',
    'latest-day: Enter the latest date of birth',
  ]);
  expect(errorsOf({ isRange: true, latest: { day: '31', month: '7', year: '2015' } })).toEqual([
    'latest-day: Latest date of birth must not be before the earliest',
  ]);
  expect(errorsOf({ givenNames: 'a b c d e f g h i j k' })).toEqual([
    'given-name: Enter at most 10 given names',
  ]);
});
