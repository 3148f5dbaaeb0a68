/**
 * What a clinician is told of a patient's record beside the banner: restricted, dead, no longer registered in England, the
 * number on which an unborn child's plan is, what is missing, withheld or could not be read.
 * Source: PDS FHIR API, Patient, with the extensions DeathNotificationStatus and RemovalFromRegistration.
 */
import type * as v from 'valibot';
import {
  type ClinicalDate,
  compareWithDay,
  parseFhirDate,
  wholeMonths,
} from '../../../shared/clinical/clinical-date.ts';
import type { Death, PatientNote } from '../../../shared/clinical/patient.ts';
import { concept, type Gap, object, objects, period, token } from '../fhir/elements.ts';
import type { Day, Today } from '../today.ts';
import {
  type AnotherName,
  besideTheName,
  type ChosenName,
  type NamePart,
  type NameStanding,
} from './patient-name.ts';

export const patientExtensions = objects({
  url: token,
  extension: objects({ url: token, valueCodeableConcept: object(concept), valuePeriod: period }),
});

type Extensions = v.InferOutput<typeof patientExtensions>;

/** Whether PDS marks the record as restricted. */
export type Restriction = 'none' | 'restricted' | 'unclear';

export type Detail = 'known' | Gap;

interface Facts {
  readonly restriction: Restriction;
  readonly name: ChosenName;
  readonly details: Readonly<Record<'name' | NamePart | 'date of birth' | 'gender', Detail>>;
  readonly birthDate: ClinicalDate | undefined;
  readonly gender: string | undefined;
  readonly extensions: Extensions;
  readonly notification: DeathNotification | undefined;
  readonly death: Death;
}

/** In the order of the screen. */
export function describePatient(facts: Facts, today: Today): readonly PatientNote[] {
  return [
    ...restriction(facts),
    ...death(facts),
    ...nameInUse(facts),
    ...registration(facts, today),
    ...unbornPlan(facts, today),
    ...gaps(facts),
  ];
}

const takeCare = 'Take extra care that this is the right patient.';

const keepPlacement =
  'Do not tell anyone, or let anyone see, what could show where this patient lives or is placed.';

function restriction({ restriction }: Facts): readonly PatientNote[] {
  switch (restriction) {
    case 'none':
      return [];
    case 'restricted':
      return [{ kind: 'restricted', sentence: `This record is restricted. ${keepPlacement}` }];
    case 'unclear':
      return [
        {
          kind: 'restriction-unclear',
          sentence: `We could not read if this record is restricted. ${keepPlacement}`,
        },
      ];
  }
}

/** `unreadable`: PDS has a notification, and what it says could not be read. */
type DeathNotification = 'informal' | 'formal' | 'removed' | 'unreadable';

/** Of several, the one that is the most certain of a death. */
export function deathNotificationOf(extensions: Extensions): DeathNotification | undefined {
  const member = 'deathNotificationStatus';
  const found = membersOf(extensions, 'Extension-UKCore-DeathNotificationStatus', member).map((status) => {
    const codes = codesOf(status, member);
    return notificationCodes.find(([code]) => codes.includes(code))?.[1] ?? 'unreadable';
  });
  return (['formal', 'informal', 'unreadable', 'removed'] as const).find((each) => found.includes(each));
}

const notificationCodes = [
  ['2', 'formal'],
  ['1', 'informal'],
  ['U', 'removed'],
] as const;

function death({ death, notification }: Facts): readonly PatientNote[] {
  switch (death.kind) {
    case 'none':
      return [];
    case 'died':
      return [{ kind: 'deceased', sentence: deathSentence(notification) }];
    case 'unclear':
      return [{ kind: 'death-unclear', sentence: `We could not read if this patient has died. ${takeCare}` }];
  }
}

function deathSentence(notification: DeathNotification | undefined): string {
  switch (notification) {
    case 'informal':
      return 'The Personal Demographics Service has a report that this patient has died. The death has not been registered.';
    case 'formal':
      return 'The Personal Demographics Service records that this patient has died. The death has been registered.';
    case 'removed':
      return `The Personal Demographics Service records that this patient has died, but has removed the report of the death. ${takeCare}`;
    case 'unreadable':
    case undefined:
      return 'The Personal Demographics Service records that this patient has died.';
  }
}

/**
 * H3: the name shown may not be the one in use. H13: no other name is said here, since it may be a former one. Where no name
 * can be shown, `gaps` says so.
 */
function nameInUse({ name }: Facts): readonly PatientNote[] {
  if (name.kind === 'none') return [];
  const sentences = [...ofAnotherName(name.another, name.standing), ...ofShownName(name)];
  return sentences.length === 0
    ? []
    : [{ kind: 'name-unclear', sentence: [...sentences, takeCare].join(' ') }];
}

function ofAnotherName(another: AnotherName, shown: NameStanding): readonly string[] {
  switch (another) {
    case 'unreadable':
      return [
        'The Personal Demographics Service has another name for this patient that may be in use now. We could not read that one.',
      ];
    case 'unclear':
      return [
        'The Personal Demographics Service has another name for this patient. We could not read if that one is in use now.',
      ];
    case 'none':
      return shown === 'in-use' || shown === 'unclear'
        ? []
        : ['The Personal Demographics Service has no name for this patient that is in use now.'];
  }
}

function ofShownName({ name, standing }: Extract<ChosenName, { kind: 'chosen' }>): readonly string[] {
  const beside = besideTheName.get(name.use);
  switch (standing) {
    case 'in-use':
      return beside === undefined ? [] : [`The name shown is ${beside}.`];
    case 'unclear':
      return ['We could not read if the name shown is in use now.'];
    case 'ended':
    case 'previous':
      return ['The name shown is a previous one.'];
    case 'not-started':
      return ['The name shown is not in use yet.'];
  }
}

