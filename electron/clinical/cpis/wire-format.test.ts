/** The rules that every wire format must keep, whatever its resources. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readJson } from '../../network/body.ts';
import { readPage } from '../fhir/bundle.ts';
import { joinPages } from '../fhir/searchset.ts';
import {
  careTeams,
  currentPlan,
  firstChild,
  patientFlags,
  planCodes,
  type SyntheticPlan,
  searchset,
  secondChild,
  withoutGaps,
} from '../testing/synthetic.ts';
import { createCareTeamFormat } from './care-team.ts';
import { createPatientFlagsFormat } from './patient-flags.ts';
import { readPlans } from './read-plans.ts';
import type { PlansReading, WireFormat } from './wire-format.ts';

const system = 'https://fhir.nhs.uk/Id/nhs-number';
const baseUrl = 'https://example.test/FHIR/R4';
const today = [{ precision: 'day', year: 2026, month: 11, day: 23 }] as const;

interface Subject {
  readonly format: WireFormat;
  write(plans: readonly SyntheticPlan[], number: string): Record<string, unknown>;
}

const formats: readonly (readonly [string, Subject])[] = [
  [
    'CareTeam',
    { format: createCareTeamFormat({ baseUrl, includePractitionerRole: false }), write: careTeams },
  ],
  ['Patient Flags', { format: createPatientFlagsFormat({ baseUrl }), write: patientFlags }],
];

function read(format: WireFormat, text: string): PlansReading {
  const page = readPage(readJson(new TextEncoder().encode(text)));
  if (page === undefined) return { kind: 'unreadable' };
  const defects = page.next === undefined ? [] : (['next-page-unreachable'] as const);
  return readPlans(format, joinPages([page], defects), firstChild, today);
}

const day = fc
  .date({ min: new Date('2020-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

const plan: fc.Arbitrary<SyntheticPlan> = fc
  .record({
    kind: fc.oneof(
      fc.constantFrom(...Object.values(planCodes)),
      fc.record({ code: fc.stringMatching(/^9\d{5,14}$/), display: fc.stringMatching(/^Plan [a-z]{1,10}$/) }),
    ),
    start: fc.option(day, { nil: undefined }),
    end: fc.option(day, { nil: undefined }),
    officeHours: fc.option(fc.stringMatching(/^01632960\d{3}$/), { nil: undefined }),
    emergencyDutyTeam: fc.option(fc.stringMatching(/^01632960\d{3}$/), { nil: undefined }),
  })
  .map(({ kind, ...rest }) => ({ ...kind, localAuthority: '', ...withoutGaps(rest) }));

/** Local authorities are numbered, so that the plans differ. */
const plans = fc
  .array(plan, { minLength: 1, maxLength: 12 })
  .map((list) => list.map((one, index) => ({ ...one, localAuthority: `Authority ${index}` })));

/** Whether a reading neither hides a plan, unless it says that there may be others, nor invents one. */
function expectNoneLost(reading: PlansReading, count: number): void {
  expect(reading.kind).not.toBe('no-record');
  if (reading.kind !== 'plans' || reading.mayBeMore) return;
  expect(reading.plans.length).toBeGreaterThanOrEqual(count);
}

