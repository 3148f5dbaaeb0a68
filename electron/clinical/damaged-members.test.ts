/**
 * Damages each member of an answer in each way, one at a time. What was there must not be shown as missing: no record,
 * not recorded, no end date, no note (H1, H2, H7, H15). What is taken out altogether cannot be told from a gap.
 */
import { describe, expect, test } from 'vitest';
import { readHistory } from './cpis/audit-event.ts';
import { createCareTeamFormat } from './cpis/care-team.ts';
import { createPatientFlagsFormat } from './cpis/patient-flags.ts';
import { readPlans } from './cpis/read-plans.ts';
import type { WireFormat } from './cpis/wire-format.ts';
import { readPage } from './fhir/bundle.ts';
import { joinPages } from './fhir/searchset.ts';
import { readPatient } from './pds/patient.ts';
import { damagedForms as formsOf, type Replacements, withheld } from './testing/damage.ts';
import {
  auditEvents,
  carePlan,
  careTeams,
  currentPlan,
  endedPlan,
  firstChild,
  flag,
  flagCareTeam,
  patient,
  patientFlags,
  searchset,
} from './testing/synthetic.ts';
import type { Today } from './today.ts';

const today: Today = [{ precision: 'day', year: 2026, month: 11, day: 23 }];

/** Each leaves something in the member's place. */
const replacements: Replacements = {
  null: () => null,
  'an object without members': () => ({}),
  'an object around it': (value) => ({ value }),
  'a list around it': (value) => [value],
  'two lists around it': (value) => [[value]],
  true: () => true,
  false: () => false,
  zero: () => 0,
  'another word': () => 'x',
  'why there is none': () => withheld,
  'its JSON': (value) => (typeof value === 'string' ? `"${value}"` : JSON.stringify(value)),
  'more after it': (value) => (typeof value === 'string' ? `${value} (old)` : value),
  capitals: (value) => (typeof value === 'string' ? value.toUpperCase() : value),
};

const damagedForms = (body: unknown) => formsOf(body, replacements);

function pagesOf(body: unknown) {
  const page = readPage(body);
  return page === undefined ? undefined : joinPages([page], []);
}

const gap = /not recorded|no end date/i;

describe('the plans of an answer', () => {
  const plans = [{ ...currentPlan, end: '2027-01-01' }, endedPlan];
  const careTeamFormat = createCareTeamFormat({
    baseUrl: 'https://example.test/FHIR/R4',
    includePractitionerRole: false,
  });
  const flagsFormat = createPatientFlagsFormat({ baseUrl: 'https://example.test/FHIR/R4' });

  test.each<[string, WireFormat, unknown]>([
    ['CareTeam', careTeamFormat, careTeams(plans, firstChild)],
    ['Patient Flags', flagsFormat, patientFlags(plans, firstChild)],
  ])('H2, H6, H7, H11: a damaged member of %s is nowhere shown as a gap', (_name, format, body) => {
    const found: string[] = [];
    for (const { what, body: damaged } of damagedForms(JSON.parse(JSON.stringify(body)))) {
      const searchset = pagesOf(damaged);
      if (searchset === undefined) continue;
      const reading = readPlans(format, searchset, firstChild, today);
      if (reading.kind === 'no-record') found.push(`${what}: no record`);
      if (reading.kind !== 'plans') continue;
      if (reading.plans.length < plans.length) found.push(`${what}: a card less`);
      for (const { title, start, end, localAuthority, ...contacts } of reading.plans) {
        const { officeHours, emergencyDutyTeam, otherContacts } = contacts;
        const texts = [title, start.short, end.short, localAuthority];
        const slots = [officeHours, emergencyDutyTeam].map((numbers) => numbers.length);
        // A number whose purpose is another word stands under that word.
        const contactsShown = slots.filter((count) => count > 0).length + otherContacts.length;
        if (texts.some((text) => gap.test(text)) || contactsShown < 2) found.push(`${what}: a gap`);
      }
    }
    expect(found).toEqual([]);
  });

  test('H2, H11: a damaged code of another flag hides no plan, and is "no record" only where its category can be read', () => {
    const system = 'https://fhir.nhs.uk/England/CodeSystem/England-FlagCategoryPatient';
    const words = { display: 'Needs a quiet room' };
    const other = {
      ...flag([], firstChild, { id: 'other' }),
      code: { coding: [{ system: 'http://snomed.info/sct', code: '1', ...words }], text: words.display },
      category: [{ coding: [{ system, code: 'NRAF', ...words }] }],
    };
    const details = [carePlan(currentPlan, firstChild), flagCareTeam(currentPlan)];
    const read = (body: unknown) => {
      const page = pagesOf(body);
      return page && readPlans(flagsFormat, page, firstChild, today);
    };
    const found: string[] = [];
    for (const { what, body } of damagedForms(other)) {
      if (!/^(?:code|category)\b/.test(what)) continue;
      const alone = read(searchset([body]))?.kind;
      const beside = read(searchset([body, flag(['plan-1'], firstChild)], details));
      // The words of a code, its system, and which code it is within the programme, leave the category as it is.
      const isHarmless =
        /(?:system|display|text): |^code\.coding\.0\.code: (?:another word|its JSON|more after it)/.test(
          what,
        );
      if (alone !== (isHarmless ? 'no-record' : 'unreadable')) found.push(`${what}: ${alone}`);
      const isShown = beside?.kind === 'plans' && beside.mayBeMore === !isHarmless;
      if (!isShown) found.push(`${what}: with a plan: ${beside?.kind}`);
    }
    expect(found).toEqual([]);
  });
});

