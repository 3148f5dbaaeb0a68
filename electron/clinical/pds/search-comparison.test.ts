import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import { searchScopes } from '../../../shared/clinical/patient-search.ts';
import { firstChild, patient, withoutGaps } from '../testing/synthetic.ts';
import { readPatient } from './patient.ts';
import { compareWithSearch, type Demographics } from './search-comparison.ts';

const today = ukDate(new Date('2026-11-23T12:00:00Z'));

const searched: Demographics = {
  familyName: 'Example',
  givenNames: ['Robin'],
  born: { earliest: '2015-08-14', latest: '2015-08-14' },
  scope: 'current',
};

type Name = Readonly<Record<string, unknown>>;

function compare(record: Readonly<Record<string, unknown>>, search: Partial<Demographics> = {}) {
  const read = readPatient(withoutGaps(patient(firstChild, record)), [today]);
  if (read === undefined) throw new Error('not a patient');
  return compareWithSearch(read, { ...searched, ...search });
}

const called = (family: string, ...given: readonly string[]): Name => ({ family, given });
const named = (...names: readonly Name[]) => ({ name: names });
const differencesOf = (comparison: ReturnType<typeof compare>) =>
  comparison?.differences.map(({ detail, searched: typed, recorded }) => [
    detail,
    typed.short,
    recorded.short,
  ]);

describe('the same details', () => {
  test.each<[string, Name, Partial<Demographics>]>([
    ['in another case', called('EXAMPLE', 'ROBIN'), {}],
    ['the first given name of several', called('Example', 'Robin Ann', 'Sam'), {}],
    ['given names in another order', called('Example', 'Sam', 'Robin'), { givenNames: ['Robin', 'Sam'] }],
    ['an apostrophe', called('O’Test', 'Robin'), { familyName: "O'Test" }],
    ['a blank for an apostrophe', called("O'Test", 'Robin'), { familyName: 'O Test' }],
    ['a hyphen', called('Test-Example', 'Robin'), { familyName: 'Test Example' }],
    ['diacritics', called('Kociński', 'Zoë'), { familyName: 'KOCINSKI', givenNames: ['Zoe'] }],
    [
      'letters without a mark of their own',
      called('Łęcki', 'Bjørn'),
      { familyName: 'Lecki', givenNames: ['Bjorn'] },
    ],
    ['wildcards', called('Example-Long', 'Robin'), { familyName: 'Exa*', givenNames: ['Ro*n'] }],
    ['no given name', called('Example', 'Robin'), { givenNames: [] }],
  ])('%s', (_name, name, search) => {
    expect(compare(named(name), search)).toEqual({ foundBy: 'current', differences: [] });
  });

  test('a date of birth within a range', () => {
    expect(compare({}, { born: { earliest: '2015-01-01', latest: '2015-12-31' } })?.differences).toEqual([]);
  });
});

