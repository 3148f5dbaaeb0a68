/** The rules of CareTeam alone; `wire-format.test.ts` has the rules of every wire format. */
import { describe, expect, test } from 'vitest';
import { readPage } from '../fhir/bundle.ts';
import { nhsNumberSystem } from '../fhir/nhs-number-identifier.ts';
import { joinPages } from '../fhir/searchset.ts';
import {
  careTeam,
  currentPlan,
  firstChild,
  planCodes,
  searchset,
  withoutGaps,
} from '../testing/synthetic.ts';
import { createCareTeamFormat, readCareTeams } from './care-team.ts';
import { readPlans } from './read-plans.ts';

const system = nhsNumberSystem;
const today = [{ precision: 'day', year: 2026, month: 11, day: 23 }] as const;
const team = careTeam(currentPlan, firstChild);

function read(...bodies: readonly unknown[]) {
  const pages = bodies.map((body) => {
    const page = readPage(body);
    if (page === undefined) throw new Error('not a searchset');
    return page;
  });
  return readCareTeams(joinPages(pages, []), firstChild, today);
}

const readTeam = (further: Record<string, unknown>) =>
  read(searchset([withoutGaps({ ...team, ...further })]));

/** The one plan of the team with these members. */
function planOf(further: Record<string, unknown>) {
  const reading = readTeam(further);
  const [plan, ...others] = reading.kind === 'plans' ? reading.plans : [];
  expect(others).toEqual([]);
  return plan;
}

test('the requests', () => {
  const settings = { baseUrl: 'https://example.test/cpis/FHIR/R4/', includePractitionerRole: true };
  const format = createCareTeamFormat(settings);
  const plans = format.plansUrl(firstChild);
  expect(plans.origin + plans.pathname).toBe('https://example.test/cpis/FHIR/R4/CareTeam');
  expect(decodeURIComponent(plans.search)).toBe(
    '?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018',
  );
  expect(decodeURIComponent(format.historyUrl?.(firstChild).href ?? '')).toBe(
    'https://example.test/cpis/FHIR/R4/AuditEvent?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018&_include=AuditEvent:entity-type=http://terminology.hl7.org/CodeSystem/v3-RoleClass|ASSIGNED',
  );
  const plain = createCareTeamFormat({ ...settings, includePractitionerRole: false });
  expect(plain.historyUrl?.(firstChild).searchParams.has('_include')).toBe(false);
});

describe('H3: whose plan it is', () => {
  const other = { system, value: '9990000026' };
  const differing: readonly (readonly [string, Record<string, unknown>])[] = [
    ['in capitals', { identifier: { ...other, system: system.toUpperCase() } }],
    ['with a slash after it', { identifier: { ...other, system: `${system}/` } }],
    ['of another scheme', { identifier: { ...other, system: 'http://fhir.nhs.net/Id/nhs-number' } }],
    ['with a letter wrong', { identifier: { ...other, system: 'https://fhir.nhs.uk/Id/nhs-numbr' } }],
    ['whose system is no text', { identifier: { ...other, system: {} } }],
    ['whose system is null', { identifier: { ...other, system: null } }],
    ['as a number', { identifier: { system: 'x', value: 9990000026 } }],
    ['in a list', { identifier: [{ ...other, system: 'x' }] }],
    ['in its words', { display: 'Test PATIENT, 999 000 0026' }],
    ['in its type', { type: 'https://example.test/patient/9990000026' }],
  ];

  test.each<[string, unknown]>([
    ['identifier', { identifier: { system, value: '9990000018' } }],
    ['identifier with spaces', { identifier: { system, value: '999 000 0018' } }],
    ['identifier without a system', { identifier: { value: '9990000018' } }],
    ['relative reference', { reference: 'Patient/9990000018' }],
    ['versioned reference', { reference: 'Patient/9990000018/_history/2' }],
    ['absolute reference', { reference: 'https://example.test/pds/Patient/9990000018' }],
    ['conditional reference', { reference: `Patient?identifier=${system}|9990000018` }],
    ['contained patient', { reference: '#p' }],
    ['included patient', { reference: 'urn:uuid:1' }],
  ])('by %s', (_name, subject) => {
    const patient = { resourceType: 'Patient', identifier: [{ system, value: '9990000018' }] };
    const body = searchset([{ ...team, subject, contained: [{ ...patient, id: 'p' }] }]);
    const included = { fullUrl: 'urn:uuid:1', resource: patient, search: { mode: 'include' } };
    const entry = [...(Array.isArray(body['entry']) ? body['entry'] : []), included];
    expect(read({ ...body, entry })).toMatchObject({ kind: 'plans' });
  });

  test.each<[string, unknown, string]>([
    ['another identifier', { identifier: { system, value: '9990000026' } }, 'wrong-patient'],
    ['an invalid number', { identifier: { system, value: '9912003890' } }, 'wrong-patient'],
    ['another reference', { reference: 'Patient/9990000026' }, 'wrong-patient'],
    [
      'identifier and reference that differ',
      { identifier: { system, value: '9990000018' }, reference: 'Patient/9990000026' },
      'wrong-patient',
    ],
    ...differing.map(([name, differs]): [string, unknown, string] => [
      `reference and what differs from it, ${name}`,
      { reference: 'Patient/9990000018', ...differs },
      'wrong-patient',
    ]),
    ['no subject', undefined, 'record-mentioned'],
    ['an unknown reference', { reference: 'Patient/a-logical-id' }, 'record-mentioned'],
    [
      'an identifier of another kind',
      { identifier: { system: 'urn:x', value: '9990000018' } },
      'record-mentioned',
    ],
    ['text', '9990000018', 'record-mentioned'],
  ])('not by %s', (_name, subject, kind) => {
    expect(readTeam({ subject })).toMatchObject({ kind });
  });
});

