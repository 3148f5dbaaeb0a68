import { expect, test } from 'vitest';
import { parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import { makeFault, matchesNotShown } from '../../../shared/fault.ts';
import { patient } from '../../../shared/testing/synthetic.ts';
import { drawn } from '../../testing/drawn.ts';
import { type SearchAnswer, SearchResult } from './search-result.tsx';

const born = { earliest: '2015-08-14', latest: '2015-08-14' };
const details = { familyName: 'Testchild', givenNames: ['Amber'], born };

function match(): PatientMatch {
  const parsed = parseNhsNumber(patient.banner.nhsNumber);
  if (parsed.kind === 'invalid') throw new Error('not a valid NHS number');
  const comparison = { foundBy: 'current', differences: [] } as const;
  return { nhsNumber: parsed.nhsNumber, banner: patient.banner, comparison };
}

function textOf(outcome: SearchAnswer['outcome'], scope: SearchAnswer['scope'] = 'current'): string {
  const answer = { id: 1, details, scope, outcome };
  return drawn(<SearchResult answer={answer} busy={false} onChoose={() => {}} onSearch={() => {}} />).text;
}

test('H3: where nobody who was found can be shown, it says so, and the next search is there', () => {
  const fault = makeFault('answer-not-understood', 'ref-1', matchesNotShown(1));
  const text = textOf({ kind: 'none-shown', fault });
  expect(text).toContain('Found, but cannot be shown');
  expect(text).toContain('found 1 patient, but we cannot show the record');
  expect(text).toContain('Search previous names');
  expect(text).not.toContain('No patient found');
});

test.each([
  ['current', 'Use the NHS number, or the next search below the list.'],
  ['similar', 'Use the NHS number.'],
] as const)('H3: beside a match that is not shown it says how to go on: %s', (scope, words) => {
  const matches = { kind: 'matches', matches: [match()], notShown: 1, clockInDoubt: false } as const;
  expect(textOf(matches, scope)).toContain(words);
});

test('H20: ages that hang on a clock in doubt are said to', () => {
  const listed = (clockInDoubt: boolean) =>
    textOf({ kind: 'matches', matches: [match()], notShown: 0, clockInDoubt });
  expect(listed(true)).toContain("This computer's clock may be wrong, and the ages may be wrong too");
  expect(listed(false)).not.toContain('clock');
});
