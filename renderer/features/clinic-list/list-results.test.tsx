import { expect, test } from 'vitest';
import type { ClinicListOutcome, ClinicListRow } from '../../../shared/clinic-list.ts';
import { makeFault } from '../../../shared/fault.ts';
import { patient } from '../../../shared/testing/synthetic.ts';
import { drawn } from '../../testing/drawn.ts';
import { ListResults } from './list-results.tsx';

const { name, born, nhsNumber } = patient.banner;

function draw(...outcomes: readonly ClinicListOutcome[]): string {
  const rows = outcomes.map(
    (outcome, index): ClinicListRow => ({
      line: index + 1,
      patient: { name, born, nhsNumber },
      notes: [],
      outcome,
      at: { short: '23-Nov-2026 14:32', long: '23 November 2026 at 14:32' },
      opens: false,
    }),
  );
  const list = { progress: { kind: 'finished' }, rows } as const;
  return drawn(<ListResults list={list} onOpenRow={() => undefined} />).text;
}

test('H1, H22: a table that says "no record" has the words that it does not mean that there is no concern', () => {
  expect(draw({ kind: 'no-record' })).toContain(
    '"No CP-IS record found" does not mean that there are no safeguarding concerns.',
  );
});

test('H12: a row has the date and the time of its answer', () => {
  expect(draw({ kind: 'no-record' })).toContain('23-Nov-2026 14:32');
});

test('H2, H22: what could not be checked is counted, says why and whom to phone, and is not "no record"', () => {
  const text = draw(
    { kind: 'could-not-check', fault: makeFault('record-mentioned', 'ref-1') },
    { kind: 'denied', fault: makeFault('denied', 'ref-2') },
  );
  expect(text).toContain('2 checked: 0 records found, 0 no record, 2 could not be checked.');
  expect(text).toContain("Could not check The service's answer mentions a CP-IS record");
  expect(text).toContain('Support reference ref-1');
  expect(text).toContain('Access denied The service refused access.');
  expect(text).toContain("phone the local authority's children's services");
});

test('H2, H11: a record found with a warning of CP-IS says that there may be others', () => {
  expect(draw({ kind: 'found', warned: true })).toContain(
    'CP-IS record found The answer may not be complete. There may be other records.',
  );
  expect(draw({ kind: 'found', warned: false })).not.toContain('other records');
});

test('what is left is counted, and so is what must be checked by hand', () => {
  expect(
    draw({ kind: 'found', warned: false }, { kind: 'by-hand', why: 'Why' }, { kind: 'not-checked' }),
  ).toContain(
    '1 checked: 1 record found, 0 no record, 0 could not be checked. 1 to check by hand. 1 not checked.',
  );
});
