import { describe, expect, test } from 'vitest';
import type { CarePlanView } from '../../shared/clinical/cp-is.ts';
import type { Death, PatientNote } from '../../shared/clinical/patient.ts';
import { makeFault } from '../../shared/fault.ts';
import type { CheckedOutcome } from '../../shared/outcome.ts';
import { warnedSentence } from '../../shared/outcome-words.ts';
import { patient, retrieval, plan as syntheticPlan, user } from '../../shared/testing/synthetic.ts';
import { composeRecord, type RecordContext } from './check-record.ts';

const plan: CarePlanView = {
  ...syntheticPlan,
  emergencyDutyTeam: [],
  otherContacts: [
    { purpose: 'Fax', number: { text: '020 7946 0199', copy: '02079460199', looksIncomplete: false } },
  ],
};

const context: RecordContext = { user, environmentTag: 'LIVE', live: true, lineEnd: '\n' };

/** The text of a check of this patient. */
function copyOf(
  outcome: CheckedOutcome,
  notes: readonly PatientNote[] = [],
  further: Partial<RecordContext> = {},
) {
  return composeRecord({ banner: patient.banner, notes, outcome }, { ...context, ...further });
}

const found = (...plans: readonly [CarePlanView, ...CarePlanView[]]) =>
  ({ kind: 'found', retrieval, warned: false, plans, history: 'ask' }) as const;
const noRecord = { kind: 'no-record', retrieval } as const;

test('H2, H11: a warning of CP-IS is in the text', () => {
  expect(copyOf({ ...found(plan), warned: true })).toContain(`(1 record)\nNote: ${warnedSentence}\nRecord 1`);
});

test('found: patient, when and by whom, the effect, each record as on the screen, the reference', () => {
  const ended: CarePlanView = {
    ...plan,
    type: 'other',
    title: 'A record of another kind',
    statusText: 'Ended',
  };
  expect(copyOf(found(plan, ended)).split('\n')).toEqual([
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
  expect(copyOf(found({ ...plan, type }))).toContain(`(SNOMED CT ${code})`);
});

test('H20: a copy says where the time of the check may be wrong', () => {
  const doubted = {
    ...retrieval,
    clockInDoubt: true,
    sentence: "Retrieved 14:32 (this computer's clock may be wrong). Scheduled care: nobody is notified.",
  };
  const lines = copyOf({ kind: 'no-record', retrieval: doubted }).split('\n');
  const at = lines.findIndex((line) => line.startsWith('Checked: 23-Nov-2026 14:32'));
  expect(lines.slice(at + 1, at + 3)).toEqual([
    "Note: The time of this check may be wrong, since this computer's clock may be wrong.",
    'How: Scheduled care: nobody is notified.',
  ]);
});

test('H1: a copy of no record has the fixed words and nothing that comforts', () => {
  expect(copyOf(noRecord)).toContain(
    '\nOutcome: No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.\nCP-IS check reference:',
  );
});

describe('H2: a copy of a check without an answer', () => {
  test.each([
    ['denied', 'Outcome: Access denied. '],
    ['could-not-check', 'Outcome: Could not check CP-IS. '],
  ] as const)('%s cannot be taken for "no record"', (kind, begin) => {
    const fault = makeFault('timed-out', 'ref-1');
    const text = copyOf({ kind, retrieval, fault });
    expect(text).toContain(
      `${begin}The service did not answer in time. We do not know if there is a CP-IS record. Support reference: ref-1`,
    );
    expect(text).not.toContain('No CP-IS record');
  });

  test('that mentions a record says so', () => {
    const fault = makeFault('record-mentioned', 'ref-1');
    expect(copyOf({ kind: 'could-not-check', retrieval, fault })).toContain(
      'There may be a CP-IS record for this patient.',
    );
  });
});

test('H16: a copy from an environment that is not live begins with that', () => {
  const training = { live: false, environmentTag: 'TRAINING' };
  expect(copyOf(noRecord, [], training)).toMatch(/^NOT A REAL PATIENT: TRAINING\n/);
});

test('a number that was superseded is told of, and not named', () => {
  const text = copyOf(noRecord, [{ kind: 'superseded', sentence: 'Replaced by 999 000 0018.' }]);
  expect(text).toContain('The NHS number that was asked for has been superseded by this one.');
  expect(text.match(/\d{3} \d{3} \d{4}/g)).toEqual(['999 000 0018']);
});

test('H1, H8, H13: a copy carries the cautions about the patient', () => {
  const text = copyOf(noRecord, [
    { kind: 'restricted', sentence: 'This record is restricted.' },
    { kind: 'deceased', sentence: 'PDS records that this patient has died.' },
    { kind: 'left-england', sentence: 'CP-IS covers England only.' },
    { kind: 'young-baby', sentence: "Check the mother's number as well." },
    { kind: 'adult', sentence: "An unborn child's plan would be shown here." },
  ]);
  expect(text.split('\n').filter((line) => line.startsWith('Note:'))).toEqual([
    'Note: This record is restricted.',
    'Note: PDS records that this patient has died.',
    'Note: CP-IS covers England only.',
    'Note: A restricted patient may be missing from CP-IS.',
    "Note: Check the mother's number as well.",
  ]);
});

test.each([
  'restriction-unclear',
  'death-unclear',
  'name-unclear',
  'incomplete',
  'registration-unclear',
  'clock-doubted',
  'other-organisation',
] as const)(
  'H3: a copy says of the patient what the screen and the paper say with the answer: %s',
  (kind) => {
    for (const outcome of [noRecord, found(plan)]) {
      expect(copyOf(outcome, [{ kind, sentence: 'What is not certain.' }])).toContain(
        '\nNote: What is not certain.\n',
      );
    }
  },
);

test('H3: a copy says that a patient has died only where that is certain', () => {
  const linesWith = (death: Death) => {
    const banner = { ...patient.banner, death };
    return composeRecord({ banner, notes: [], outcome: noRecord }, context).split('\n');
  };
  const date = { short: '14-Aug-2025 (10y)', long: '14 August 2025, 10 years old' };
  expect(linesWith({ kind: 'died', date })).toContain('Died: 14-Aug-2025 (10y)');
  expect(linesWith({ kind: 'unclear' })).toContain('Death: May have died');
  expect(linesWith({ kind: 'unclear' }).join()).not.toContain('Died');
});

test('a text of a service makes no line of its own', () => {
  const localAuthority = 'Synthetic\r\nStatus: Ended\u2028Phoned: yes';
  const text = copyOf(found({ ...plan, localAuthority }));
  expect(text).toContain('Local authority: Synthetic Status: Ended Phoned: yes\n');
  expect(text.split('\n').filter((line) => line.startsWith('Status:'))).toEqual(['Status: Current']);
});

test('lines end as the system ends them', () => {
  expect(copyOf(noRecord, [], { lineEnd: '\r\n' }).split('\r\n')).toHaveLength(9);
});

test.each([
  [
    'has ended',
    { text: '01632 960001', validity: { short: 'Ended 31-Dec-2025', long: 'Ended 31 December 2025' } },
    'Office hours: 01632 960001 (Ended 31-Dec-2025)',
  ],
  [
    'looks incomplete',
    { text: '020 7946', looksIncomplete: true },
    'Office hours: 020 7946 (this number looks incomplete)',
  ],
])('H7: a number that %s is said to, as on the screen', (_what, number, line) => {
  const officeHours = [{ copy: number.text, looksIncomplete: false, ...number }];
  expect(copyOf(found({ ...plan, officeHours }))).toContain(line);
});
