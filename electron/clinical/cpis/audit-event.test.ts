import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccessView } from '../../../shared/clinical/cp-is.ts';
import { type Defect, readPage } from '../fhir/bundle.ts';
import { nhsNumberSystem } from '../fhir/nhs-number-identifier.ts';
import { joinPages } from '../fhir/searchset.ts';
import {
  auditEvent,
  auditEvents,
  firstChild,
  practitionerRole,
  searchset,
  secondChild,
} from '../testing/synthetic.ts';
import { historyIncomplete, readHistory } from './audit-event.ts';

async function read(body: unknown, defects: readonly Defect[] = [], endSlice = async () => {}) {
  const page = readPage(body);
  if (page === undefined) throw new Error('not a searchset');
  return readHistory(joinPages([page], defects), firstChild, endSlice);
}

async function accessesOf(body: unknown): Promise<readonly AccessView[]> {
  const reading = await read(body);
  if (reading.kind !== 'read') throw new Error('wrong patient');
  return reading.history.accesses;
}

const access = {
  recorded: '2026-07-01T23:30:00+00:00',
  name: 'Mrs Test NURSE',
  role: 'Midwifery sister',
  organisation: 'SYNTHETIC HOSPITAL (Z9A01)',
};

test('an access is shown in UK time with the texts as they come', async () => {
  expect(await read(auditEvents([access], firstChild))).toEqual({
    kind: 'read',
    history: {
      accesses: [
        {
          at: { short: '02-Jul-2026 00:30', long: '2 July 2026 at 00:30' },
          atSortKey: '2026-07-01T23:30:00.000Z',
          name: 'Mrs Test NURSE',
          role: 'Midwifery sister',
          organisation: 'SYNTHETIC HOSPITAL (Z9A01)',
        },
      ],
      incomplete: undefined,
    },
  });
});

test.each([{ recorded: {} }, { recorded: undefined, _recorded: { extension: [] } }])(
  'H15: a time that cannot be read is no gap, and the history says so: %j',
  async (further) => {
    const event = { ...auditEvent(access, firstChild, 'event-1'), ...further };
    expect(await read(searchset([event]))).toMatchObject({
      history: {
        accesses: [{ at: { short: 'Could not be read' }, atSortKey: '' }],
        incomplete: historyIncomplete,
      },
    });
  },
);

test('no access at all is a complete history', async () => {
  expect(await read(searchset([]))).toEqual({
    kind: 'read',
    history: { accesses: [], incomplete: undefined },
  });
});

test('newest first, whatever the offsets, and without a time last', async () => {
  const times = [
    '2026-01-01T10:00:00Z',
    'not a time',
    '2026-01-01T10:30:00+01:00',
    '2026-01-02',
    '2026-01-01T10:01:00Z',
  ];
  const accesses = times.map((recorded) => ({ recorded }));
  const shown = await accessesOf(auditEvents(accesses, firstChild));
  expect(shown.map(({ at }) => at.short)).toEqual([
    '02-Jan-2026',
    '01-Jan-2026 10:01',
    '01-Jan-2026 10:00',
    '01-Jan-2026 09:30',
    'not a time',
  ]);
});

