/** The rules of Patient Flags alone; `wire-format.test.ts` has the rules of every wire format. */
import { describe, expect, test } from 'vitest';
import { readPage } from '../fhir/bundle.ts';
import { joinPages } from '../fhir/searchset.ts';
import {
  carePlan,
  currentPlan,
  firstChild,
  flag,
  flagCareTeam,
  searchset,
  secondChild,
  withoutGaps,
} from '../testing/synthetic.ts';
import { createPatientFlagsFormat, readPatientFlags } from './patient-flags.ts';

const today = [{ precision: 'day', year: 2026, month: 11, day: 23 }] as const;
const plan = carePlan(currentPlan, firstChild);
const team = flagCareTeam(currentPlan);
const cpisFlag = flag(['plan-1'], firstChild);
const adjustments = flag([], firstChild, { id: 'flag-2', code: 'national-reasonable-adjustment-flag' });

function read(body: unknown) {
  const page = readPage(body);
  if (page === undefined) throw new Error('not a searchset');
  return readPatientFlags(joinPages([page], []), firstChild, today);
}

/** Of the flag of CP-IS with these included resources. */
function plansBehindFlag(...included: Parameters<typeof searchset>[0]) {
  const reading = read(searchset([cpisFlag], included));
  return reading.kind === 'plans' ? reading.plans : reading;
}

test('the request', () => {
  const format = createPatientFlagsFormat({ baseUrl: 'https://example.test/patient-flags-api/FHIR/R4' });
  expect(format.plansUrl(firstChild).href).toBe(
    'https://example.test/patient-flags-api/FHIR/R4/PatientFlag?patient=9990000018&code=child-protection-information-system-flag',
  );
  expect(format.careSettings).toEqual(['scheduled']);
  expect(format.historyUrl).toBeUndefined();
});

describe('H3: whose plan a flag leads to', () => {
  const named = { reference: `Patient/${firstChild}` };
  const local = { reference: 'Patient/local-1' };
  const kindOf = (subject: unknown, flagged: Record<string, unknown> = {}) =>
    read(searchset([{ ...cpisFlag, ...flagged }], [withoutGaps({ ...plan, subject }), team])).kind;

  test('the one of the flag', () => {
    const subject = { ...local, identifier: { value: firstChild } };
    expect(kindOf(named)).toBe('plans');
    expect(kindOf(local, { subject })).toBe('plans');
  });

  test.each<[unknown]>([[undefined], [null], [{}], [[named]], [local], [{ reference: null }], ['x']])(
    'not known where the plan has the subject %j',
    (subject) => {
      expect(kindOf(subject)).toBe('unreadable');
    },
  );
});