test('a plan is not about a parent who takes part in the team', () => {
  const participant = [{ member: { identifier: { system, value: '9990000026' } } }];
  const searched = searchset([{ ...team, participant }]);
  const page = readPage(searched);
  if (page === undefined) throw new Error('not a searchset');
  const format = createCareTeamFormat({
    baseUrl: 'https://example.test/FHIR/R4',
    includePractitionerRole: false,
  });
  expect(readPlans(format, joinPages([page], []), firstChild, today).kind).toBe('plans');
});

describe('H11: what kind of plan it is', () => {
  const snomed = 'http://snomed.info/sct';
  const coding = (code: unknown, display?: string, system = snomed) => ({ system, code, display });
  const { childProtection, lookedAfter } = planCodes;
  const cpp = 'Child protection plan (CPP)';
  const lac = 'Looked after child (LAC)';
  const unread = 'Record of a type that could not be read';
  const ucpp = 'Unborn child of this patient: child protection plan (UCPP)';
  test.each<[string, unknown, readonly string[]]>([
    ['two categories are two cards', [{ coding: [childProtection] }, { coding: [lookedAfter] }], [cpp, lac]],
    ['two codings that differ are two cards', [{ coding: [childProtection, lookedAfter] }], [cpp, lac]],
    [
      'a translation is no second plan',
      [{ coding: [childProtection, coding('CPP', 'Child on plan', 'urn:local')] }],
      [cpp],
    ],
    [
      'the same category twice is one card',
      [{ coding: [childProtection] }, { coding: [childProtection] }],
      [cpp],
    ],
    [
      'codes without their displays',
      ['342191000000101', '764841000000100', '818901000000100'].map((code) => ({ coding: [coding(code)] })),
      [cpp, lac, ucpp],
    ],
    ['a code that came as a number', [{ coding: [{ code: 764841000000100 }] }], [lac]],
    ['a display without a code', [{ coding: [{ display: 'Looked after child ' }] }], [lac]],
    ['only text that is known', [{ text: 'Unborn child subject to child protection plan' }], [ucpp]],
    ['only text', [{ text: 'Special guardianship' }], ['Special guardianship']],
    [
      'its own text before a display',
      [{ text: 'As written', coding: [coding('1', 'Display')] }],
      ['As written'],
    ],
    [
      'the code of another system',
      [{ coding: [coding('342191000000101', undefined, 'urn:other')] }],
      ['Record of an unknown type (code 342191000000101)'],
    ],
    ['a category without its brackets', { coding: childProtection }, [cpp]],
    ...[
      coding({}, undefined),
      { code: {}, display: {} },
      { system: {}, code: true },
      { system: snomed, _code: { extension: [{ url: 'x' }] } },
      'LAC',
    ].map((damaged, index): [string, unknown, readonly string[]] => [
      `a coding that cannot be read, beside one that can: ${index}`,
      [{ coding: [childProtection, damaged], text: 'Plans' }],
      [cpp, unread],
    ]),
    [
      'one that cannot be read, beside an unknown one',
      [{ coding: [coding('1', 'Display'), {}] }, { coding: [coding('2'), {}] }],
      ['Display', unread, 'Record of an unknown type (code 2)'],
    ],
    ['one that cannot be read, beside its text', [{ text: 'Looked after child', coding: [{}] }], [lac]],
    ['one that cannot be read, beside unknown text', [{ text: 'As written', coding: [{}] }], ['As written']],
    [
      'a translation that cannot be read',
      [{ coding: [childProtection, coding({}, undefined, 'urn:local')] }],
      [cpp],
    ],
    [
      'an unknown one beside a known one',
      [{ coding: [childProtection, coding('1', 'Special guardianship')] }],
      [cpp, 'Special guardianship'],
    ],
    [
      'an unknown code beside a known one, and beside an unknown one',
      [{ coding: [{ code: '1' }, lookedAfter] }, { coding: [coding('2', 'Display'), coding('3')] }],
      [lac, 'Record of an unknown type (code 1)', 'Display', 'Record of an unknown type (code 3)'],
    ],
    [
      'an unknown code and its translation',
      [{ coding: [coding('1'), coding('X', 'As written', 'urn:local')] }],
      ['As written', 'Record of an unknown type (code 1)'],
    ],
    ['nothing', undefined, ['Record of a type that was not recorded']],
    ['rubbish', 17, [unread]],
    [
      'one that can be read, and one that cannot',
      [{ coding: [childProtection] }, { _text: { extension: [{ url: 'x' }] } }, 'LAC'],
      [cpp, unread],
    ],
  ])('%s', (_name, category, titles) => {
    const reading = readTeam({ category });
    expect(reading.kind === 'plans' && reading.plans.map(({ title }) => title)).toEqual(titles);
  });
});

