/**
 * Reads only the identifying details of a PDS patient: name, date of birth, gender, NHS number. The schema has no
 * addresses, phone numbers, practices or relations, so none of them leaves this file (H13).
 * Source: PDS FHIR API, Patient.
 */
import * as v from 'valibot';
import {
  compareWithDay,
  type DateText,
  formatAge,
  formatDate,
  parseFhirDate,
} from '../../../shared/clinical/clinical-date.ts';
import { formatNhsNumber, type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Death, PatientBannerText, PatientNote } from '../../../shared/clinical/patient.ts';
import { isResource, modifiesMeaning, type Resource } from '../fhir/bundle.ts';
import { gapIn, identifier, isGiven, object, objects, token } from '../fhir/elements.ts';
import { holdsAnotherNumber } from '../fhir/named-patients.ts';
import { isNhsNumberSystem } from '../fhir/nhs-number-identifier.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import type { Day, Today } from '../today.ts';
import {
  chooseName,
  formatName,
  type HumanName,
  hasName,
  humanNames,
  isInOneText,
  type NamePart,
  notKnown,
  type RecordedName,
  recordedName,
} from './patient-name.ts';
import {
  type Detail,
  deathNotificationOf,
  describePatient,
  patientExtensions,
  type Restriction,
} from './patient-notes.ts';

const patientSchema = v.object({
  id: token,
  identifier: objects(identifier),
  meta: object({ security: objects({ code: token }) }),
  name: humanNames,
  gender: token,
  birthDate: token,
  extension: patientExtensions,
});

export interface DemographicPatient {
  readonly nhsNumber: NhsNumber;
  readonly banner: PatientBannerText;
  /** All but the notes about a replaced NHS number and about the clock, which the client adds. */
  readonly notes: readonly PatientNote[];
  /** For comparison with the details of a search; never sent to the page. */
  readonly facts: {
    /** The name of the banner. */
    readonly name: HumanName | undefined;
    /** Every name that says something, the previous ones too. */
    readonly names: readonly RecordedName[];
    readonly birthDate: string | undefined;
  };
}

/**
 * Returns `undefined` if the body is no patient, or has no certain, valid NHS number (H3). `today`: the banner's age is
 * that of the first day; where the days do not agree, the notes are those of both (H20).
 */
export function readPatient(body: unknown, today: Today): DemographicPatient | undefined {
  if (!isResource(body) || body.resourceType !== 'Patient' || modifiesMeaning(body)) return undefined;
  const patient = v.parse(patientSchema, body);
  const nhsNumber = readNumber(patient, body['identifier']);
  if (nhsNumber === undefined) return undefined;
  const [day] = today;
  const chosen = chooseName(patient.name, today);
  const name = chosen.kind === 'none' ? undefined : chosen.name;
  const birthDate = readBirth(patient.birthDate, today);
  const { extension } = patient;
  const gender = typeof body['gender'] === 'string' ? patient.gender : undefined; // a number is no gender
  const notification = deathNotificationOf(extension);
  const death = readDeath(body, birthDate, day, notification);
  const banner: PatientBannerText = {
    name: formatName(name),
    born: describeBirth(birthDate, death.kind === 'died' ? undefined : day),
    gender: describeGender(gender),
    nhsNumber: formatNhsNumber(nhsNumber),
    death,
  };
  const given = (detail: string, known: boolean): Detail => (known ? 'known' : gapIn(body, detail));
  return {
    nhsNumber,
    banner,
    notes: describePatient(
      {
        restriction: readRestriction(patient),
        name: chosen,
        details: {
          name: given('name', chosen.kind !== 'none'),
          'family name': detailOf(name, 'family name'),
          'given names': detailOf(name, 'given names'),
          'date of birth': given('birthDate', birthDate !== undefined),
          gender: gender === 'unknown' ? 'missing' : given('gender', banner.gender !== notKnown),
        },
        birthDate,
        gender,
        extensions: extension,
        notification,
        death,
      },
      today,
    ),
    facts: {
      name,
      names: patient.name.filter(hasName).map((each) => recordedName(each, today)),
      birthDate: patient.birthDate,
    },
  };
}

/** H3: twins without given names differ by their numbers alone. Where there is no name at all, that is said instead. */
function detailOf(name: HumanName | undefined, part: NamePart): Detail {
  const gap = name?.gaps[part];
  if (name === undefined || gap === undefined) return 'known';
  return gap === 'missing' && isInOneText(name) ? 'known' : gap;
}

