/**
 * What a clinician is told of a patient's record beside the banner: restricted, dead, no longer registered in England, the
 * number on which an unborn child's plan is, what PDS does not give.
 * Source: PDS FHIR API, Patient, with the extensions DeathNotificationStatus and RemovalFromRegistration.
 */
import type * as v from 'valibot';
import {
  type ClinicalDate,
  compareWithDay,
  parseFhirDate,
  type ukDate,
  wholeMonths,
} from '../../../shared/clinical/clinical-date.ts';
import type { PatientBannerText, PatientNote } from '../../../shared/clinical/patient.ts';
import { concept, object, objects, period, token } from '../fhir/elements.ts';
import { notKnown } from './patient-name.ts';

export const patientExtensions = objects({
  url: token,
  extension: objects({ url: token, valueCodeableConcept: object(concept), valuePeriod: period }),
});

type Extensions = v.InferOutput<typeof patientExtensions>;
type Day = ReturnType<typeof ukDate>;

interface Facts {
  readonly isRestricted: boolean;
  readonly isNamed: boolean;
  readonly birthDate: ClinicalDate | undefined;
  readonly gender: string | undefined;
  readonly extensions: Extensions;
}

/** In the order of the screen. */
export function describePatient(facts: Facts, banner: PatientBannerText, today: Day): readonly PatientNote[] {
  return [
    ...restriction(facts),
    ...death(facts, banner),
    ...registration(facts, today),
    ...unbornPlan(facts, banner, today),
    ...gaps(facts, banner),
  ];
}

const restrictedSentence =
  'This record is restricted. Do not tell anyone, or let anyone see, what could show where this patient lives or is placed.';

function restriction({ isRestricted }: Facts): readonly PatientNote[] {
  return isRestricted ? [{ kind: 'restricted', sentence: restrictedSentence }] : [];
}

type DeathNotification = 'informal' | 'formal' | 'removed';

function readDeathNotification(extensions: Extensions): DeathNotification | undefined {
  const [status] = membersOf(extensions, 'Extension-UKCore-DeathNotificationStatus');
  switch (codeOf(status, 'deathNotificationStatus')) {
    case '1':
      return 'informal';
    case '2':
      return 'formal';
    case 'U':
      return 'removed';
    default:
      return undefined;
  }
}

/** Also without a date of death. */
export function isNotifiedDead(extensions: Extensions): boolean {
  const notification = readDeathNotification(extensions);
  return notification === 'informal' || notification === 'formal';
}

function death({ extensions }: Facts, { died }: PatientBannerText): readonly PatientNote[] {
  if (died === undefined) return [];
  return [{ kind: 'deceased', sentence: deathSentence(readDeathNotification(extensions)) }];
}

function deathSentence(notification: DeathNotification | undefined): string {
  switch (notification) {
    case 'informal':
      return 'The Personal Demographics Service has a report that this patient has died. The death has not been registered.';
    case 'formal':
      return 'The Personal Demographics Service records that this patient has died. The death has been registered.';
    case 'removed':
      return 'The Personal Demographics Service records that this patient has died, but has removed the report of the death. Take extra care that this is the right patient.';
    case undefined:
      return 'The Personal Demographics Service records that this patient has died.';
  }
}

/** Moved to Scotland, to Northern Ireland, abroad. Other reasons, such as a practice's own, say nothing of England. */
const hasLeftEngland: ReadonlySet<string | undefined> = new Set(['SCT', 'NIT', 'EMB']);

/** H1: CP-IS covers England only. H13: a restricted record says nothing of where its patient lives. */
function registration({ isRestricted, extensions }: Facts, today: Day): readonly PatientNote[] {
  const isRemoved = membersOf(extensions, 'Extension-PDS-RemovalFromRegistration').some(
    (removal) =>
      hasLeftEngland.has(codeOf(removal, 'removalFromRegistrationCode')) &&
      !hasEnded(memberOf(removal, 'effectiveTime')?.valuePeriod.end, today),
  );
  if (!isRemoved || isRestricted) return [];
  return [
    {
      kind: 'left-england',
      sentence: 'This patient is no longer registered in England. CP-IS covers England only.',
    },
  ];
}

const youngBabyMonths = 6;
const adultMonths = 18 * 12;

/** H8: a plan made before birth stays on the mother's number. A man's number never has one. */
function unbornPlan(
  { birthDate, gender }: Facts,
  { died }: PatientBannerText,
  today: Day,
): readonly PatientNote[] {
  const months = birthDate?.precision === 'day' ? wholeMonths(birthDate, today) : undefined;
  if (months === undefined) return [];
  if (months < youngBabyMonths) {
    return [
      {
        kind: 'young-baby',
        sentence:
          "A plan made before birth is held on the mother's NHS number. Check the mother's number as well.",
      },
    ];
  }
  if (months < adultMonths || gender === 'male' || died !== undefined) return [];
  return [{ kind: 'adult', sentence: "An unborn child's plan would be shown here." }];
}

function gaps({ isNamed }: Facts, { born, gender }: PatientBannerText): readonly PatientNote[] {
  const missing = [
    ...(isNamed ? [] : ['name']),
    ...(born.short === notKnown ? ['date of birth'] : []),
    ...(gender === notKnown ? ['gender'] : []),
  ];
  if (missing.length === 0) return [];
  return [
    {
      kind: 'incomplete',
      sentence: `The Personal Demographics Service does not give this patient's ${joinWords(missing)}. Take extra care that this is the right patient.`,
    },
  ];
}

type Members = Extensions[number]['extension'];

/** PDS and UK Core publish their extensions under two hosts; the last part of the address is the name. */
function membersOf(extensions: Extensions, name: string): readonly Members[] {
  return extensions.filter(({ url }) => url?.endsWith(`/${name}`) === true).map(({ extension }) => extension);
}

function memberOf(members: Members | undefined, name: string): Members[number] | undefined {
  return members?.find(({ url }) => url === name);
}

function codeOf(members: Members | undefined, name: string): string | undefined {
  return memberOf(members, name)?.valueCodeableConcept.coding[0]?.code;
}

function hasEnded(end: string | undefined, today: Day): boolean {
  const date = end === undefined ? undefined : parseFhirDate(end);
  return date !== undefined && compareWithDay(date, today) === 'before';
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
