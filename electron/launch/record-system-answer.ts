import { parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import { parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Fault, launchDetails, makeFault } from '../../shared/fault.ts';
import { nhsNumberSystem, type PatientContext, readIdentifier, userIdSystem } from './launch-link.ts';
import type { Redeemed } from './pending-launch.ts';

/** A value as the answer has it. */
export type Named = 'not-asked' | { readonly value: unknown };

export type RecordSystemAnswer =
  | {
      readonly kind: 'answered';
      readonly nhsNumber: unknown;
      readonly nhsNumberForm: 'identifier' | 'number';
      readonly birthDate: Named;
      readonly userId: Named;
    }
  | { readonly kind: 'failed'; readonly fault: Fault };

/**
 * Reads the answer of a record system to a SMART launch by the rules of the environment: an NHS number in the form that the
 * environment names, or no patient. SMART's `patient` is the id of a FHIR resource, which a record system may form from the
 * NHS number or not.
 * Source: HL7 SMART App Launch 2.2, "Launch context arrives with your access_token".
 */
export function readRecordSystemAnswer(answer: RecordSystemAnswer, newId: () => string): Redeemed {
  if (answer.kind === 'failed') return answer;
  const nhsNumber = readNhsNumber(answer.nhsNumber, answer.nhsNumberForm);
  const birthDate = readNamed(answer.birthDate, readDay);
  const practitioner = readNamed(answer.userId, readUser);
  if (nhsNumber === undefined) return refused(launchDetails.noPatient, newId);
  if (birthDate === 'missing' || practitioner === 'missing')
    return refused(launchDetails.detailMissing, newId);
  return {
    kind: 'context',
    context: {
      nhsNumber,
      birthDate,
      practitioner,
      location: undefined,
      notBefore: undefined,
      notAfter: undefined,
    },
  };
}

function refused(detail: (typeof launchDetails)[keyof typeof launchDetails], newId: () => string): Redeemed {
  return { kind: 'failed', fault: makeFault('launch-refused', newId(), detail) };
}

function readNhsNumber(
  value: unknown,
  form: 'identifier' | 'number',
): PatientContext['nhsNumber'] | undefined {
  const text = typeof value === 'string' ? value : '';
  const { system, value: number } =
    form === 'number' ? { system: nhsNumberSystem, value: text } : (readIdentifier(text) ?? noIdentifier);
  // `parseNhsNumber` reads what a person types; a record system has no reason for blanks.
  if (system !== nhsNumberSystem || !/^\d{10}$/.test(number)) return undefined;
  const parsed = parseNhsNumber(number);
  return parsed.kind === 'valid' ? parsed.nhsNumber : undefined;
}

const noIdentifier = { system: '', value: '' };

/** What the environment asks for must be there. */
function readNamed<Value>(
  named: Named,
  read: (text: string) => Value | undefined,
): Value | undefined | 'missing' {
  if (named === 'not-asked') return undefined;
  return typeof named.value === 'string' ? (read(named.value) ?? 'missing') : 'missing';
}

function readDay(text: string): string | undefined {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && parseFhirDate(text)?.precision === 'day' ? text : undefined;
}

/** The user id alone, or as an identifier. */
function readUser(text: string): PatientContext['practitioner'] {
  if (/^\d{12}$/.test(text)) return { system: userIdSystem, value: text };
  const identifier = readIdentifier(text);
  return identifier?.system === userIdSystem ? identifier : undefined;
}