/** H13: PDS marks every record, and an unrestricted one with U; any other mark calls for caution, and so does none. */
function readRestriction({ meta }: v.InferOutput<typeof patientSchema>): Restriction {
  const marks = meta.security.map(({ code }) => code);
  if (marks.some((mark) => mark !== undefined && mark !== 'U')) return 'restricted';
  return marks.length > 0 && marks.every((mark) => mark === 'U') ? 'none' : 'unclear';
}

/**
 * The logical id of PDS is the NHS number. A record with an identifier of NHS numbers that differs from it, or cannot be read, is
 * not used, nor is one with another valid NHS number under any system: PDS identifies a patient by nothing else (H3).
 */
function readNumber(
  { id, identifier: identifiers }: v.InferOutput<typeof patientSchema>,
  given: unknown,
): NhsNumber | undefined {
  const parsed = parseNhsNumber(id ?? '');
  if (parsed.kind === 'invalid' || holdsAnotherNumber([given, identifiers], parsed.nhsNumber))
    return undefined;
  const stated = identifiers.filter(({ system }) => isNhsNumberSystem(system));
  return stated.every(({ value }) => value === parsed.nhsNumber) ? parsed.nhsNumber : undefined;
}

type BirthDate = ReturnType<typeof parseFhirDate>;

/** A year beyond the next one is damaged: the clock may be behind, but not by so much. */
function readBirth(given: string | undefined, today: Today): BirthDate {
  const date = given === undefined ? undefined : parseFhirDate(given);
  return date !== undefined && today.some(({ year }) => date.year <= year + 1) ? date : undefined;
}

/** `14-Aug-2015 (11y)`; without the age for a patient who has died. Who only may have died has the age of the living. */
function describeBirth(birthDate: BirthDate, today: Day | undefined): DateText {
  if (birthDate === undefined) return { short: notKnown, long: notKnown };
  return withAge(formatDate(birthDate), birthDate, today);
}

function withAge(text: DateText, birthDate: BirthDate, on: Day | undefined): DateText {
  const age = birthDate?.precision === 'day' && on !== undefined ? formatAge(birthDate, on) : undefined;
  return age === undefined
    ? text
    : { short: `${text.short} (${age.short})`, long: `${text.long}, ${age.long}` };
}

/**
 * An unreadable date still means that the patient has died. An empty date, a null or an unreadable flag may mean it, and never
 * means "alive". `none`: PDS says nothing of a death, or that there is none.
 */
function readDeath(
  patient: Resource,
  birthDate: BirthDate,
  today: Day,
  notification: ReturnType<typeof deathNotificationOf>,
): Death {
  // `_deceasedDateTime` alone has the extensions of a date that is not given.
  const dates = [patient['deceasedDateTime'], patient['_deceasedDateTime']];
  const isDateGiven = dates.some((date) => date !== undefined);
  const time = dates[0] ?? dates[1] ?? false;
  const saysNoDate = time === false || (typeof time === 'string' && time.trim() === '');
  if (!saysNoDate) {
    const date = typeof time === 'string' ? parseFhirDate(time) : undefined;
    if (date === undefined || compareWithDay(date, today) === 'after') return deathOnUnknownDate;
    return {
      kind: 'died',
      date: withAge(formatDate(date), birthDate, date.precision === 'day' ? date : undefined),
    };
  }
  const flag = patient['deceasedBoolean'];
  const text = typeof flag === 'string' ? flag.trim().toLowerCase() : flag;
  const isNotified = notification === 'informal' || notification === 'formal';
  if (isNotified || text === true || text === 'true') return deathOnUnknownDate;
  const isReadable =
    !isDateGiven && (text === false || text === 'false' || !isGiven(patient, 'deceasedBoolean'));
  return isReadable && notification !== 'unreadable' ? { kind: 'none' } : { kind: 'unclear' };
}

const deathOnUnknownDate: Death = { kind: 'died', date: { short: 'Date not known', long: 'Date not known' } };

function describeGender(gender: string | undefined): string {
  switch (gender) {
    case 'female':
      return 'Female';
    case 'male':
      return 'Male';
    case 'other':
      return 'Other';
    case 'unknown':
    case undefined:
      return notKnown;
    default:
      return sanitiseText(gender) ?? notKnown;
  }
}