describe('who looked', () => {
  const unreadable = 'Could not be read';
  const unread = { name: unreadable, role: unreadable, organisation: unreadable };
  const withheld = { extension: [{ url: 'x', valueCode: 'masked' }] };
  const gaps = { name: 'Not recorded', role: 'Not recorded', organisation: 'Not recorded' };
  const event = (agent: unknown, further: Record<string, unknown> = {}) =>
    searchset([{ resourceType: 'AuditEvent', id: 'a', recorded: access.recorded, agent, ...further }]);
  const author = (further: Record<string, unknown>) => [
    { type: { coding: [{ code: 'ASSIGNED' }] }, ...further },
  ];

  test.each<[string, unknown, Partial<AccessView>]>([
    ['no author', undefined, gaps],
    ['only the patient', [{ type: { coding: [{ code: 'PAT' }] }, requestor: 'true' }], gaps],
    ['a display', author({ who: { display: 'Dr A ' } }), { ...gaps, name: 'Dr A' }],
    [
      'a requestor in quotes, and not the system before it',
      [
        { requestor: 'false', who: { display: 'A system' } },
        { requestor: 'true', who: { display: 'Dr B' } },
      ],
      { ...gaps, name: 'Dr B' },
    ],
    [
      'the assigned, and not another requestor before it',
      [{ requestor: 'true', who: { display: 'A system' } }, ...author({ who: { display: 'Dr E' } })],
      { ...gaps, name: 'Dr E' },
    ],
    ['a requestor', [{ requestor: false }, { requestor: true, name: 'Dr C' }], { ...gaps, name: 'Dr C' }],
    [
      'a role of its own',
      author({ name: 'Dr D', role: [{ text: 'Doctor' }, { text: 'Lead' }] }),
      { ...gaps, name: 'Dr D', role: 'Doctor; Lead' },
    ],
    [
      'a role that is a code alone',
      author({ role: [{ coding: [{ code: 'R8000' }] }] }),
      { ...gaps, role: 'Code R8000' },
    ],
    ['rubbish', 'x', unread],
    ['rubbish in a list', [7], unread],
    ['an agent with nothing', [{}], unread],
    ['an agent with other members', [{ value: 'Dr A' }], unread],
    ['a person with other members', author({ who: { value: 'Dr A' } }), unread],
    ['a reference to what is not there', author({ who: { reference: 'PractitionerRole/x' } }), unread],
    ['a reference that is none', author({ who: { reference: {} } }), unread],
    ['a display that is none', author({ who: { display: {} } }), { ...gaps, name: unreadable }],
    ['a display that is withheld', author({ who: { _display: withheld } }), { ...gaps, name: unreadable }],
    ['a name that is none', author({ name: ['Dr A'] }), { ...gaps, name: unreadable }],
    ['a role that is none', author({ role: 'Nurse' }), { ...gaps, role: unreadable }],
    ['a role without words', author({ role: [{ coding: [{ system: 'urn:x' }] }] }), gaps],
    ['blank texts', author({ name: ' ', who: { display: '' } }), gaps],
  ])('%s', async (_name, agent, expected) => {
    expect(await accessesOf(event(agent))).toMatchObject([expected]);
    const isWhole = !Object.values(expected).includes(unreadable);
    expect(await read(event(agent))).toMatchObject({
      history: { incomplete: isWhole ? undefined : historyIncomplete },
    });
  });

  test.each<[Record<string, unknown>, Partial<AccessView>]>([
    [{ practitioner: { reference: 'Practitioner/x' } }, { name: unreadable }],
    [{ practitioner: 'Mrs Test NURSE' }, { name: unreadable }],
    [{ practitioner: { display: 5, _display: withheld } }, { name: '5' }],
    [{ practitioner: { display: 5e20 } }, { name: unreadable }],
    [{ practitioner: { _display: withheld } }, { name: unreadable }],
    [{ practitioner: {} }, { name: 'Not recorded' }],
    [{ organization: { value: 'HOSPITAL' } }, { organisation: unreadable }],
    [{ practitioner: { type: 'Practitioner' } }, { name: 'Not recorded' }],
    [{ practitioner: { identifier: { system: 'urn:x', value: '1' } } }, { name: 'Not recorded' }],
    [{ organization: { reference: {} } }, { organisation: unreadable }],
    [{ organization: [{ display: 'Clinic' }] }, { organisation: unreadable }],
    [{ code: 'Nurse' }, { role: unreadable }],
    [{ code: [{ text: {} }] }, { role: unreadable }],
    [{ code: [{ coding: [{ _display: withheld }] }] }, { role: unreadable }],
    [{ code: [{ coding: [{ code: 'R8000' }] }] }, { role: 'Code R8000' }],
    [{ code: [] }, { role: 'Not recorded' }],
  ])(
    'H15: of a role, what is given and cannot be read is not said to be missing: %j',
    async (further, expected) => {
      const whole = { name: access.name, role: access.role, organisation: access.organisation };
      const role = { ...practitionerRole(access, 'r'), ...further };
      const body = searchset([auditEvent(access, firstChild, 'a', 'PractitionerRole/r')], [role]);
      expect(await read(body)).toMatchObject({
        history: {
          accesses: [{ ...whole, ...expected }],
          incomplete: Object.values(expected).includes(unreadable) ? historyIncomplete : undefined,
        },
      });
    },
  );

  test('contained, and with references of its own', async () => {
    const contained = [
      {
        resourceType: 'PractitionerRole',
        id: 'r',
        practitioner: { reference: '#p' },
        organization: { reference: '#o' },
      },
      { resourceType: 'Practitioner', id: 'p', name: [{ family: 'NURSE', given: ['Test'], prefix: ['Mr'] }] },
      { resourceType: 'Organization', id: 'o', name: 'Clinic' },
    ];
    const accesses = await accessesOf(event(author({ who: { reference: '#r' } }), { contained }));
    expect(accesses).toMatchObject([{ name: 'Mr Test NURSE', organisation: 'Clinic' }]);
  });

  test('a device, whose texts may stand in odd places', async () => {
    const device = {
      resourceType: 'Device',
      id: 'd',
      deviceName: [{ name: '111 system' }],
      owner: { display: 'Call centre, Mocktown' },
    };
    const agent = author({ who: { reference: 'Device/d' }, role: [{ text: 'Lead Jo 01632 960401' }] });
    const audited = { resourceType: 'AuditEvent', id: 'a', recorded: access.recorded, agent };
    expect(await accessesOf(searchset([audited], [device]))).toMatchObject([
      { name: '111 system', role: 'Lead Jo 01632 960401', organisation: 'Call centre, Mocktown' },
    ]);
  });
});

