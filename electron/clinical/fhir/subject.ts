/**
 * Whether a resource is about the requested patient (H3). FHIR lets a subject be named by identifier, by a
 * reference that ends in the NHS number (as PDS addresses patients), or by a Patient in the same answer.
 */
import * as v from 'valibot';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Resource } from './bundle.ts';
import { identifier, object, objects, type Reference, reference, token } from './elements.ts';
import type { References } from './references.ts';

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/** `unknown` is not `same`: a plan without a known subject is never shown as this patient's. */
export type SubjectComparison = 'same' | 'other' | 'unknown';

const withSubject = v.object({ subject: object(reference) });
const patientSchema = v.object({ id: token, identifier: objects(identifier) });

/** By the resource's own `subject`. */
export function compareSubject(
  resource: Resource,
  requested: NhsNumber,
  references: References,
): SubjectComparison {
  return comparePatientReference(v.parse(withSubject, resource).subject, resource, requested, references);
}

/** `container`: the resource with the reference, whose contained resources it may mean (H3). */
export function comparePatientReference(
  subject: Reference,
  container: Resource,
  requested: NhsNumber,
  references: References,
): SubjectComparison {
  const numbers = [
    ...nhsNumbersOf([subject.identifier]),
    ...numberInReference(subject.reference),
    ...references
      .resolve(subject.reference, container)
      .filter(({ resourceType }) => resourceType === 'Patient')
      .flatMap(numbersOfPatient),
  ];
  if (numbers.length === 0) return 'unknown';
  return numbers.every((number) => isNhsNumber(number, requested)) ? 'same' : 'other';
}

/** The values given as NHS numbers, valid or not. */
export function nhsNumbersOf(
  identifiers: readonly { readonly system?: string | undefined; readonly value?: string | undefined }[],
): readonly string[] {
  return identifiers.flatMap(({ system, value }) =>
    value !== undefined && (system === undefined || system === nhsNumberSystem) ? [value] : [],
  );
}

/** Whether the text, separators aside, is this NHS number. */
export function isNhsNumber(text: string, requested: NhsNumber): boolean {
  const parsed = parseNhsNumber(text);
  return parsed.kind === 'valid' && parsed.nhsNumber === requested;
}

function numberInReference(address: string | undefined): readonly string[] {
  const number =
    address === undefined ? undefined : /(?:^|[/|])(\d{10})(?:\/_history\/[^/]*)?$/.exec(address)?.[1];
  return number === undefined ? [] : [number];
}

function numbersOfPatient(patient: Resource): readonly string[] {
  const { id, identifier: identifiers } = v.parse(patientSchema, patient);
  const numbers = nhsNumbersOf(identifiers.filter(({ system }) => system === nhsNumberSystem));
  return id !== undefined && /^\d{10}$/.test(id) ? [id, ...numbers] : numbers;
}
