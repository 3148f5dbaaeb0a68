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
  type ukDate,
} from '../../../shared/clinical/clinical-date.ts';
import { formatNhsNumber, type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientBannerText, PatientNote } from '../../../shared/clinical/patient.ts';
import { isResource, modifiesMeaning, type Resource } from '../fhir/bundle.ts';
import { identifier, object, objects, token } from '../fhir/elements.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import { nhsNumberSystem, nhsNumbersOf } from '../fhir/subject.ts';
import { chooseName, formatName, type HumanName, hasName, humanName, notKnown } from './patient-name.ts';
import { describePatient, isNotifiedDead, patientExtensions } from './patient-notes.ts';

type Day = ReturnType<typeof ukDate>;

const patientSchema = v.object({
  id: token,
  identifier: objects(identifier),
  meta: object({ security: objects({ code: token }) }),
  name: objects(humanName),
  gender: token,
  birthDate: token,
  deceasedBoolean: v.optional(v.unknown()),
  deceasedDateTime: v.optional(v.unknown()),
  extension: patientExtensions,
});

export interface DemographicPatient {
  readonly nhsNumber: NhsNumber;
  readonly banner: PatientBannerText;
  /** All but the note about a replaced NHS number, which the client adds. */
  readonly notes: readonly PatientNote[];
  /** For comparison with the details of a search; never sent to the page. */
  readonly facts: {
    readonly name: HumanName | undefined;
    /** Every name that says something, the previous ones too. */
    readonly names: readonly HumanName[];
    readonly birthDate: string | undefined;
  };
}

/** Returns `undefined` if the body is no patient, or has no certain, valid NHS number (H3). */
export function readPatient(body: unknown, today: Day): DemographicPatient | undefined {
  if (!isResource(body) || body.resourceType !== 'Patient' || modifiesMeaning(body)) return undefined;
  const patient = v.parse(patientSchema, body);
  const nhsNumber = readNumber(patient);
  if (nhsNumber === undefined) return undefined;
  const name = chooseName(patient.name, today);
  const birthDate = patient.birthDate === undefined ? undefined : parseFhirDate(patient.birthDate);
  const { extension, gender, meta } = patient;
  const died =
    describeDeath(body, birthDate, today) ?? (isNotifiedDead(extension) ? dateNotKnown : undefined);
  const banner: PatientBannerText = {
    name: formatName(name),
    born: describeBirth(birthDate, died === undefined ? today : undefined),
    gender: describeGender(gender),
    nhsNumber: formatNhsNumber(nhsNumber),
    died,
  };
  return {
    nhsNumber,
    banner,
    notes: describePatient(
      {
        // H13: PDS marks an unrestricted record with U; any other mark calls for caution.
        isRestricted: meta.security.some(({ code }) => code !== 'U'),
        isNamed: hasName(name),
        birthDate,
        gender,
        extensions: extension,
      },
      banner,
      today,
    ),
    facts: { name, names: patient.name.filter(hasName), birthDate: patient.birthDate },
  };
}

/** The logical id of PDS is the NHS number; a record whose identifier differs is not used (H3). */
function readNumber(patient: v.InferOutput<typeof patientSchema>): NhsNumber | undefined {
  const parsed = parseNhsNumber(patient.id ?? '');
  if (parsed.kind === 'invalid') return undefined;
  const stated = nhsNumbersOf(patient.identifier.filter(({ system }) => system === nhsNumberSystem));
  return stated.every((text) => text === parsed.nhsNumber) ? parsed.nhsNumber : undefined;
}

type BirthDate = ReturnType<typeof parseFhirDate>;

/** `14-Aug-2015 (11y)`; without the age for a patient who has died. */
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

/** `14-Aug-2025 (10y)`, with the age at death. An unreadable date still means that the patient has died. */
function describeDeath(patient: Resource, birthDate: BirthDate, today: Day): DateText | undefined {
  // `_deceasedDateTime` alone has the extensions of a date that is not given.
  const time = patient['deceasedDateTime'] ?? patient['_deceasedDateTime'];
  if (time !== undefined && time !== null) {
    const date = typeof time === 'string' ? parseFhirDate(time) : undefined;
    if (date === undefined || compareWithDay(date, today) === 'after') return dateNotKnown;
    return withAge(formatDate(date), birthDate, date.precision === 'day' ? date : undefined);
  }
  const flag = patient['deceasedBoolean'];
  return flag === true || flag === 'true' ? dateNotKnown : undefined;
}

const dateNotKnown: DateText = { short: 'Date not known', long: 'Date not known' };

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