describe('H15: an incomplete history says so, and shows what there is', () => {
  const whole = auditEvents([access], firstChild);
  const entries: readonly unknown[] = Array.isArray(whole['entry']) ? whole['entry'] : [];
  const outcome = (severity: string) => ({
    resource: { resourceType: 'OperationOutcome', issue: [{ severity }] },
    search: { mode: 'outcome' },
  });

  const wholeBeside = (entry: unknown) => ({ ...whole, entry: [...entries, entry] });

  test.each<[string, unknown, Defect?]>([
    ['a total that promises more', { ...whole, total: 2 }],
    ['an entry that cannot be read', wholeBeside(null)],
    ['an error inside', wholeBeside(outcome('error'))],
    ['a warning inside', wholeBeside(outcome('warning'))],
    ['a page that was not had', whole, 'next-page-unreachable'],
    ['a resource that is not in the answer', { ...whole, entry: entries.slice(0, 1) }],
    [
      'a match of another type',
      wholeBeside({ resource: { resourceType: 'List' }, search: { mode: 'match' } }),
    ],
  ])('%s', async (_name, body, defect) => {
    expect(await read(body, defect === undefined ? [] : [defect])).toMatchObject({
      kind: 'read',
      history: { accesses: [{ at: { short: '02-Jul-2026 00:30' } }], incomplete: historyIncomplete },
    });
  });

  test.each<[unknown, string | undefined]>([
    ['2026-07-01T10:00:00Z', undefined],
    ['2026-07-01', undefined],
    ['2026-07-01T', historyIncomplete],
    ['soon', historyIncomplete],
    [7, historyIncomplete],
    [null, historyIncomplete],
  ])('an access whose time is %j', async (recorded, incomplete) => {
    const resource = { ...auditEvent(access, firstChild, 'b', 'PractitionerRole/access-0-role'), recorded };
    const body = { ...whole, total: 2, entry: [...entries, { resource, search: { mode: 'match' } }] };
    expect(await read(body)).toMatchObject({ history: { accesses: { length: 2 }, incomplete } });
  });

  test('two persons under one id: neither is named', async () => {
    const other = practitionerRole({ ...access, name: 'Mr Other NURSE' }, 'access-0-role');
    const body = { ...whole, entry: [...entries, { resource: other, search: { mode: 'include' } }] };
    expect(await read(body)).toMatchObject({
      history: { accesses: [{ name: 'Could not be read' }], incomplete: historyIncomplete },
    });
  });

  test('included resources without a match', async () => {
    expect(await read({ ...searchset([], [practitionerRole(access, 'r')]), total: 0 })).toMatchObject({
      history: { accesses: [], incomplete: historyIncomplete },
    });
  });
});

