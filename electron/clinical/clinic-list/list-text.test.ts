import { expect, test } from 'vitest';
import type { ClinicListView } from '../../../shared/clinic-list.ts';
import { formatUkDateTime } from '../../../shared/clinical/clinical-date.ts';
import { makeFault } from '../../../shared/fault.ts';
import { patient, user } from '../../../shared/testing/synthetic.ts';
import { composeList } from './list-text.ts';

const { born } = patient.banner;
const rest = { notes: [], at: undefined, opens: false } as const;
const list: ClinicListView = {
  progress: { kind: 'finished' },
  rows: [
    {
      ...rest,
      line: 1,
      patient: { name: 'TESTCHILD, Amber\nOutcome: none', born, nhsNumber: '999 000 0018' },
      notes: ['adult', 'restricted'],
      outcome: { kind: 'no-record' },
      at: formatUkDateTime(new Date('2026-11-22T14:32:00Z')),
    },
    {
      ...rest,
      line: 2,
      patient: { name: undefined, born, nhsNumber: '999 000 0026' },
      outcome: { kind: 'could-not-check', fault: makeFault('busy', 'ref-1') },
    },
    { ...rest, line: 4, patient: { text: '999' }, outcome: { kind: 'by-hand', why: 'Too short' } },
  ],
};

const context = { user, environmentTag: 'TEST', live: false, lineEnd: '\n' };

test('H1, H2, H16, H22: a copy of a list counts what could not be checked, and has the fixed words', () => {
  expect(composeList(list, new Date('2026-11-27T14:40:00Z'), context).split('\n')).toEqual([
    'NOT REAL PATIENTS: TEST',
    'CP-IS clinic list (Child Protection - Information Sharing)',
    'Copied: 27-Nov-2026 14:40 (UK time) by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL',
    'How: Scheduled care: nobody is notified.',
    '2 checked: 0 records found, 1 no record, 1 could not be checked. 1 to check by hand.',
    '"No CP-IS record found" does not mean that there are no safeguarding concerns.',
    'Line 1: TESTCHILD, Amber Outcome: none, born 14-Aug-2015 (11y), NHS number 999 000 0018: No CP-IS record found (22-Nov-2026 14:32) | Restricted record. | A restricted patient may be missing from CP-IS.',
    'Line 2: born 14-Aug-2015 (11y), NHS number 999 000 0026: Could not check. The service is too busy to answer.',
    'Line 4: 999: Check by hand. Too short',
  ]);
});

test('H2, H11: a copy of a list says where there may be other records than the one found', () => {
  const found = (warned: boolean): ClinicListView => ({
    ...list,
    rows: [
      {
        ...rest,
        line: 1,
        patient: { text: 'A' },
        outcome: { kind: 'found', warned },
        at: formatUkDateTime(new Date('2026-11-23T14:33:00Z')),
      },
    ],
  });
  const copy = (warned: boolean) => composeList(found(warned), new Date('2026-11-27T14:40:00Z'), context);
  expect(copy(true)).toContain(
    'Line 1: A: CP-IS record found (23-Nov-2026 14:33). The answer may not be complete. There may be other records.',
  );
  expect(copy(false)).toMatch(/Line 1: A: CP-IS record found \(23-Nov-2026 14:33\)$/);
});

test('H3: a copy of a list has every note on a patient that the answer has', () => {
  const notes = [
    'superseded',
    'restricted',
    'restriction-unclear',
    'deceased',
    'death-unclear',
    'name-unclear',
    'incomplete',
    'left-england',
    'registration-unclear',
    'clock-doubted',
    'young-baby',
  ] as const;
  const row = {
    ...rest,
    line: 1,
    patient: { text: 'A' },
    outcome: { kind: 'found', warned: false },
  } as const;
  const copy = (of: typeof notes | []) =>
    composeList({ ...list, rows: [{ ...row, notes: of }] }, new Date('2026-11-27T14:40:00Z'), context);
  const said = copy(notes).slice(copy([]).length).split(' | ').slice(1);
  expect(new Set(said).size).toBe(notes.length);
});
