/**
 * Damages each member of an answer as services and programs between them may: empty, null, a number for a text, a date that
 * is none, other letters, another order; and puts what belongs to another patient into it. No answer becomes "no record",
 * no plan is lost, nothing of another patient is shown, and no damaged value is shown as a whole one (H1, H2, H3, H6, H7).
 */
import { describe, expect, test } from 'vitest';
import type { CarePlanView } from '../../shared/clinical/cp-is.ts';
import { isJsonObject } from '../../shared/json.ts';
import { createCareTeamFormat } from './cpis/care-team.ts';
import { createPatientFlagsFormat } from './cpis/patient-flags.ts';
import { readPlans } from './cpis/read-plans.ts';
import type { WireFormat } from './cpis/wire-format.ts';
import { readPage } from './fhir/bundle.ts';
import { joinPages } from './fhir/searchset.ts';
import { readPatient } from './pds/patient.ts';
import { readMatches } from './pds/read-matches.ts';
import { damagedForms, type Replacements } from './testing/damage.ts';
import {
  carePlan,
  careTeam,
  careTeams,
  currentPlan,
  endedPlan,
  firstChild,
  flag,
  patient,
  patientFlags,
  searchFor,
  searchset,
  secondChild,
} from './testing/synthetic.ts';
import type { Today } from './today.ts';

const today: Today = [{ precision: 'day', year: 2026, month: 11, day: 23 }];

const ofList = (change: (list: readonly unknown[]) => unknown) => (value: unknown) =>
  Array.isArray(value) ? change(value) : value;
const ofText = (change: (text: string) => unknown) => (value: unknown) =>
  typeof value === 'string' ? change(value) : value;
const ofDate = (change: (date: string) => unknown) =>
  ofText((text) => (/^\d{4}-\d\d-\d\d/.test(text) ? change(text) : text));

/** Dates that are none. */
const impossibleDates: Replacements = {
  '30 February': ofDate(() => '2026-02-30'),
  '31 November': ofDate(() => '2026-11-31'),
  'month 13': ofDate(() => '2026-13-01'),
  'year 0': ofDate(() => '0000-01-01'),
  'year 1': ofDate(() => '0001-01-01T00:00:00Z'),
  'a minus before it': ofDate((date) => `-${date}`),
  slashes: ofDate(() => '15/01/2026'),
  'hour 25': ofDate((date) => `${date.slice(0, 10)}T25:00:00Z`),
  'no time zone': ofDate((date) => `${date.slice(0, 10)}T10:00:00`),
};

const numbers: Replacements = {
  'its digits as a number': ofText((text) => (/^\d+$/.test(text) ? Number(text) : 7)),
  'a huge number': ofText(() => 1e308),
  'a number with too many digits': ofText(() => 2 ** 64),
  'a fraction': ofText(() => 1_632_960_001.5),
};

const shapes: Replacements = {
  null: () => null,
  emptied: (value) => (Array.isArray(value) ? [] : isJsonObject(value) ? {} : ofText(() => '')(value)),
  'null before it': ofList((list) => [null, ...list]),
  'null after it': ofList((list) => [...list, null]),
  twice: ofList((list) => [...list, ...list]),
  'the other way round': ofList((list) => list.toReversed()),
  'the list as an object': ofList((list) => ({ ...list })),
  'the object as a list': (value) => (isJsonObject(value) ? Object.values(value) : value),
  'small letters': ofText((text) => text.toLowerCase()),
  capitals: ofText((text) => text.toUpperCase()),
};

/** What a service may give as well. */
const wholeDates: Replacements = {
  'a year': ofDate((date) => date.slice(0, 4)),
  'a month': ofDate((date) => date.slice(0, 7)),
  'the last year': ofDate(() => '9999-12-31'),
};

