/** The screen of each answer, word for word where another wording would mislead. */
import { describe, expect, test } from 'vitest';
import type { CarePlanView } from '../../../shared/clinical/cp-is.ts';
import type { PatientNote } from '../../../shared/clinical/patient.ts';
import { makeFault } from '../../../shared/fault.ts';
import { checkedWithoutRecord, plan, retrieval } from '../../../shared/testing/synthetic.ts';
import type { Answer, ShownOutcome } from '../../state/lookup.ts';
import { answerOf, drawResult, fault, foundWith } from '../../testing/draw-result.tsx';
import { drawn } from '../../testing/drawn.ts';

const everyOutcome: readonly (readonly [string, ShownOutcome])[] = [
  ['found', foundWith([plan])],
  ['no record', { kind: 'no-record', retrieval: checkedWithoutRecord }],
  ['denied', { kind: 'denied', retrieval, fault }],
  ['could not check', { kind: 'could-not-check', retrieval, fault }],
  ['not asked', { kind: 'not-asked', fault }],
  ['lost', { kind: 'lost', fault }],
];

test('H1: no record says the fixed words, and beside them only what to do', () => {
  const { text } = drawResult(answerOf({ kind: 'no-record', retrieval: checkedWithoutRecord }));
  const [shown, printed] = text.split('Retrieved 23-Nov-2026 14:32. Printed by');
  expect(shown?.trim()).toBe(
    [
      'No CP-IS record found',
      'Next patient',
      checkedWithoutRecord.sentence,
      'No CP-IS record was found for this NHS number.',
      'This does not mean that there are no safeguarding concerns.',
      'What to do now',
      "If you are worried about this child, phone the local authority's children's services now.",
      "Find children's services (opens your browser)",
      'Follow your safeguarding procedure.',
      'CP-IS does not show brothers and sisters, or a plan made today.',
    ].join(' '),
  );
  expect(printed).toMatch(/^ Nora Synthetic/);
});

const notes: readonly PatientNote[] = [
  { kind: 'young-baby', sentence: "Check the mother's number as well." },
  { kind: 'adult', sentence: "An unborn child's plan would be shown here." },
  { kind: 'left-england', sentence: 'CP-IS covers England only.' },
];

test("H1, H8: no record of a young baby says that the mother's number may have a plan; of England it is said too", () => {
  const { html, text } = drawResult(answerOf({ kind: 'no-record', retrieval: checkedWithoutRecord }), notes);
  const [, toDo] = text.split('What to do now');
  expect(toDo).toContain("Check the mother's number as well.");
  expect(html.match(/class="callout"/g)).toHaveLength(1);
  expect(text).toContain('CP-IS covers England only.');
});

test('H1: no record of a restricted patient says that the patient may be missing', () => {
  const outcome = { kind: 'no-record', retrieval: checkedWithoutRecord } as const;
  const { text } = drawResult(answerOf(outcome), [{ kind: 'restricted', sentence: 'Restricted.' }]);
  expect(text).toContain('A restricted patient may be missing from CP-IS.');
});

test('on any other answer, what is of use before a check alone is gone', () => {
  for (const [kind, outcome] of everyOutcome.filter(([kind]) => kind !== 'no record')) {
    const { text } = drawResult(answerOf(outcome), notes);
    expect(text, kind).not.toContain("mother's number");
    expect(text, kind).not.toContain('would be shown here');
  }
});

describe('H2: what is not an answer cannot be taken for "no record"', () => {
  test.each(everyOutcome.slice(2))('%s', (kind, outcome) => {
    const { html, text } = drawResult(answerOf(outcome));
    const heading = kind === 'denied' ? 'Access denied' : 'Could not check CP-IS';
    expect(drawn(<div>{/<h1[^>]*>(.*?)<\/h1>/.exec(html)?.[1]}</div>).text).toBe(heading);
    expect(text).toContain('We do not know if there is a CP-IS record.');
    expect(text).toContain(
      "phone the local authority's children's services. At night, weekends and bank holidays, ask for the emergency duty team.",
    );
    expect(text).not.toContain('No CP-IS record');
  });
});

test('H2: an answer that mentions a record and cannot be read says so, and that it is to be said on the phone', () => {
  const mentioned = makeFault('record-mentioned', 'ref-1');
  const { text } = drawResult(answerOf({ kind: 'could-not-check', retrieval, fault: mentioned }));
  expect(text).toContain('Could not check CP-IS');
  expect(text).toContain("The service's answer mentions a CP-IS record, but it cannot be read safely.");
  expect(text).toContain('There may be a CP-IS record for this patient. We do not know what it says.');
  expect(text).not.toContain('We do not know if there is a CP-IS record.');
  expect(text).toContain("phone the local authority's children's services");
  expect(text).toContain('Say on the phone that CP-IS mentions a record.');
});

