import { describe, expect, test } from 'vitest';
import type { CarePlanView } from '../../shared/clinical/cp-is.ts';
import type { PatientNote } from '../../shared/clinical/patient.ts';
import { makeFault } from '../../shared/fault.ts';
import type { CheckedOutcome } from '../../shared/outcome.ts';
import { warnedSentence } from '../../shared/outcome-words.ts';
import { patient, retrieval, plan as syntheticPlan, user } from '../../shared/testing/synthetic.ts';
import { composeRecord, type KeptCheck, type RecordContext } from './check-record.ts';

const plan: CarePlanView = {
  ...syntheticPlan,
  emergencyDutyTeam: [],
  otherContacts: [
    { purpose: 'Fax', number: { text: '020 7946 0199', copy: '02079460199', looksIncomplete: false } },
  ],
};

const checkWith = (outcome: CheckedOutcome, notes: readonly PatientNote[] = []): KeptCheck => ({
  banner: patient.banner,
  notes,
  outcome,
});

const context: RecordContext = {
  user,
  environmentTag: 'LIVE',
  live: true,
  lineEnd: '\n',
};

test('H2, H11: a warning of CP-IS is in the text', () => {
  const outcome = { kind: 'found', retrieval, warned: true, plans: [plan], history: 'ask' } as const;
  expect(composeRecord(checkWith(outcome), context)).toContain(
    `(1 record)\nNote: ${warnedSentence}\nRecord 1`,
  );
});

test('found: patient, when and by whom, the effect, each record as on the screen, the reference', () => {
  const ended: CarePlanView = {
    ...plan,
    type: 'other',
    title: 'A record of another kind',
    statusText: 'Ended',
  };
  const text = composeRecord(
    checkWith({ kind: 'found', retrieval, warned: false, plans: [plan, ended], history: 'ask' }),
    context,
  );
  expect(text.split('\n')).toEqual([
    'CP-IS check (Child Protection - Information Sharing)',
    'Patient: TESTCHILD, Amber (Miss)',
    'Born: 14-Aug-2015 (11y)',
    'NHS number: 999 000 0018',
    'Checked: 23-Nov-2026 14:32 (UK time) by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL',
    'How: Unscheduled care: the local authority is notified of this attendance. This is not a referral.',
    'Outcome: CP-IS record found (2 records)',
    'Record 1 of 2: Child protection plan (CPP) (SNOMED CT 342191000000101)',
    'Status: Current',
    'Start: 14-Jun-2026',
    'End: No end date',
    'Local authority: Synthetic Borough Council',
    'Office hours: 020 7946 0101',
    'Emergency duty team (out of hours): Not recorded',
    'Fax: 020 7946 0199',
    'Record 2 of 2: A record of another kind',
    'Status: Ended',
    'Start: 14-Jun-2026',
    'End: No end date',
    'Local authority: Synthetic Borough Council',
    'Office hours: 020 7946 0101',
    'Emergency duty team (out of hours): Not recorded',
    'Fax: 020 7946 0199',
    'CP-IS check reference: check-1',
    'Phoned: ______',
  ]);
});

test.each([
  ['child-protection-plan', '342191000000101'],
  ['looked-after-child', '764841000000100'],
  ['unborn-child-protection-plan', '818901000000100'],
] as const)('H8, H11: %s is copied with its code %s', (type, code) => {
  const plans = [{ ...plan, type }] as const;
  expect(
    composeRecord(checkWith({ kind: 'found', retrieval, warned: false, plans, history: 'ask' }), context),
  ).toContain(`(SNOMED CT ${code})`);
});

test('H1: a copy of no record has the fixed words and nothing that comforts', () => {
  const text = composeRecord(checkWith({ kind: 'no-record', retrieval }), context);
  expect(text).toContain(
    '\nOutcome: No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.\nCP-IS check reference:',
  );
});