describe('flags of other categories', () => {
  test('are never shown as CP-IS', () => {
    expect(read(searchset([adjustments, cpisFlag], [plan, team]))).toMatchObject({
      kind: 'plans',
      plans: [{ title: 'Child protection plan (CPP)' }],
      mayBeMore: false,
    });
  });

  test('alone, and complete, are no CP-IS record', () => {
    expect(read(searchset([adjustments]))).toEqual({ kind: 'no-record' });
    const fgm = flag([], firstChild, { code: 'female-genital-mutilation-flag' });
    expect(read(searchset([adjustments, fgm]))).toEqual({ kind: 'no-record' });
  });

  test.each<[string, Record<string, unknown>]>([
    ['a total that promises more', searchset([adjustments], [], { total: 2 })],
    [
      'a warning',
      searchset([adjustments, { resourceType: 'OperationOutcome', issue: [{ severity: 'warning' }] }]),
    ],
    ['a plan beside them', searchset([adjustments], [plan])],
    ['a local authority beside them', searchset([adjustments], [team])],
    ['an unknown category', searchset([adjustments, flag([], firstChild, { code: 'x' })])],
    ['no category', searchset([withoutGaps({ ...adjustments, code: undefined })])],
  ])('H2: with %s are not "no record"', (_name, body) => {
    expect(read(body).kind).toBe('unreadable');
  });

  const fgmCode = { code: 'female-genital-mutilation-flag' };
  const programme = [{ coding: [{ code: 'national-reasonable-adjustment-flag' }] }];
  test.each<[Record<string, unknown>]>([
    [{ code: { coding: [fgmCode, { code: {} }] } }],
    [{ code: { coding: [fgmCode, { _code: { extension: [{ url: 'x' }] } }] } }],
    [{ code: { coding: [fgmCode, 'child-protection'] } }],
    [{ code: { coding: [fgmCode] }, category: [{}] }],
    [{ code: { coding: [fgmCode] }, category: 'x' }],
    [{ code: undefined, category: programme }],
    [{ code: 'x', category: programme }],
    [{ code: { coding: [{ code: ' ' }] }, category: programme }],
    [{ code: { coding: [{ code: 'CHILD-PROTECTION-INFORMATION-SYSTEM-FLAG' }] }, category: programme }],
    [{ code: { coding: [fgmCode], text: 'Child protection' } }],
    [{ code: { text: 'Invite the child protection adviser' }, category: programme }],
    [{ code: { coding: [fgmCode], text: 'Child\nprotection' } }],
    [{ text: { status: 'generated', div: '<div>Child Protection</div>' } }],
    [{ code: { text: 'Looked-after child' }, category: programme }],
    [{ code: { text: 'See CP-IS' }, category: programme }],
    [{ code: { text: 'Needs a quiet room' } }],
    [{ code: { text: {} }, category: programme }],
    [{ code: { coding: [{ display: {} }] }, category: programme }],
    [{ code: { coding: [{ code: {}, display: 'Needs a quiet room' }] }, category: programme }],
    [{ code: { coding: [fgmCode] }, category: [...programme, { text: 'Safeguarding' }] }],
    [{ code: { coding: ['x'], text: 'Needs a quiet room' }, category: programme }],
  ])(
    'H2, H11: one of whose codes cannot be read, or may be that of CP-IS, is not "no record" and hides none: %j',
    (further) => {
      const damaged = withoutGaps({ ...flag([], firstChild, fgmCode), ...further });
      expect(read(searchset([damaged])).kind).toBe('unreadable');
      expect(read(searchset([damaged, cpisFlag], [plan, team]))).toMatchObject({
        kind: 'plans',
        plans: [{ title: 'Child protection plan (CPP)', officeHours: [{ text: '01632 960001' }] }],
        mayBeMore: true,
      });
    },
  );

  test.each<[Record<string, unknown>]>([
    [{ code: { text: 'Needs a quiet room' }, category: programme }],
    [{ code: { coding: [{ display: 'Needs a quiet room' }] }, category: programme }],
    [{ code: { coding: [fgmCode, { display: 'Female genital mutilation' }] } }],
    [{ category: [{ coding: [fgmCode, { display: 'In other words' }], text: 'In other words' }] }],
  ])('whose words alone are not coded are no CP-IS record, and leave no doubt: %j', (further) => {
    const worded = { ...flag([], firstChild, fgmCode), ...further };
    expect(read(searchset([worded]))).toEqual({ kind: 'no-record' });
    expect(read(searchset([worded, cpisFlag], [plan, team]))).toMatchObject({ mayBeMore: false });
  });

  test('H2: a plan to which only a flag leads that may be of CP-IS is said, and not left out', () => {
    const unread = { ...flag(['plan-2'], firstChild, { id: 'flag-2' }), code: {} };
    const second = { ...plan, id: 'plan-2' };
    expect(read(searchset([cpisFlag, unread], [plan, second, team]))).toEqual({ kind: 'record-mentioned' });
  });

  test('H3: of another patient are the answer to another request', () => {
    expect(read(searchset([flag([], secondChild, { code: 'NRAF' })]))).toEqual({ kind: 'wrong-patient' });
  });
});