describe('elements that are only shown are read tolerantly', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['no name', { name: undefined }, { localAuthority: 'Not recorded' }],
    ['a name with spaces around it', { name: '  Anyshire \n' }, { localAuthority: 'Anyshire' }],
    [
      'a date that is none',
      { period: { start: '1st May' } },
      { status: 'unknown', start: { short: '1st May' } },
    ],
    ['a partial date', { period: { start: '2025-05' } }, { start: { short: 'May-2025', long: 'May 2025' } }],
    [
      'no period',
      { period: undefined },
      { status: 'unknown', start: { short: 'Not recorded' }, end: { short: 'Not recorded' } },
    ],
    ['no telecom', { telecom: undefined }, { officeHours: [], emergencyDutyTeam: [] }],
    [
      'a phone that is a number',
      { telecom: [{ use: 'work', value: 1632960001 }] },
      { officeHours: [{ text: '1632960001' }] },
    ],
    [
      'a phone that is an object',
      { telecom: [{ use: 'work', value: {} }] },
      { officeHours: [{ text: 'Could not be read' }] },
    ],
    [
      'a telecom that is a text',
      { telecom: '01632960001' },
      { otherContacts: [{ number: { text: 'Could not be read' } }] },
    ],
  ])('%s', (_name, further, expected) => {
    expect(planOf(further)).toMatchObject(expected);
  });

  const absent = (valueCode: string) => ({
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }],
  });

  test.each<[object, string]>([
    [{ _value: absent('masked') }, 'Withheld by the service'],
    [{ value: null, _value: absent('temp-unknown') }, 'Not known to the service'],
    [{ _value: absent('not-asked') }, 'Not given by the service'],
    [{ _value: absent('error') }, 'Could not be read'],
    [{ _value: {} }, 'Could not be read'],
    [{ _value: '01632960001' }, 'Could not be read'],
    [{ value: ['01632960001'] }, 'Could not be read'],
    [{ value: true }, 'Could not be read'],
    [{ value: null }, 'Could not be read'],
    [absent('not-permitted'), 'Withheld by the service'],
    [{ value: ' ', _value: absent('masked') }, 'Withheld by the service'],
    [{ value: {}, _value: absent('masked') }, 'Could not be read'],
    [{ value: {}, ...absent('masked') }, 'Could not be read'],
    [{ _value: absent('error'), ...absent('masked') }, 'Withheld by the service'],
  ])('H7: a number that is given and cannot be read is not said to be missing: %j', (further, text) => {
    const telecom = [{ system: 'phone', use: 'work', ...further }];
    const number = { text, copy: undefined, looksIncomplete: false };
    expect(planOf({ telecom })).toMatchObject({ officeHours: [number] });
  });

  test('H7: an extension that says nothing of a number makes none of what is not given', () => {
    const extension = [{ url: 'urn:x', valueString: 'x' }];
    expect(planOf({ telecom: [{ system: 'phone', use: 'work', extension }] })).toMatchObject({
      officeHours: [],
      otherContacts: [],
    });
  });

  test('H7: a number that can be read stands before one that cannot, and a purpose that cannot is said', () => {
    const telecom = [
      { use: 'mobile', _value: absent('masked') },
      { use: 'mobile', value: '01632960002' },
      { use: { code: 'work' }, value: '01632960001' },
      { _use: absent('unknown'), value: '01632960003' },
    ];
    expect(planOf({ telecom })).toMatchObject({
      emergencyDutyTeam: [{ text: '01632 960002' }, { text: 'Withheld by the service' }],
      officeHours: [{ text: 'Could not be read' }],
      otherContacts: [
        { purpose: 'Purpose could not be read', number: { text: '01632 960001' } },
        { purpose: 'Purpose could not be read', number: { text: '01632 960003' } },
      ],
    });
  });

  test.each<[Record<string, unknown>, string]>([
    [{ name: {} }, 'Could not be read'],
    [{ name: ['Anyshire'] }, 'Could not be read'],
    [{ name: undefined, _name: absent('masked') }, 'Withheld by the service'],
    [{ name: null, _name: absent('x') }, 'Could not be read'],
    [{ name: {}, _name: absent('masked') }, 'Could not be read'],
    [{ name: null }, 'Could not be read'],
    [{ name: ' ' }, 'Not recorded'],
  ])('an authority that is given and cannot be read is not said to be missing: %j', (further, text) => {
    expect(planOf(further)).toMatchObject({ localAuthority: text });
  });

  test('H7: where a contact cannot be read at all, no number is said to be missing', () => {
    for (const telecom of ['01632960001', [7], [{}], [['x']]]) {
      const unread = [{ text: 'Could not be read' }];
      expect(planOf({ telecom })).toMatchObject({ officeHours: unread, emergencyDutyTeam: unread });
    }
  });

  test('H7: a kind or a purpose in capitals, and a kind that is none, keep the number in its place', () => {
    for (const further of [{ use: 'WORK' }, { system: 'Phone' }, { system: 'x' }, { system: {} }]) {
      const telecom = [{ system: 'phone', use: 'work', value: '01632960001', ...further }];
      expect(planOf({ telecom })).toMatchObject({
        officeHours: [{ text: '01632 960001' }],
        otherContacts: [],
      });
    }
  });

  test.each([[{}], [{ extension: [{ url: 'x' }] }], [{ from: '2026-01-01' }]])(
    'H6: dates of which a period has none, but others, are not said to be missing: %j',
    (period) => {
      const unreadable = { short: 'Could not be read' };
      expect(planOf({ period })).toMatchObject({ start: unreadable, end: unreadable });
    },
  );

  test.each([
    ['inactive', 'inactive'],
    ['suspended', 'suspended'],
    ['proposed', 'proposed'],
    ['entered-in-error', 'entered in error'],
  ])('H6: a team marked %s is shown as unclear, not as ended', (status, words) => {
    expect(planOf({ status })).toMatchObject({
      status: 'unknown',
      statusText: `Unclear: the service marks this record as ${words}`,
    });
  });
});

describe('pages', () => {
  const other = careTeam({ ...currentPlan, localAuthority: 'Other' }, firstChild, 'team-2');
  const ofTwo = (one: unknown) => searchset([one], [], { total: 2 });

  test('are read together', () => {
    expect(read(ofTwo(team), ofTwo(other))).toMatchObject({ kind: 'plans', plans: { length: 2 } });
  });

  test('H2: a team that comes again on a later page may have pushed another out', () => {
    expect(read(ofTwo(team), ofTwo(team))).toEqual({ kind: 'record-mentioned' });
  });

  test('H2: several empty pages are not "no record"', () => {
    expect(read(searchset([]), searchset([]))).toEqual({ kind: 'unreadable' });
  });

  test('H11: two forms of one team are both shown', () => {
    expect(read(searchset([team, { ...team, name: 'Other' }]))).toMatchObject({
      plans: [{ localAuthority: 'Anyshire County Council' }, { localAuthority: 'Other' }],
    });
  });
});