const every: Replacements = { ...impossibleDates, ...numbers, ...shapes, ...wholeDates };
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe.each<[string, WireFormat, typeof careTeams]>([
  [
    'CareTeam',
    createCareTeamFormat({ baseUrl: 'https://example.test/FHIR/R4', includePractitionerRole: false }),
    careTeams,
  ],
  ['Patient Flags', createPatientFlagsFormat({ baseUrl: 'https://example.test/FHIR/R4' }), patientFlags],
])('the plans of %s', (_name, format, write) => {
  const plans = [{ ...currentPlan, end: '2027-01-01' }, endedPlan];
  const body = json(write(plans, firstChild));

  function read(answer: unknown) {
    const page = readPage(answer);
    return page && readPlans(format, joinPages([page], []), firstChild, today);
  }

  const plansIn = (answer: unknown): readonly CarePlanView[] | undefined => {
    const reading = read(answer);
    return reading?.kind === 'plans' ? reading.plans : undefined;
  };

  test('H2, H11: no damage makes "no record" of them, or takes a card away', () => {
    const found = damagedForms(body, every).filter(({ body: answer }) => {
      const reading = read(answer);
      return (
        reading?.kind === 'no-record' || (reading?.kind === 'plans' && reading.plans.length < plans.length)
      );
    });
    expect(found.map(({ what }) => what)).toEqual([]);
  });

  test('H6: a date that is none makes its plan unclear, and no plan current or ended', () => {
    const found = damagedForms(body, impossibleDates).filter(({ what, body: answer }) => {
      const plansRead = plansIn(answer);
      // Where the end has passed, the start decides nothing.
      const isDecided = plansRead?.some(
        ({ status, end }) => status === 'ended' && end.short === '01-Mar-2026',
      );
      const statuses = plansRead?.map(({ status }) => status) ?? ['unknown'];
      return (
        what.includes('period.') && !statuses.includes('unknown') && !(what.includes('start') && isDecided)
      );
    });
    expect(found.map(({ what }) => what)).toEqual([]);
  });

  test('H7: no other number is shown as a whole one', () => {
    const textsOf = (shown: readonly CarePlanView[]) =>
      shown.flatMap(({ officeHours, emergencyDutyTeam, otherContacts }) =>
        [...officeHours, ...emergencyDutyTeam, ...otherContacts.map(({ number }) => number)].flatMap(
          ({ text, copy, looksIncomplete }) => (copy === undefined || looksIncomplete ? [] : [text]),
        ),
      );
    const known = new Set(textsOf(plansIn(body) ?? []));
    const found = damagedForms(body, every).filter(({ what, body: answer }) => {
      // Another whole number has its digits.
      const isAnother = /value: its digits as a number$/.test(what);
      return !isAnother && textsOf(plansIn(answer) ?? []).some((text) => !known.has(text));
    });
    expect(found.map(({ what }) => what)).toEqual([]);
  });

  test('H11: in any order the same cards', () => {
    const whole = plansIn(body);
    expect(whole).toHaveLength(2);
    const { entry } = write(plans, firstChild);
    expect(
      plansIn({ ...write(plans, firstChild), entry: ofList((list) => list.toReversed())(entry) }),
    ).toEqual(whole);
  });

  const theirs = { ...currentPlan, localAuthority: 'Their Council' };
  const byReference = { subject: { reference: `Patient/${secondChild}` } };
  const contained = {
    subject: { reference: '#p' },
    contained: [{ ...patient(secondChild), id: 'p' }],
  };
  test.each<[string, Record<string, unknown>]>([
    ['a plan', careTeam(theirs, secondChild, 'theirs')],
    ['a plan, by reference', { ...careTeam(theirs, secondChild, 'theirs'), ...byReference }],
    ['a plan with its patient inside', { ...careTeam(theirs, secondChild, 'theirs'), ...contained }],
    ['a plan under the same id', careTeam(theirs, secondChild, 'team-0')],
    ['a care plan', carePlan(theirs, secondChild, 'theirs')],
    ['a care plan under the same id', carePlan(theirs, secondChild, 'plan-0')],
    ['a care plan with its patient inside', { ...carePlan(theirs, secondChild, 'plan-0'), ...contained }],
    ['a flag', flag(['plan-0'], secondChild, { id: 'theirs' })],
    ['a flag under the same id', flag(['plan-0'], secondChild, { id: 'flag-plan-0' })],
    ['the record of a patient', patient(secondChild)],
  ])(
    'H3: what belongs to another patient is not shown, nor is the answer "no record": %s',
    (_what, resource) => {
      for (const answer of [write(plans, firstChild), write([], firstChild)]) {
        const { entry = [] } = answer;
        const entries = Array.isArray(entry) ? entry : [];
        for (const search of [{ search: { mode: 'match' } }, { search: { mode: 'include' } }, {}]) {
          const theirEntry = { ...search, resource };
          for (const total of [entries.length, entries.length + 1, 0]) {
            for (const together of [
              [theirEntry, ...entries],
              [...entries, theirEntry],
            ]) {
              const reading = read({ ...answer, total, entry: together });
              expect(['wrong-patient', 'record-mentioned', 'unreadable']).toContain(reading?.kind);
            }
          }
        }
      }
    },
  );
});