describe('H2: a flag whose details cannot be had is said, and is not "no record"', () => {
  test.each<[string, Record<string, unknown>]>([
    ['plan missing', searchset([cpisFlag], [team])],
    ['no detail at all', searchset([flag([], firstChild)], [team])],
    ['one detail of two missing', searchset([flag(['plan-1', 'plan-2'], firstChild)], [plan, team])],
    ['a plan that no flag leads to', searchset([cpisFlag], [plan, { ...plan, id: 'plan-2' }, team])],
    ['a detail of another kind only', searchset([flag(['team'], firstChild)], [{ ...team, id: 'team' }])],
  ])('%s', (_name, body) => {
    expect(read(body)).toEqual({ kind: 'record-mentioned' });
  });
});

describe('references', () => {
  const detail = (reference: string) => ({
    url: 'http://hl7.org/fhir/StructureDefinition/flag-detail',
    valueReference: { reference },
  });

  test.each<[string, string, string | undefined]>([
    ['relative', 'CarePlan/plan-1', undefined],
    ['absolute', 'https://example.test/CarePlan/plan-1', 'https://example.test/CarePlan/plan-1'],
    ['versioned', 'CarePlan/plan-1/_history/3', 'CarePlan/plan-1'],
    ['urn', 'urn:uuid:00000000-0000-0000-0000-000000000001', 'urn:uuid:00000000-0000-0000-0000-000000000001'],
  ])('%s', (_name, reference, fullUrl) => {
    const entry = [
      { resource: { ...cpisFlag, extension: [detail(reference)] }, search: { mode: 'match' } },
      { fullUrl, resource: plan, search: { mode: 'include' } },
      { resource: team, search: { mode: 'include' } },
    ];
    expect(read({ ...searchset([]), total: 1, entry })).toMatchObject({
      kind: 'plans',
      plans: [{ localAuthority: 'Anyshire County Council' }],
    });
  });

  test('contained', () => {
    const contained = [{ ...plan, careTeam: [{ reference: '#plan-1-team' }] }, team];
    const whole = { ...cpisFlag, contained, extension: [detail('#plan-1')] };
    expect(read(searchset([whole]))).toMatchObject({
      plans: [{ localAuthority: 'Anyshire County Council' }],
    });
  });
});