describe('what to do now', () => {
  const siteHelp = {
    contacts: [
      { name: 'Safeguarding team', phone: '020 7946 0555', hours: '08:00 to 18:00' },
      { name: 'Site manager', phone: 'bleep 1234', hours: undefined },
    ],
    procedure: 'Safeguarding procedure',
  };
  const draw = (outcome: ShownOutcome) => drawResult(answerOf(outcome), [], { siteHelp }).text;

  test.each(everyOutcome)('H21: names the contacts and the procedure of the site: %s', (_kind, outcome) => {
    const text = draw(outcome);
    expect(text).toContain('What to do now');
    expect(text).toContain('Safeguarding team 020 7946 0555 (08:00 to 18:00)');
    expect(text).toContain('Site manager bleep 1234');
    expect(text).toContain('Safeguarding procedure (opens your browser)');
  });

  test.each(everyOutcome.slice(2))('H21: names another way to check: %s', (_kind, outcome) => {
    const text = draw(outcome);
    expect(text).toContain('You can also check in the National Care Records Service (NCRS).');
    expect(text.indexOf('Safeguarding team')).toBeLessThan(text.indexOf('If you need to know now'));
  });

  test('H7: where a record lacks a number that can be used, there is another way to it', () => {
    const toDo = (numbers: Partial<CarePlanView>) => draw(foundWith([plan, { ...plan, ...numbers }]));
    const number = { text: '01632 960009', copy: '01632960009', looksIncomplete: false };
    const ended = { ...number, validity: { short: 'Ended 31-Dec-2025', long: 'Ended 31 December 2025' } };
    expect(toDo({})).toContain('Its numbers are with the record.');
    expect(toDo({ officeHours: [ended, number] })).toContain('Its numbers are with the record.');
    for (const emergencyDutyTeam of [
      [],
      [ended],
      [{ ...number, looksIncomplete: true }],
      [{ ...number, copy: undefined }],
    ]) {
      const text = toDo({ emergencyDutyTeam });
      expect(text).not.toContain('Its numbers are with the record.');
      expect(text).toContain(
        "Not every number that you may need is with the record. Find children's services (opens your browser)",
      );
    }
  });

  test('of a role that may not check offers another role first', () => {
    const outcome = { kind: 'denied', retrieval, fault: makeFault('denied', 'ref-1') } as const;
    expect(draw(outcome)).toMatch(/If you need to know now, phone .* Change role Check again/);
    const { html } = drawResult(answerOf(outcome));
    expect(html).toMatch(/<button[^>]*nhsuk-button--secondary[^>]*>Check again</);
    expect(html).not.toMatch(/<button[^>]*nhsuk-button--secondary[^>]*>Change role</);
    expect(draw({ kind: 'could-not-check', retrieval, fault: makeFault('offline', 'ref-1') })).not.toContain(
      'Change role',
    );
  });

  test('of the only role, which may not check, does not put checking again first', () => {
    const checkAgain = (kind: 'denied' | 'offline') => {
      const outcome = { kind: 'could-not-check', retrieval, fault: makeFault(kind, 'ref-1') } as const;
      return /<button[^>]*>Check again</.exec(drawResult(answerOf(outcome), [], {}, true).html)?.[0];
    };
    expect(checkAgain('denied')).toContain('nhsuk-button--secondary');
    expect(checkAgain('offline')).not.toContain('nhsuk-button--secondary');
  });
});

describe('H5: who is notified is said with the answer', () => {
  test.each(everyOutcome.slice(0, 4))('%s', (_kind, outcome) => {
    const sentence = 'retrieval' in outcome ? outcome.retrieval.sentence : 'unreachable';
    expect(drawResult(answerOf(outcome)).text).toContain(sentence);
  });

  test.each<[string, ShownOutcome, Answer['careSetting'], string]>([
    [
      'nothing was sent',
      { kind: 'not-asked', fault },
      'unscheduled',
      'Not checked. Unscheduled care: nothing was sent, and nobody was notified.',
    ],
    [
      'the answer was lost',
      { kind: 'lost', fault },
      'unscheduled',
      'Answer lost. Unscheduled care: the local authority may have been notified of this attendance.',
    ],
    [
      'the answer was lost',
      { kind: 'lost', fault },
      'scheduled',
      'Answer lost. Scheduled care: nobody is notified.',
    ],
  ])('under the heading too where %s', (_name, outcome, careSetting, line) => {
    expect(drawResult(answerOf(outcome, { careSetting })).html).toContain(`<p class="checked">${line}</p>`);
  });
});