describe('a patient', () => {
  const code = (url: string, value: string) => ({ url, valueCodeableConcept: { coding: [{ code: value }] } });
  const extension = (name: string, member: string, value: string, further: readonly unknown[] = []) => [
    {
      url: `https://example.test/StructureDefinition/${name}`,
      extension: [code(member, value), ...further],
    },
  ];
  const until = { url: 'effectiveTime', valuePeriod: { start: '2020-01-01', end: '2027-01-01' } };
  test.each<[string, string, Record<string, unknown>]>([
    ['dead, with a date', 'deceased', { deceasedDateTime: '2025-08-14' }],
    [
      'dead, by a notification',
      'deceased',
      { extension: extension('Extension-UKCore-DeathNotificationStatus', 'deathNotificationStatus', '1') },
    ],
    [
      'no longer in England',
      'left-england',
      {
        extension: extension('Extension-PDS-RemovalFromRegistration', 'removalFromRegistrationCode', 'SCT', [
          until,
        ]),
      },
    ],
    ['restricted', 'restricted', { meta: { security: [{ code: 'R' }] } }],
  ])('H1, H3, H13: that is %s: no damaged member takes the note away', (_name, kind, further) => {
    const unclear: Readonly<Record<string, string>> = {
      deceased: 'death-unclear',
      'left-england': 'registration-unclear',
      restricted: 'restriction-unclear',
    };
    const found = damagedForms(json(patient(firstChild, further)), every).filter(({ what, body }) => {
      const member = Object.keys(further).find((name) => what.startsWith(name));
      const kinds = readPatient(body, today)?.notes.map((note) => note.kind);
      if (member === undefined || kinds === undefined) return false;
      return !kinds.some((one) => one === kind || one === unclear[kind]);
    });
    // An empty list is none.
    const isNone = /^extension: emptied$/;
    expect(found.map(({ what }) => what).filter((what) => !isNone.test(what))).toEqual([]);
  });

  test('H3: a name, a date of birth or a gender that was damaged is not shown as the whole one', () => {
    const name = [
      { use: 'usual', family: 'Example', given: ['Robin', 'Sam'], period: { start: '2015-08-14' } },
    ];
    const body = json(patient(firstChild, { name }));
    const known = readPatient(body, today)?.banner;
    const found = damagedForms(body, every).filter(({ what, body: damaged }) => {
      const read = readPatient(damaged, today);
      if (read === undefined) return false;
      const isSame =
        read.banner.name === known?.name &&
        read.banner.born.short === known.born.short &&
        read.banner.gender === known.gender;
      const isSaid = read.notes.some(({ kind }) => kind === 'incomplete' || kind === 'name-unclear');
      // The same names in another order, or given twice, are theirs. Letters and a year are shown as they came.
      const isWhole =
        /(?:given: (?:twice|the other way round)|given\.\d: (?:small letters|capitals)|gender: capitals|birthDate: a (?:year|month))$/;
      return !isSame && !isSaid && !isWhole.test(what);
    });
    expect(found.map(({ what }) => what)).toEqual([]);
  });
});

test('H3: no damage takes a match from a list without being counted, or shows one number twice', () => {
  const sam = { name: [{ use: 'usual', family: 'Example', given: ['Sam'] }] };
  const body = json(searchset([patient(firstChild), patient(secondChild, sam)]));
  const found = damagedForms(body, every).filter(({ body: answer }) => {
    const page = readPage(answer);
    const list = page && joinPages([page], []);
    if (list === undefined) return false;
    const matches = readMatches(list, searchFor('Example', '2015-08-14'), today);
    const nhsNumbers = matches?.shown.map(({ nhsNumber }) => nhsNumber) ?? [];
    const isCounted = matches === undefined || nhsNumbers.length + matches.notShown >= 2;
    return list.isEmptyResult || !isCounted || new Set(nhsNumbers).size < nhsNumbers.length;
  });
  expect(found.map(({ what }) => what)).toEqual([]);
});