describe('local authorities', () => {
  test('H7: a plan with several has a card for each, with its own numbers', () => {
    const other = flagCareTeam(
      { ...currentPlan, localAuthority: 'Other', officeHours: '01632960009' },
      'other',
    );
    const both = {
      ...plan,
      careTeam: [{ reference: 'CareTeam/plan-1-team' }, { reference: 'CareTeam/other' }],
    };
    expect(plansBehindFlag(both, team, other)).toMatchObject([
      { localAuthority: 'Anyshire County Council', officeHours: [{ text: '01632 960001' }] },
      { localAuthority: 'Other', officeHours: [{ text: '01632 960009' }] },
    ]);
  });

  test('H7: one that is referred to and not there leaves its name, and its numbers are not said to be missing', () => {
    const unread = [{ text: 'Could not be read', copy: undefined }];
    expect(plansBehindFlag(plan)).toMatchObject([
      { localAuthority: 'Anyshire County Council', officeHours: unread, emergencyDutyTeam: unread },
    ]);
    for (const careTeam of ['Anyshire', { reference: 'CareTeam/x' }, [{}]]) {
      expect(plansBehindFlag({ ...plan, careTeam })).toMatchObject([
        { localAuthority: 'Could not be read', officeHours: unread, emergencyDutyTeam: unread },
      ]);
    }
    const unreadableReference = { reference: {}, display: 'Anyshire County Council' };
    expect(plansBehindFlag({ ...plan, careTeam: [unreadableReference] })).toMatchObject([
      { localAuthority: 'Anyshire County Council', officeHours: unread },
    ]);
    const namedAlone = { ...plan, careTeam: [{ display: 'Anyshire County Council' }] };
    expect(plansBehindFlag(namedAlone)).toMatchObject([
      { localAuthority: 'Anyshire County Council', officeHours: [] },
    ]);
    expect(plansBehindFlag(plan, { ...team, name: {} })).toMatchObject([
      { localAuthority: 'Anyshire County Council', officeHours: [{ text: '01632 960001' }] },
    ]);
    expect(plansBehindFlag({ ...plan, careTeam: undefined })).toMatchObject([
      { localAuthority: 'Not recorded' },
    ]);
  });

  test('H7: one that no plan leads to may be that of a plan without any, whose numbers are then not said to be missing', () => {
    const unread = [{ text: 'Could not be read', copy: undefined }];
    for (const careTeam of [null, [], [{ reference: null, display: 'Anyshire County Council' }]]) {
      const isNamed = Array.isArray(careTeam) && careTeam.length > 0;
      expect(plansBehindFlag({ ...plan, careTeam }, team)).toMatchObject([
        {
          localAuthority: isNamed ? 'Anyshire County Council' : 'Could not be read',
          officeHours: unread,
          emergencyDutyTeam: unread,
        },
      ]);
    }
  });

  test('an ODS prefix stays as it came', () => {
    const prefixed = { ...team, name: 'Z9L1 - ANYSHIRE COUNTY COUNCIL' };
    expect(plansBehindFlag(plan, prefixed)).toMatchObject([
      { localAuthority: 'Z9L1 - ANYSHIRE COUNTY COUNCIL' },
    ]);
  });
});

describe('H6: active or not', () => {
  const ended = { ...plan, period: { start: '2025-01-01', end: '2026-01-01' } };
  test.each<[string, unknown, unknown, string, string]>([
    ['both active', cpisFlag, plan, 'current', 'Current'],
    [
      'past end, marked completed',
      { ...cpisFlag, status: 'inactive' },
      { ...ended, status: 'completed' },
      'ended',
      'Ended',
    ],
    ['past end, still marked active', cpisFlag, ended, 'ended', 'Ended'],
    [
      'plan revoked, no past end',
      cpisFlag,
      { ...plan, status: 'revoked' },
      'unknown',
      'Unclear: the service marks this record as revoked',
    ],
    [
      'plan only proposed',
      cpisFlag,
      { ...plan, intent: 'proposal' },
      'unknown',
      'Unclear: the service marks this record as proposal',
    ],
    [
      'flag inactive, no past end',
      { ...cpisFlag, status: 'inactive' },
      plan,
      'unknown',
      'Unclear: the service marks this record as inactive',
    ],
  ])('%s', (_name, ownFlag, ownPlan, status, statusText) => {
    expect(read(searchset([ownFlag], [ownPlan, team]))).toMatchObject({ plans: [{ status, statusText }] });
  });

  test('a plan without dates takes those of its flag', () => {
    const dated = { ...cpisFlag, period: { start: '2026-02-01T09:00:00+00:00' } };
    expect(read(searchset([dated], [{ ...plan, period: undefined }, team]))).toMatchObject({
      plans: [{ status: 'current', start: { short: '01-Feb-2026' } }],
    });
  });

  test('a plan that an active and an inactive flag lead to is one plan, and active', () => {
    const inactive = flag(['plan-1'], firstChild, { id: 'flag-9', status: 'inactive' });
    expect(read(searchset([inactive, cpisFlag], [plan, team]))).toMatchObject({
      plans: { length: 1, 0: { status: 'current' } },
    });
  });
});

test('H3: a plan of another patient behind this patient’s flag is not shown', () => {
  expect(plansBehindFlag(carePlan(currentPlan, secondChild), team)).toEqual({
    kind: 'wrong-patient',
  });
});