/** Moved to Scotland, to Northern Ireland, abroad. Other reasons, such as a practice's own, say nothing of England. */
const hasLeftEngland: ReadonlySet<string | undefined> = new Set(['SCT', 'NIT', 'EMB']);

/**
 * H1: CP-IS covers England only. H13: a restricted record says nothing of where its patient lives, and one that may be
 * restricted says the same whether or not its patient has left England: to say it of those alone would tell who has left.
 */
function registration({ restriction, extensions }: Facts, today: Today): readonly PatientNote[] {
  switch (restriction) {
    case 'none':
      return unrestrictedRegistration(extensions, today);
    case 'restricted':
      return [];
    case 'unclear':
      return [registrationNotSaid];
  }
}

const registrationNotSaid: PatientNote = {
  kind: 'registration-unclear',
  sentence:
    'This record may be restricted, so we do not say if this patient is still registered in England. CP-IS covers England only.',
};

function unrestrictedRegistration(extensions: Extensions, today: Today): readonly PatientNote[] {
  const member = 'removalFromRegistrationCode';
  const removals = membersOf(extensions, 'Extension-PDS-RemovalFromRegistration', member)
    .filter((removal) => !hasEnded(valuesOf(removal, 'effectiveTime')[0]?.valuePeriod.end, today))
    .map((removal) => codesOf(removal, member));
  if (removals.some((codes) => codes.some((code) => hasLeftEngland.has(code.toUpperCase())))) {
    return [
      {
        kind: 'left-england',
        sentence: 'This patient is no longer registered in England. CP-IS covers England only.',
      },
    ];
  }
  if (removals.every((codes) => codes.some(isRemovalCode))) return [];
  return [
    {
      kind: 'registration-unclear',
      sentence:
        'We could not read if this patient is still registered in England. CP-IS covers England only.',
    },
  ];
}

/** The codes of PDS for the reason have three letters; anything else is damaged. */
function isRemovalCode(code: string): boolean {
  return /^[A-Z]{3}$/i.test(code);
}

const youngBabyMonths = 6;
const adultMonths = 18 * 12;

/** H8: a plan made before birth stays on the mother's number. A man's number never has one. */
function unbornPlan({ birthDate, gender, death }: Facts, today: Today): readonly PatientNote[] {
  if (birthDate === undefined) return [];
  const months = today.map((day) => fewestMonths(birthDate, day)).filter((count) => count !== undefined);
  const isYoungBaby = months.some((count) => count < youngBabyMonths);
  const isAdult = months.some((count) => count >= adultMonths) && gender !== 'male' && death.kind !== 'died';
  return [
    ...(isYoungBaby
      ? [
          {
            kind: 'young-baby',
            sentence:
              "A plan made before birth is held on the mother's NHS number. Check the mother's number as well.",
          } as const,
        ]
      : []),
    ...(isAdult ? [{ kind: 'adult', sentence: "An unborn child's plan would be shown here." } as const] : []),
  ];
}

/** The least age on the day, where the date of birth is a month or a year. */
function fewestMonths(born: ClinicalDate, day: Day): number | undefined {
  if (born.precision === 'day') return wholeMonths(born, day);
  if (compareWithDay(born, day) === 'within') return 0;
  const month = born.precision === 'month' ? born.month : 12;
  return wholeMonths({ precision: 'day', year: born.year, month, day: 31 }, day);
}

function gaps({ details }: Facts): readonly PatientNote[] {
  const sentences = gapWords.flatMap(([gap, words]) => {
    const names = namesOf(details, gap);
    return names.length === 0 ? [] : [`${words} this patient's ${joinWords(names)}.`];
  });
  return sentences.length === 0 ? [] : [{ kind: 'incomplete', sentence: [...sentences, takeCare].join(' ') }];
}

const gapWords: readonly (readonly [Gap, string])[] = [
  ['missing', 'The Personal Demographics Service does not give'],
  ['withheld', 'The Personal Demographics Service withholds'],
  ['unreadable', 'We could not read'],
];

function namesOf(details: Facts['details'], state: Detail): readonly string[] {
  return Object.entries(details).flatMap(([name, detail]) => (detail === state ? [name] : []));
}

type Members = Extensions[number]['extension'];

/**
 * PDS and UK Core publish their extensions under two hosts; the last part of the address is the name, in whatever
 * letters, also with a slash or a version (`|1.0.0`) after it. One with a member of this name is one, whatever its address;
 * one whose `url` is no address is damaged, and may be any.
 */
function membersOf(extensions: Extensions, name: string, member: string): readonly Members[] {
  const isNamed = (url: string) =>
    url
      .toLowerCase()
      .replace(/\/*(?:\|.*)?$/, '')
      .endsWith(`/${name.toLowerCase()}`);
  return extensions
    .filter(
      ({ url, extension }) =>
        !isAddress(url) || isNamed(url) || extension.some((each) => each.url === member),
    )
    .map(({ url, extension }) => (isAddress(url) ? extension : []));
}

function isAddress(url: string | undefined): url is string {
  return url?.includes(':') ?? false;
}

function valuesOf(members: Members, name: string): Members {
  return members.filter(({ url }) => url === name);
}

function codesOf(members: Members, name: string): readonly string[] {
  return valuesOf(members, name).flatMap(({ valueCodeableConcept }) =>
    valueCodeableConcept.coding.flatMap(({ code }) => code ?? []),
  );
}

function hasEnded(end: string | undefined, today: Today): boolean {
  const date = end === undefined ? undefined : parseFhirDate(end);
  return date !== undefined && today.every((day) => compareWithDay(date, day) === 'before');
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