test('H3: one access to another patient, and nothing is shown', async () => {
  const event = auditEvent(access, firstChild, 'a');
  const both = searchset([event, auditEvent(access, secondChild, 'b')]);
  expect(await read(both)).toEqual({ kind: 'wrong-patient' });
  const who = { reference: `Patient/${firstChild}` };
  for (const identifier of [
    { value: secondChild },
    { system: 'x', value: secondChild },
    { system: nhsNumberSystem.toUpperCase(), value: secondChild },
    [{ system: null, value: secondChild }],
  ]) {
    const agent = [{ type: { coding: [{ code: 'PAT' }] }, who: { ...who, identifier } }];
    expect(await read(searchset([{ ...event, agent }]))).toEqual({ kind: 'wrong-patient' });
  }
});

test('H3: a history that names another patient in any place is not shown', async () => {
  const link = [{ relation: 'self', url: `?patient:identifier=${nhsNumberSystem}|${secondChild}` }];
  const event = auditEvent(access, firstChild, 'a');
  const entity = [{ what: { reference: `Patient/${secondChild}` } }];
  for (const body of [
    searchset([event], [], { link }),
    searchset([], [], { link }),
    searchset([{ ...event, entity }]),
  ]) {
    expect(await read(body)).toEqual({ kind: 'wrong-patient' });
  }
});

test('H15: an access whose meaning is modified is left out, and that is said', async () => {
  const modified = { ...auditEvent(access, firstChild, 'a'), modifierExtension: [{ url: 'x' }] };
  expect(await read(searchset([modified, auditEvent(access, firstChild, 'b')]))).toMatchObject({
    kind: 'read',
    history: { accesses: { length: 1 }, incomplete: historyIncomplete },
  });
});

test('whatever the accesses, none is lost, and none is out of order', async () => {
  const text = fc.option(fc.stringMatching(/^[A-Z][a-z]{1,10}$/), { nil: undefined });
  const one = fc.record(
    {
      recorded: fc
        .date({ min: new Date('2000-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((date) => date.toISOString()),
      name: text,
      role: text,
      organisation: text,
    },
    { requiredKeys: ['recorded'] },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(one), async (list) => {
      const known = list.map(({ name, role, organisation, recorded }) => ({
        recorded,
        ...(name === undefined ? {} : { name }),
        ...(role === undefined ? {} : { role }),
        ...(organisation === undefined ? {} : { organisation }),
      }));
      const shown = await accessesOf(auditEvents(known, firstChild));
      const keys = shown.map(({ atSortKey }) => atSortKey);
      expect(keys).toEqual(
        list
          .map(({ recorded }) => recorded)
          .toSorted()
          .toReversed(),
      );
      const names = (values: readonly (string | undefined)[]) =>
        values.map((value) => value ?? 'Not recorded').toSorted();
      expect(names(shown.map(({ name }) => name))).toEqual(names(list.map(({ name }) => name)));
    }),
  );
});

test('the reading can end a slice before each access', async () => {
  const many = Array.from({ length: 250 }, () => access);
  let slices = 0;
  const endSlice = async () => {
    slices += 1;
  };
  const reading = await read(auditEvents(many, firstChild), [], endSlice);
  expect(reading).toMatchObject({ kind: 'read', history: { accesses: { length: 250 } } });
  expect(slices).toBeGreaterThan(250);
});