describe('a plan', () => {
  const ended: CarePlanView = {
    ...plan,
    status: 'ended',
    statusText: 'Ended',
    end: { short: '14-Sep-2026', long: '14 September 2026' },
  };

  test('H6: an ended plan is shown, with its tag and both dates', () => {
    const { text } = drawResult(answerOf(foundWith([ended])));
    expect(text).toContain('Child protection plan (CPP) Ended');
    expect(text).toContain('Start 14-Jun-2026 14 June 2026');
    expect(text).toContain('End 14-Sep-2026 14 September 2026');
  });

  test('H7: both numbers are shown by their purpose, and a gap is said', () => {
    const { text } = drawResult(answerOf(foundWith([plan])));
    expect(text).toMatch(/Office hours 020 7946 0101 Copy/);
    expect(text).toMatch(/Emergency duty team \(out of hours\) 020 7946 0102 Copy/);
    const without = drawResult(answerOf(foundWith([{ ...plan, officeHours: [], emergencyDutyTeam: [] }])));
    expect(without.text).toContain(
      'Emergency duty team (out of hours) Not recorded Office hours Not recorded',
    );
  });

  test('H7: in place of a number that cannot be read nothing is copied, and it is not the number for this hour', () => {
    const atNight = { ...retrieval, retrievedAt: '2026-11-24T02:14:00Z' };
    const emergencyDutyTeam = [{ text: 'Could not be read', copy: undefined, looksIncomplete: false }];
    const plans = [{ ...plan, emergencyDutyTeam }] as const;
    const { text } = drawResult(
      answerOf({ kind: 'found', retrieval: atNight, warned: false, plans, history: 'not-offered' }),
    );
    expect(text).toContain('Emergency duty team (out of hours) Could not be read Office hours');
  });

  test('H7: a number that looks incomplete is said to', () => {
    const officeHours = [{ text: '0207527200', copy: '0207527200', looksIncomplete: true }];
    expect(drawResult(answerOf(foundWith([{ ...plan, officeHours }]))).text).toContain(
      '0207527200 Copy Office hours number 0207527200 This number looks incomplete.',
    );
    expect(drawResult(answerOf(foundWith([plan]))).text).not.toContain('looks incomplete');
  });

  test('H7: a number that is not in use is shown with its date, and is not the number for this hour', () => {
    const validity = { short: 'Ended 31-Dec-2025', long: 'Ended 31 December 2025' };
    const number = { text: '01632 960009', copy: '01632960009', looksIncomplete: false };
    const atNight = { ...retrieval, retrievedAt: '2026-11-24T02:14:00Z' };
    const text = (emergencyDutyTeam: CarePlanView['emergencyDutyTeam']): string =>
      drawResult(answerOf({ ...foundWith([{ ...plan, emergencyDutyTeam }]), retrieval: atNight })).text;
    const ended = text([{ ...number, validity }]);
    expect(ended).toContain(
      '01632 960009 Copy Emergency duty team (out of hours) number 01632 960009 Ended 31-Dec-2025',
    );
    expect(ended).not.toContain('Out of hours now');
    expect(text([number, { ...number, text: '01632 960008', validity }])).toContain('Out of hours now');
  });

  test('H7: at night the duty team is marked, and neither number is hidden', () => {
    const atNight = { ...retrieval, retrievedAt: '2026-11-24T02:14:00Z' };
    const atNoon = { ...retrieval, retrievedAt: '2026-11-24T12:00:00Z' };
    const text = (each: typeof retrieval, status: 'current' | 'ended' = 'current'): string =>
      drawResult(answerOf({ ...foundWith([{ ...plan, status }]), retrieval: each })).text;
    expect(text(atNight)).toContain('Emergency duty team (out of hours) Out of hours now 020 7946 0102');
    expect(text(atNight)).toContain('Office hours 020 7946 0101');
    expect(text(atNoon)).not.toContain('Out of hours now');
    expect(text(atNight, 'ended')).not.toContain('Out of hours now');
  });

  test('H7, H20: by a clock in doubt it is never certain that offices are closed', () => {
    const doubted = { ...retrieval, retrievedAt: '2026-11-24T02:14:00Z', clockInDoubt: true };
    const { text } = drawResult(
      answerOf({ kind: 'found', retrieval: doubted, warned: false, plans: [plan], history: 'not-offered' }),
    );
    expect(text).not.toContain('Out of hours now');
    expect(text).toContain("Retrieved 24-Nov-2026 02:14 (this computer's clock may be wrong). Printed by");
  });

  test('H7: a contact of another purpose is shown with it', () => {
    const otherContacts = [
      { purpose: 'Temporary', number: { text: '01632 960205', copy: '01632960205', looksIncomplete: false } },
    ];
    expect(drawResult(answerOf(foundWith([{ ...plan, otherContacts }]))).text).toContain(
      'Temporary 01632 960205',
    );
  });

  test('H11: every plan has a card, alike or not', () => {
    const other = { ...plan, title: 'Record of an unknown type (code 1)', type: 'other' } as const;
    const { html, text } = drawResult(answerOf(foundWith([plan, plan, ended, other])));
    expect(html.match(/<article/g)).toHaveLength(4);
    expect(text).toContain('Record of an unknown type (code 1)');
  });

  test('H2, H11: a warning of CP-IS is said above the records, and no summary says that none is current', () => {
    const { text } = drawResult(answerOf(foundWith([ended], true)));
    expect(text).toMatch(
      /CP-IS record found .*1 ended .*There may be other records: phone the local authority\. .*CPP/,
    );
    expect(text).not.toContain('No current record');
    expect(drawResult(answerOf(foundWith([ended]))).text).not.toContain('There may be other records');
  });

  test('H11: several are counted before the first of them', () => {
    const text = (plans: readonly [CarePlanView, ...CarePlanView[]]) =>
      drawResult(answerOf(foundWith(plans))).text;
    expect(text([plan, plan, ended, plan])).toMatch(
      /3 current: child protection plan\. 1 ended 14-Sep-2026\. .*Child protection plan \(CPP\)/,
    );
    expect(text([plan])).toContain('1 current: child protection plan.');
  });
});

