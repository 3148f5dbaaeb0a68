/**
 * Whether a resource is about the requested patient (H3). FHIR lets a subject be named by identifier, by a
 * reference that ends in the NHS number (as PDS addresses patients), or by a Patient in the same answer.
 */
import * as v from 'valibot';
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Resource } from './bundle.ts';
import { identifier, object, objects, reference, token } from './elements.ts';
import { holdsAnotherNumber } from './named-patients.ts';
import { isNhsNumber, isNhsNumberSystem, nhsNumbersOf } from './nhs-number-identifier.ts';
import type { References } from './references.ts';

/** `unknown` is not `same`: a plan without a known subject is never shown as this patient's. */
export type SubjectComparison = 'same' | 'other' | 'unknown';

const referenceSchema = object(reference);
const patientSchema = v.object({ id: token, identifier: objects(identifier) });

/** By the resource's own `subject`. */
export function compareSubject(
  resource: Resource,
  requested: NhsNumber,
  references: References,
): SubjectComparison {
  return comparePatientReference(resource['subject'], resource, requested, references);
}

/**
 * `given`: the reference as it came. `container`: the resource with the reference, whose contained resources it may mean. A
 * valid NHS number of another patient counts in whichever system and in whichever member it stands (H3).
 */
export function comparePatientReference(
  given: unknown,
  container: Resource,
  requested: NhsNumber,
  references: References,
): SubjectComparison {
  const subject = v.parse(referenceSchema, given);
  if (holdsAnotherNumber([given, subject], requested)) return 'other';
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

function numberInReference(address: string | undefined): readonly string[] {
  const number =
    address === undefined ? undefined : /(?:^|[/|])(\d{10})(?:\/_history\/[^/]*)?$/.exec(address)?.[1];
  return number === undefined ? [] : [number];
}

function numbersOfPatient(patient: Resource): readonly string[] {
  const { id, identifier: identifiers } = v.parse(patientSchema, patient);
  const numbers = nhsNumbersOf(identifiers.filter(({ system }) => isNhsNumberSystem(system)));
  return id !== undefined && /^\d{10}$/.test(id) ? [id, ...numbers] : numbers;
}