describe.each(formats)('%s', (_, { format, write }) => {
  const found = write([currentPlan], firstChild);
  const none = write([], firstChild);
  const readBody = (body: unknown) => read(format, JSON.stringify(body));

  const plansIn = (body: unknown) => {
    const reading = readBody(body);
    return reading.kind === 'plans' ? reading.plans : reading;
  };

  test('reads a plan', () => {
    expect(plansIn(found)).toEqual([
      {
        type: 'child-protection-plan',
        title: 'Child protection plan (CPP)',
        status: 'current',
        statusText: 'Current',
        start: { short: '15-Jan-2026', long: '15 January 2026' },
        end: { short: 'No end date', long: 'No end date' },
        localAuthority: 'Anyshire County Council',
        officeHours: [{ text: '01632 960001', copy: '01632960001', looksIncomplete: false }],
        emergencyDutyTeam: [{ text: '01632 960002', copy: '01632960002', looksIncomplete: false }],
        otherContacts: [],
      },
    ]);
  });

  test('H1, H2: an intact empty searchset is no record, with an empty list of entries or without', () => {
    expect(readBody(none)).toEqual({ kind: 'no-record' });
    expect(readBody({ ...none, entry: [] })).toEqual({ kind: 'no-record' });
    expect(readBody(withoutGaps({ ...none, entry: undefined }))).toEqual({ kind: 'no-record' });
    expect(read(format, `\uFEFF${JSON.stringify(none)}`)).toEqual({ kind: 'no-record' });
  });

  const entriesOf = (body: Record<string, unknown>): readonly unknown[] =>
    Array.isArray(body['entry']) ? body['entry'] : [];
  const entry = (resource: unknown, mode?: string) => ({
    resource,
    ...(mode === undefined ? {} : { search: { mode } }),
  });
  const outcome = (severity?: string, code = 'informational') =>
    entry({ resourceType: 'OperationOutcome', issue: [withoutGaps({ severity, code })] }, 'outcome');
  /** The answer with a record, and further entries beside it. */
  const foundBeside = (...further: readonly unknown[]) => ({
    ...found,
    entry: [...entriesOf(found), ...further],
  });
  /** The empty answer with these entries. */
  const noneWith = (...entry: readonly unknown[]) => ({ ...none, entry });
  const self = (url: string) => ({ ...none, link: [{ relation: 'self', url }] });

  test.each<[string, Record<string, unknown>]>([
    ['a total that is missing', withoutGaps({ ...none, total: undefined })],
    ['a total of null', { ...none, total: null }],
    ['a total in quotes', { ...none, total: '0' }],
    ['a total below nothing', { ...none, total: -1 }],
    ['a total that is no whole number', { ...none, total: 0.5 }],
    ['a total that promises more', { ...none, total: 1 }],
    ['entries of null', { ...none, entry: null }],
    ['entries that are an object', { ...none, entry: {} }],
    ['an entry of null', noneWith(null)],
    ['an entry without a resource', noneWith({ fullUrl: 'urn:uuid:1' })],
    ['an included resource without a match', noneWith(entry({ resourceType: 'Patient' }, 'include'))],
    ['a resource of no type', noneWith(entry({ id: '1' }, 'match'))],
    ['a match of another type', { ...none, total: 1, entry: [entry({ resourceType: 'Patient' }, 'match')] }],
    ['an error inside', noneWith(outcome('error'))],
    ['an outcome of no severity inside', noneWith(outcome())],
    ['a warning inside', noneWith(outcome('warning'))],
    ['information that something was left out', noneWith(outcome('information', 'suppressed'))],
    ['information that not every source was queried', noneWith(outcome('information', 'incomplete'))],
    ['rules of its own', { ...none, implicitRules: 'https://example.test/rules' }],
    ['an extension that modifies it', { ...none, modifierExtension: [{ url: 'x', valueBoolean: true }] }],
    ['one inside a link', { ...none, link: [{ relation: 'self', url: 'x', modifierExtension: [] }] }],
    ['a label of what was left out', { ...none, meta: { security: [{ code: 'REDACTED' }] } }],
    ['a tag of a part', { ...none, meta: { tag: [{ code: 'SUBSETTED' }] } }],
    ['a resource in another place', { ...none, contained: [{ resourceType: 'CareTeam', id: '1' }] }],
    ['one inside its identifier', { ...none, identifier: { assigner: { reference: 'CareTeam/1' } } }],
    ['one named as its id', { ...none, identifier: { value: 'CareTeam/1' } }],
    ['one named in its link', self('https://example.test/CareTeam/1')],
    ['one named in an encoded link', self('https://example.test/?of=Flag%2F1')],
    ['one named in a link encoded twice', self('https://example.test/?of=CarePlan%252F1')],
    ['one named in lower case', self('https://example.test/flag/1')],
    ['one that was searched for by its id', self('https://example.test/CareTeam?_id=plan-1')],
    ['one named in what informs', noneWith({ ...outcome('information'), fullUrl: 'CarePlan/1' })],
    ['the code of a plan in its link', self('https://example.test/x?category=342191000000101')],
    ['a link of an unknown relation', { ...none, link: [{ relation: 'more', url: '?2' }] }],
    ['a next page', { ...none, link: [{ relation: 'next', url: 'https://example.test/2' }] }],
    ['links that are no list', { ...none, link: 'next' }],
    ['an unknown member', { ...none, entries: [] }],
    ['an id that FHIR does not allow', { ...none, id: 'x'.repeat(65) }],
    ['another type of Bundle', { ...none, type: 'collection' }],
    ['no type of Bundle', withoutGaps({ ...none, type: undefined })],
    ['another resource', { ...none, resourceType: 'Patient' }],
    ['an OperationOutcome', { resourceType: 'OperationOutcome', issue: [] }],
  ])('H2: with %s, nothing found is not "no record"', (_name, body) => {
    expect(['unreadable', 'record-mentioned']).toContain(readBody(body).kind);
  });

  test.each<[string, Record<string, unknown>]>([
    ['as the guide prints it', self(`https://x.test/CareTeam?patient:identifier=${system}|${secondChild}`)],
    ['encoded', self(`https://x.test/C?patient%3Aidentifier=${encodeURIComponent(system)}%7C${secondChild}`)],
    ['encoded twice', self(`https://x.test/C?patient:identifier=${system}%257C${secondChild}`)],
    ['as a plain parameter', self(`https://x.test/PatientFlag?patient=${secondChild}&code=x`)],
    ['as a reference', self(`?subject=Patient/${secondChild}`)],
    ['beside the requested one', self(`?patient=${firstChild},${secondChild}`)],
    ['after the requested one', self(`?patient=${firstChild}&patient=${secondChild}`)],
    ['with a digit wrong', self(`?patient:identifier=${system}|9990000019`)],
    ['in its identifier', { ...none, identifier: { system, value: secondChild } }],
    ['as its id', { ...none, id: secondChild }],
    ['in its source', { ...none, meta: { source: `#999 000 0026` } }],
    ['in what informs', noneWith({ ...outcome('information'), fullUrl: `Patient/${secondChild}` })],
  ])('H3: an empty answer that names another patient, %s, is not "no record"', (_name, body) => {
    expect(readBody(body)).toEqual({ kind: 'wrong-patient' });
  });

  test('H3: an empty answer may name the requested patient', () => {
    for (const named of [`patient:identifier=${system}|${firstChild}`, `patient=${firstChild}`]) {
      expect(readBody(self(`https://x.test/CareTeam?${named}`))).toEqual({ kind: 'no-record' });
      expect(readBody(self(`https://x.test/x?${encodeURIComponent(named)}`))).toEqual({ kind: 'no-record' });
    }
    expect(readBody({ ...none, id: '7eb1bc82-da03-427b-b2d3-237bd6038cb7' })).toEqual({ kind: 'no-record' });
  });

  test('H3: what was found is not shown where the answer names another patient beside it', () => {
    const link = [{ relation: 'self', url: `?patient:identifier=${system}|${secondChild}` }];
    expect(readBody({ ...found, link })).toEqual({ kind: 'wrong-patient' });
    const patient = entry({ resourceType: 'Patient', id: secondChild }, 'include');
    expect(readBody(foundBeside(patient))).toEqual({ kind: 'wrong-patient' });
  });

  test('H2: an answer whose members come twice is not read, whichever comes last', () => {
    const text = JSON.stringify(found);
    expect(read(format, `${text.slice(0, -1)},"total":0,"entry":[]}`).kind).toBe('unreadable');
    expect(read(format, `{"total":0,"entry":[],${text.slice(1)}`).kind).toBe('unreadable');
    expect(read(format, text.replace('"category"', '"category":[],"category"')).kind).toBe('unreadable');
  });

  test('H2: a plan with a rule or an extension that may turn its meaning is not shown', () => {
    const [first, ...others] = entriesOf(found).map((one) => Object(one));
    for (const turned of [
      { ...first, resource: { ...first.resource, implicitRules: 'x' } },
      { ...first, resource: { ...first.resource, modifierExtension: [{ url: 'x', valueBoolean: true }] } },
      { ...first, modifierExtension: [{ url: 'x', valueBoolean: true }] },
    ]) {
      expect(readBody({ ...found, entry: [turned, ...others] })).toEqual({ kind: 'record-mentioned' });
    }
    expect(readBody({ ...found, implicitRules: 'x' })).toEqual({ kind: 'record-mentioned' });
  });

  test('H2: information from the service does not change what it found', () => {
    expect(readBody(noneWith(outcome('information')))).toEqual({ kind: 'no-record' });
  });

  test.each(['', 'null', '[]', '0', '"Bundle"', '<html></html>', '{"resourceType":"Bundle"'])(
    'H2: %j is not understood',
    (text) => {
      expect(read(format, text)).toEqual({ kind: 'unreadable' });
    },
  );

  test.each<[string, Record<string, unknown>]>([
    ['a total that promises more', { ...found, total: 2 }],
    ['an entry of null beside it', foundBeside(null)],
    ['an error inside', foundBeside(outcome('error'))],
    ['a fatal error inside', foundBeside(outcome('fatal'))],
    ['a label of what was left out', { ...found, meta: { security: [{ code: 'REDACTED' }] } }],
    ['a tag of a part', { ...found, meta: { tag: [{ code: 'SUBSETTED' }] } }],
    ['a page that was not followed', { ...found, link: [{ relation: 'next', url: '?page=2' }] }],
    ['a match of another type', foundBeside(entry({ resourceType: 'List' }, 'match'))],
    ['a mode that does not exist', foundBeside(entry({ resourceType: 'List' }, 'x'))],
  ])('H2: with %s, what was found may not be all: it is not shown, but it is said', (_name, body) => {
    expect(readBody(body)).toEqual({ kind: 'record-mentioned' });
  });

  test('a warning, an unknown member and a total that is too small hide no plan', () => {
    const warned = { ...found, total: 0, further: 1, entry: [...entriesOf(found), outcome('warning')] };
    expect(readBody(warned)).toMatchObject({ kind: 'plans' });
  });

  test('entries that do not say why they are there count by their type', () => {
    const untold = entriesOf(found).map((one) => ({ ...Object(one), search: undefined }));
    expect(plansIn({ ...found, entry: untold })).toMatchObject([{ status: 'current' }]);
  });

  test('a resource that came twice is shown once', () => {
    const [first] = entriesOf(found);
    const twice = { ...found, total: 2, entry: [first, ...entriesOf(found)] };
    expect(plansIn(twice)).toHaveLength(1);
  });

  test('H3: a plan of another NHS number is not shown', () => {
    expect(readBody(write([currentPlan], secondChild))).toEqual({ kind: 'wrong-patient' });
    const entry = [...entriesOf(found), ...entriesOf(write([currentPlan], secondChild))];
    expect(readBody({ ...searchset([]), total: 2, entry })).toEqual({ kind: 'wrong-patient' });
  });

  test('H11: an unknown code is shown with its own text, or its code', () => {
    const unknown = { ...currentPlan, code: '999999991000000108', display: 'Plan of an unknown kind ' };
    expect(plansIn(write([unknown], firstChild))).toMatchObject([
      { type: 'other', title: 'Plan of an unknown kind' },
    ]);
    expect(plansIn(write([{ ...unknown, display: '' }], firstChild))).toMatchObject([
      { type: 'other', title: 'Record of an unknown type (code 999999991000000108)' },
    ]);
  });

  test('H8: a plan of an unborn child is not called the mother’s', () => {
    expect(plansIn(write([{ ...currentPlan, ...planCodes.unborn }], firstChild))).toMatchObject([
      {
        type: 'unborn-child-protection-plan',
        title: 'Unborn child of this patient: child protection plan (UCPP)',
      },
    ]);
  });

  test('H6: current plans come first, ended ones last, the newest first among each', () => {
    const dated = (start: string, end?: string) => ({ ...currentPlan, start, ...withoutGaps({ end }) });
    const written = [
      dated('2020-01-01', '2021-01-01'),
      dated('2027-01-01'),
      dated('2024-01-01'),
      dated('2022-01-01', '2026-11-22'),
      dated('2025-01-01', '2026-11-23'),
    ].map((one, index) => ({ ...one, localAuthority: `Authority ${index}` }));
    const reading = readBody(write(written, firstChild));
    expect(
      reading.kind === 'plans' && reading.plans.map(({ status, start }) => `${status} ${start.short}`),
    ).toEqual([
      'current 01-Jan-2025',
      'current 01-Jan-2024',
      'future 01-Jan-2027',
      'ended 01-Jan-2022',
      'ended 01-Jan-2020',
    ]);
  });

  /** The answer whose every resource has the further members. */
  const foundWith = (further: Readonly<Record<string, unknown>>) => ({
    ...found,
    entry: entriesOf(found).map((one) => {
      const { resource, ...rest } = Object(one);
      return { ...rest, resource: { ...resource, ...further } };
    }),
  });
  const absent = { extension: [{ url: 'http://example.test/absent', valueCode: 'masked' }] };
  const dates = { start: '2026-01-15' };

  test.each<[string, unknown, string, string]>([
    ['an end that is an object', { ...dates, end: {} }, '15-Jan-2026', 'Could not be read'],
    ['an end that is a list', { ...dates, end: ['2026-01-20'] }, '15-Jan-2026', 'Could not be read'],
    ['an end that is no date', { ...dates, end: 'soon' }, '15-Jan-2026', 'soon'],
    ['an end of extensions only', { ...dates, _end: absent }, '15-Jan-2026', 'Could not be read'],
    ['an end of null', { ...dates, end: null }, '15-Jan-2026', 'Could not be read'],
    ['a period of null', null, 'Could not be read', 'Could not be read'],
    ['a start that is an object', { start: {} }, 'Could not be read', 'No end date'],
    ['a start of extensions only', { _start: absent }, 'Could not be read', 'No end date'],
    ['a period that is a text', '2026-01-15', 'Could not be read', 'Could not be read'],
    ['a period that is a list', [dates], 'Could not be read', 'Could not be read'],
  ])('H6: %s makes the status unclear, and reads as no gap', (_name, period, start, end) => {
    expect(plansIn(foundWith({ period }))).toMatchObject([
      { status: 'unknown', statusText: 'Dates unclear', start: { short: start }, end: { short: end } },
    ]);
  });

  test('H6: an empty end is no end date', () => {
    expect(plansIn(foundWith({ period: { ...dates, end: '' } }))).toMatchObject([
      { status: 'current', end: { short: 'No end date' } },
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['an object', { status: {} }],
    ['a list', { status: ['inactive'] }],
    ['extensions only', { status: undefined, _status: absent }],
  ])('H6: a status that is %s makes a record unclear', (_name, further) => {
    expect(plansIn(foundWith(further))).toMatchObject([
      { status: 'unknown', statusText: 'Unclear: the status of this record could not be read' },
    ]);
  });

  test('H11: whatever the plans, none is lost on the way', () => {
    fc.assert(
      fc.property(plans, (list) => {
        const reading = readBody(write(list, firstChild));
        expect(reading.kind).toBe('plans');
        if (reading.kind !== 'plans') return;
        const shown = reading.plans.map(({ localAuthority, officeHours, emergencyDutyTeam }) =>
          [localAuthority, officeHours[0]?.copy, emergencyDutyTeam[0]?.copy].join(),
        );
        const expected = list.map(({ localAuthority, officeHours, emergencyDutyTeam }) =>
          [localAuthority, officeHours, emergencyDutyTeam].join(),
        );
        expect(shown.toSorted()).toEqual(expected.toSorted());
      }),
    );
  });

  test('H2: no JSON makes it throw, and none but an empty searchset is "no record"', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(read(format, text)).toEqual({ kind: 'unreadable' });
      }),
    );
    const anything = fc.anything({ maxDepth: 3, withNullPrototype: false });
    const odd = fc.record(
      {
        resourceType: fc.constant('Bundle'),
        type: fc.constant('searchset'),
        total: fc.oneof(fc.nat(2), anything),
        link: fc.oneof(fc.array(anything), anything),
        entry: fc.oneof(
          fc.array(fc.record({ resource: anything, search: anything }, { requiredKeys: [] })),
          anything,
        ),
      },
      { requiredKeys: ['resourceType', 'type'] },
    );
    fc.assert(
      fc.property(odd, (value) => {
        const text = JSON.stringify(value, (_key, member: unknown) =>
          typeof member === 'bigint' ? Number(member) : member,
        );
        const reading = read(format, text);
        const sent = readJson(new TextEncoder().encode(text));
        const isEmpty =
          typeof sent === 'object' &&
          sent !== null &&
          'total' in sent &&
          sent.total === 0 &&
          (!('entry' in sent) || (Array.isArray(sent.entry) && sent.entry.length === 0));
        if (!isEmpty) expect(reading.kind).not.toBe('no-record');
      }),
      { numRuns: 500 },
    );
  });

  test('H2: bytes that were cut off, changed, left out or put in never make "no record" or hide a plan', () => {
    const damage = fc.oneof(
      fc.record({ kind: fc.constant('cut'), at: fc.nat(), length: fc.constant(0), byte: fc.constant(0) }),
      fc.record({
        kind: fc.constantFrom('change', 'leave-out', 'put-in'),
        at: fc.nat(),
        length: fc.integer({ min: 1, max: 400 }),
        byte: fc.oneof(fc.integer({ min: 0x20, max: 0x7e }), fc.nat(255)),
      }),
    );
    fc.assert(
      fc.property(plans, damage, (list, { kind, at, length, byte }) => {
        const intact = Buffer.from(JSON.stringify(write(list, firstChild)));
        const position = at % intact.length;
        const before = intact.subarray(0, position);
        const after = {
          cut: () => Buffer.alloc(0),
          change: () => Buffer.concat([Buffer.from([byte]), intact.subarray(position + 1)]),
          'leave-out': () => intact.subarray(position + length),
          'put-in': () => Buffer.concat([Buffer.from([byte]), intact.subarray(position)]),
        }[kind];
        const damaged = Buffer.concat([before, after?.() ?? Buffer.alloc(0)]).toString();
        expectNoneLost(read(format, damaged), list.length);
      }),
      { numRuns: 2_000 },
    );
  });

  test('H2: a member that is missing or of another type never makes "no record" or hides a plan', () => {
    const replacement = fc.constantFrom<unknown>(undefined, null, 0, 1, '', 'x', true, [], {}, [null], [{}]);
    fc.assert(
      fc.property(
        plans,
        fc.array(fc.tuple(fc.nat(), replacement), { minLength: 1, maxLength: 3 }),
        (list, harm) => {
          const body: unknown = structuredClone(write(list, firstChild));
          for (const [at, value] of harm) replaceMember(body, at, structuredClone(value));
          expectNoneLost(readBody(body), list.length);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  test('ten thousand plans are all read', () => {
    const localAuthorities = Array.from({ length: 10_000 }, (_unused, index) => `Authority ${index}`);
    const many = localAuthorities.map((localAuthority) => ({ ...currentPlan, localAuthority }));
    expect(plansIn(write(many, firstChild))).toHaveLength(10_000);
  });
});

/** Replaces one member anywhere in a JSON value except `total`: with a changed total an empty list could be true. */
function replaceMember(root: unknown, at: number, value: unknown): void {
  const places: (() => void)[] = [];
  const visit = (node: unknown) => {
    if (Array.isArray(node)) {
      for (const [index, member] of node.entries()) {
        places.push(() => {
          if (value === undefined) node.splice(index, 1);
          else node[index] = value;
        });
        visit(member);
      }
    } else if (typeof node === 'object' && node !== null) {
      for (const [key, member] of Object.entries(node)) {
        if (key === 'total') continue;
        places.push(() => {
          if (value === undefined) Reflect.deleteProperty(node, key);
          else Reflect.set(node, key, value);
        });
        visit(member);
      }
    }
  };
  visit(root);
  places[at % Math.max(1, places.length)]?.();
}