test('H15: a damaged member of the history is nowhere shown as a gap, unless the history says that it is not all there', async () => {
  const access = { name: 'Mrs Test NURSE', role: 'Sister', organisation: 'SYNTHETIC HOSPITAL' };
  const body = auditEvents(
    [
      { ...access, recorded: '2026-07-01T10:00:00Z' },
      { ...access, recorded: '2026-06-01T10:00:00Z' },
    ],
    firstChild,
  );
  const found: string[] = [];
  for (const { what, body: damaged } of damagedForms(JSON.parse(JSON.stringify(body)))) {
    const searchset = pagesOf(damaged);
    const reading = searchset && (await readHistory(searchset, firstChild, async () => {}));
    if (reading?.kind !== 'read' || reading.history.incomplete !== undefined) continue;
    const { accesses } = reading.history;
    const texts = accesses.flatMap(({ at, name, role, organisation }) => [
      at.short,
      name,
      role,
      organisation,
    ]);
    if (accesses.length < 2 || texts.some((text) => gap.test(text))) found.push(what);
  }
  // A person with nothing in it is a gap as the services write it.
  expect(
    found.filter((what) => !/(?:practitioner|organization|who): an object without members$/.test(what)),
  ).toEqual([]);
});

describe('a patient', () => {
  const coded = (url: string, code: string) => ({ url, valueCodeableConcept: { coding: [{ code }] } });
  const extension = (name: string, member: string, code: string) => [
    { url: `https://example.test/StructureDefinition/${name}`, extension: [coded(member, code)] },
  ];
  test.each<[string, Record<string, unknown>]>([
    ['dead, with a date', { deceasedDateTime: '2025-08-14' }],
    ['dead, by a flag', { deceasedBoolean: true }],
    [
      'dead, by a notification',
      { extension: extension('Extension-UKCore-DeathNotificationStatus', 'deathNotificationStatus', '1') },
    ],
    [
      'no longer in England',
      { extension: extension('Extension-PDS-RemovalFromRegistration', 'removalFromRegistrationCode', 'SCT') },
    ],
    ['restricted', { meta: { security: [{ code: 'R' }] } }],
    ['with a name that has ended', { name: [{ use: 'usual', family: 'A', period: { end: '2020-01-01' } }] }],
  ])('H1, H3, H13: that is %s: no damaged member takes the note away', (_name, further) => {
    const members = Object.keys(further);
    const body = JSON.parse(JSON.stringify(patient(firstChild, further)));
    const [kind] = readPatient(body, today)?.notes.map((note) => note.kind) ?? [];
    const found: string[] = [];
    for (const { what, body: damaged } of damagedForms(body)) {
      const kinds = readPatient(damaged, today)?.notes.map((note) => note.kind) ?? [kind];
      const isSaid = kinds.some((one) => one === kind || one === unclear[kind ?? '']);
      // The code and the address of another thing, and the flag of the living, are not damaged.
      const isAnother = /(?:code|url|use): |deceasedBoolean: false|end: (?:more after it|another word)/.test(
        what,
      );
      if (members.some((member) => what.startsWith(member)) && !isSaid && !isAnother) found.push(what);
    }
    expect(found).toEqual([]);
  });
});

describe('the names of a patient', () => {
  // As PDS writes them.
  const called = (use: string, family: string, given: readonly string[], period?: object) => ({
    id: `name-${family}`,
    use,
    ...(period === undefined ? {} : { period }),
    given,
    family,
    prefix: ['Miss'],
    suffix: ['MBE'],
  });
  const withoutTitle = (body: unknown) => readPatient(body, today)?.banner.name.split(' (')[0];
  const usual = called('usual', 'Example', ['Robin', 'Sam'], { start: '2015-08-14' });
  const official = called('official', 'Official', ['Robin']);
  const nickname = called('nickname', 'Example', ['Nick'], { start: '2018-01-01' });
  const temporary = called('temp', 'Temporary', ['Baby'], { start: '2015-08-14' });
  const former = called('usual', 'Former', ['Robin'], { start: '2015-08-14', end: '2016-01-01' });
  const old = called('old', 'Old', ['Robin'], { start: '2015-08-14', end: '2016-01-01' });
  const later = called('usual', 'Later', ['Robin'], { start: '2020-01-01' });

  test.each([
    [[usual]],
    [[usual, official]],
    [[usual, nickname, temporary]],
    [[official, old]],
    [[usual, former, later, old]],
    [[former, nickname]],
    [[nickname, temporary]],
    [[old, former]],
    [[{ use: 'usual', text: 'Robin Example' }, nickname]],
  ])('H3: where one is damaged, the name shown is the same, or has a note: %#', (name) => {
    const body = JSON.parse(JSON.stringify(patient(firstChild, { name })));
    const best = withoutTitle(body);
    const found: string[] = [];
    for (const { what, body: damaged } of damagedForms(body)) {
      if (!what.startsWith('name')) continue;
      const read = readPatient(damaged, today);
      const hasNote = read?.notes.some(({ kind }) => kind === 'name-unclear' || kind === 'incomplete');
      // Another text is another name, and looks like one.
      const isText = /\.(?:family|given|text)\S*: (?:another word|its JSON|more after it|capitals)$/.test(
        what,
      );
      if (withoutTitle(damaged) !== best && hasNote !== true && !isText) found.push(what);
    }
    expect(best).toBeDefined();
    expect(found).toEqual([]);
  });
});

const unclear: Readonly<Record<string, string>> = {
  deceased: 'death-unclear',
  'left-england': 'registration-unclear',
  restricted: 'restriction-unclear',
  // Where no name is left to be shown.
  'name-unclear': 'incomplete',
};