describe('H3: what differs is said', () => {
  test.each<[string, Name, Partial<Demographics>, readonly (readonly string[])[]]>([
    [
      'a longer family name',
      called('Example-Test', 'Robin'),
      {},
      [['family-name', 'EXAMPLE', 'EXAMPLE-TEST']],
    ],
    ['the other twin', called('Example', 'Sam'), {}, [['given-names', 'Robin', 'Sam']]],
    [
      'a middle name',
      called('Example', 'Robin'),
      { givenNames: ['Robin', 'Jo'] },
      [['given-names', 'Robin Jo', 'Robin']],
    ],
    ['a gap', { family: 'Example' }, {}, [['given-names', 'Robin', 'Not known']]],
  ])('%s', (_name, name, search, differences) => {
    expect(differencesOf(compare(named(name), search))).toEqual(differences);
  });

  test('a name beside the usual one explains the match', () => {
    const usual = { use: 'usual', family: 'Example', given: ['Robert'] };
    const nickname = { use: 'nickname', family: 'Example', given: ['Robin'] };
    expect(differencesOf(compare(named(usual, nickname)))).toEqual([
      ['given-names', 'Robin', 'Robert (nickname: Robin)'],
    ]);
    const old = { use: 'old', family: 'Former', given: ['Robin'] };
    expect(
      compare(named({ ...usual, given: ['Robin'] }, old), { familyName: 'Former', scope: 'previous' }),
    ).toEqual({
      foundBy: 'previous',
      differences: [
        {
          detail: 'family-name',
          searched: { short: 'FORMER', long: 'FORMER' },
          recorded: { short: 'EXAMPLE (previous name: FORMER)', long: 'EXAMPLE (previous name: FORMER)' },
        },
      ],
    });
  });

  test('H3: a name that has ended is called a previous one', () => {
    const ended = { use: 'usual', family: 'Former', given: ['Robin'], period: { end: '2020-01-01' } };
    const now = { use: 'usual', family: 'Example', given: ['Robin'] };
    const [difference] = compare(named(now, ended), { familyName: 'Former' })?.differences ?? [];
    expect(difference?.recorded.short).toBe('EXAMPLE (previous name: FORMER)');
  });

  test('H13: a wildcard does not bring a previous name to light', () => {
    const old = { use: 'old', ...called('Former', 'Robin') };
    const names = named({ use: 'usual', ...called('Example', 'Robin') }, old);
    expect(differencesOf(compare(names, { familyName: 'Fo*', scope: 'previous' }))).toEqual([
      ['family-name', 'FO*', 'EXAMPLE'],
    ]);
  });

  test.each([
    ['2015', 'current', '2015'],
    ['2015-08', 'previous', 'Aug-2015'],
    ['2015-08-15', 'similar', '15-Aug-2015'],
    [undefined, 'current', 'Not known'],
    ['soon', 'similar', 'Not known'],
  ] as const)('a date of birth %s in a search of %s', (birthDate, scope, recorded) => {
    expect(differencesOf(compare({ birthDate }, { scope }))).toEqual([
      ['date-of-birth', '14-Aug-2015', recorded],
    ]);
  });

  test('transposed names are two differences, found as similar', () => {
    const comparison = compare(named(called('Robin', 'Example')), { scope: 'similar' });
    expect(comparison?.foundBy).toBe('similar');
    expect(comparison?.differences.map(({ detail }) => detail)).toEqual(['family-name', 'given-names']);
  });

  test('a search of more still says who was found by the details of today', () => {
    for (const scope of searchScopes)
      expect(compare({}, { scope })).toEqual({ foundBy: 'current', differences: [] });
  });
});

describe('H3: who does not belong to the search is not shown', () => {
  const sameNames = named(called('Example', 'Robin'));
  const otherFamily = named(called('Other', 'Robin'));
  const otherNames = named(called('Other', 'Sam'));
  const nameless = { name: undefined };
  const otherDay = { birthDate: '2015-08-15' };
  const noDay = { birthDate: undefined };

  test.each<[string, Record<string, unknown>, readonly (typeof searchScopes)[number][]]>([
    ['everything as searched', sameNames, ['current', 'previous', 'similar']],
    ['another family name', otherFamily, ['current', 'previous', 'similar']],
    ['all other names', otherNames, ['previous', 'similar']],
    ['no name', nameless, ['current', 'previous', 'similar']],
    ['another day', { ...sameNames, ...otherDay }, ['similar']],
    ['another day and another family name', { ...otherFamily, ...otherDay }, []],
    ['another day and all other names', { ...otherNames, ...otherDay }, []],
    ['another day and no name', { ...nameless, ...otherDay }, []],
    ['no day', { ...sameNames, ...noDay }, ['current', 'previous', 'similar']],
    ['no day and another family name', { ...otherFamily, ...noDay }, ['current']],
    ['no day and all other names', { ...otherNames, ...noDay }, []],
    ['no day and no name', { ...nameless, ...noDay }, []],
  ])('%s: shown by %j', (_name, record, shownBy) => {
    expect(searchScopes.filter((scope) => compare(record, { scope }) !== undefined)).toEqual(shownBy);
  });

  const word = fc.constantFrom('example', 'robin', 'sam', 'other', 'ex*', 'Robin Sam', '', 'É');
  const day = fc.constantFrom('2015-08-14', '2015-08-15', '2015', '2014', 'soon', undefined);
  const record = fc.record({
    name: fc.array(
      fc.record({ use: fc.constantFrom('usual', 'old', 'nickname'), family: word, given: fc.array(word) }),
    ),
    birthDate: day,
  });
  const search = fc.record({
    familyName: word,
    givenNames: fc.array(word),
    scope: fc.constantFrom(...searchScopes),
  });

  test('whatever is recorded and searched: another date of birth is never silent, and never beside other names', () => {
    fc.assert(
      fc.property(record, search, (recorded, typed) => {
        const comparison = compare(recorded, typed);
        if (comparison === undefined || recorded.birthDate !== '2015-08-15') return;
        expect(typed.scope).toBe('similar');
        expect(comparison.differences.map(({ detail }) => detail)).toContain('date-of-birth');
      }),
    );
  });

  test('no text makes it throw', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (familyName, given, birthDate) => {
        const record = { ...named(called(given, familyName)), birthDate };
        for (const scope of searchScopes) compare(record, { familyName, givenNames: [given], scope });
      }),
    );
  });
});