describe('an old answer', () => {
  test('H12: is not on the screen once it is stale', () => {
    const { text } = drawResult(answerOf(foundWith([plan]), { age: 'stale' }));
    expect(text).toContain('This answer may be out of date');
    expect(text).toContain('This answer is from 23-Nov-2026');
    expect(text).not.toContain(plan.localAuthority);
    expect(text).not.toContain('020 7946');
    expect(text).not.toContain('CP-IS record found');
  });

  test('H12: shown again, it says how old it is', () => {
    const { text } = drawResult(answerOf(foundWith([plan]), { age: 'shown-again' }));
    expect(text).toContain('It may have changed since.');
    expect(text).toContain(plan.localAuthority);
  });

  test('H4: a stale one says that asking again may notify again', () => {
    const { text } = drawResult(answerOf(foundWith([plan]), { age: 'stale' }));
    expect(text).toContain('Checking again may notify the local authority again.');
  });
});

test.each([
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
  'other-organisation',
] as const)('H3, H13: what is said of the patient stays beside every answer: %s', (kind) => {
  for (const [, outcome] of everyOutcome) {
    const notes = [{ kind, sentence: 'What is to be known.' }];
    expect(drawResult(answerOf(outcome), notes).text).toContain('What is to be known.');
  }
});

describe('H18: printing', () => {
  const drawWith = (printing: boolean, age: Answer['age']) =>
    drawResult(answerOf(foundWith([plan]), { age }), [], { printing }).html;
  const printButton = />Print<\/button>/;

  test('is offered where the site allows it, and nowhere else', () => {
    expect(drawWith(true, 'fresh')).toMatch(printButton);
    expect(drawWith(false, 'fresh')).not.toMatch(printButton);
  });

  test('of a stale answer is not offered', () => {
    expect(drawWith(true, 'stale')).not.toMatch(printButton);
  });
});

test('H18: paper says who printed it, when, and from which environment', () => {
  const { text } = drawResult(answerOf(foundWith([plan])));
  expect(text).toMatch(
    /Retrieved 23-Nov-2026 14:32\. Printed by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL, on \d\d-\w{3}-\d{4} \d\d:\d\d\. CP-IS Viewer 0\.0\.0, SYNTHETIC\./,
  );
});

test('H18: paper does not call a question without an answer retrieved', () => {
  const { text } = drawResult(answerOf({ kind: 'could-not-check', retrieval, fault }));
  expect(text).toContain('Tried 23-Nov-2026 14:32. Printed by');
});