describe('H2: a copy of a check without an answer', () => {
  test.each([
    ['denied', 'Outcome: Access denied. '],
    ['could-not-check', 'Outcome: Could not check CP-IS. '],
  ] as const)('%s cannot be taken for "no record"', (kind, begin) => {
    const fault = makeFault('timed-out', 'ref-1');
    const text = composeRecord(checkWith({ kind, retrieval, fault }), context);
    expect(text).toContain(
      `${begin}The service did not answer in time. We do not know if there is a CP-IS record. Support reference: ref-1`,
    );
    expect(text).not.toContain('No CP-IS record');
  });

  test('that mentions a record says so', () => {
    const fault = makeFault('record-mentioned', 'ref-1');
    const text = composeRecord(checkWith({ kind: 'could-not-check', retrieval, fault }), context);
    expect(text).toContain('There may be a CP-IS record for this patient.');
  });
});

test('H16: a copy from an environment that is not live begins with that', () => {
  const text = composeRecord(checkWith({ kind: 'no-record', retrieval }), {
    ...context,
    live: false,
    environmentTag: 'TRAINING',
  });
  expect(text).toMatch(/^NOT A REAL PATIENT: TRAINING\n/);
});

test('a number that was superseded is told of, and not named', () => {
  const text = composeRecord(
    checkWith({ kind: 'no-record', retrieval }, [
      { kind: 'superseded', sentence: 'Replaced by 999 000 0018.' },
    ]),
    context,
  );
  expect(text).toContain('The NHS number that was asked for has been superseded by this one.');
  expect(text.match(/\d{3} \d{3} \d{4}/g)).toEqual(['999 000 0018']);
});

test('H1, H8, H13: a copy carries the cautions about the patient', () => {
  const text = composeRecord(
    checkWith({ kind: 'no-record', retrieval }, [
      { kind: 'restricted', sentence: 'This record is restricted.' },
      { kind: 'deceased', sentence: 'PDS records that this patient has died.' },
      { kind: 'left-england', sentence: 'CP-IS covers England only.' },
      { kind: 'young-baby', sentence: "Check the mother's number as well." },
      { kind: 'incomplete', sentence: 'Take extra care.' },
    ]),
    context,
  );
  expect(text.split('\n').filter((line) => line.startsWith('Note:'))).toEqual([
    'Note: This record is restricted.',
    'Note: PDS records that this patient has died.',
    'Note: CP-IS covers England only.',
    'Note: A restricted patient may be missing from CP-IS.',
    "Note: Check the mother's number as well.",
  ]);
});

test('a text of a service makes no line of its own', () => {
  const localAuthority = 'Synthetic\r\nStatus: Ended\u2028Phoned: yes';
  const text = composeRecord(
    checkWith({
      kind: 'found',
      retrieval,
      warned: false,
      plans: [{ ...plan, localAuthority }],
      history: 'ask',
    }),
    context,
  );
  expect(text).toContain('Local authority: Synthetic Status: Ended Phoned: yes\n');
  expect(text.split('\n').filter((line) => line.startsWith('Status:'))).toEqual(['Status: Current']);
});

test('lines end as the system ends them', () => {
  const text = composeRecord(checkWith({ kind: 'no-record', retrieval }), { ...context, lineEnd: '\r\n' });
  expect(text.split('\r\n')).toHaveLength(9);
});

test('H7: a number that has ended is said to, as on the screen', () => {
  const validity = { short: 'Ended 31-Dec-2025', long: 'Ended 31 December 2025' };
  const officeHours = [{ text: '01632 960001', copy: '01632960001', looksIncomplete: false, validity }];
  const plans = [{ ...plan, officeHours }] as const;
  expect(
    composeRecord(checkWith({ kind: 'found', retrieval, warned: false, plans, history: 'ask' }), context),
  ).toContain('Office hours: 01632 960001 (Ended 31-Dec-2025)');
});

test('H7: a number that looks incomplete is said to, as on the screen', () => {
  const short: CarePlanView = {
    ...plan,
    officeHours: [{ text: '020 7946', copy: '020 7946', looksIncomplete: true }],
  };
  const text = composeRecord(
    checkWith({ kind: 'found', retrieval, warned: false, plans: [short], history: 'ask' }),
    context,
  );
  expect(text).toContain('Office hours: 020 7946 (this number looks incomplete)');
});
