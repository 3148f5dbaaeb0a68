/** Which identifiers of an answer are NHS numbers, and whether one is the requested patient's (H3). */
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';

export const nhsNumberSystem = 'https://fhir.nhs.uk/Id/nhs-number';

/**
 * Whether the system is that of NHS numbers, in whatever letters, with a slash at its end or another scheme, or as the OID
 * that HL7 v3 messages have for it: a number that is not compared could be another patient's.
 */
export function isNhsNumberSystem(system: unknown): boolean {
  if (typeof system !== 'string') return false;
  const folded = system
    .normalize('NFKC')
    .toLowerCase()
    .replace(/%[0-9a-f]{2}|[^a-z0-9.]/g, '');
  return folded.includes('nhsnumber') || folded.endsWith('2.16.840.1.113883.2.1.4.1');
}

/** The values given as NHS numbers, valid or not. */
export function nhsNumbersOf(
  identifiers: readonly { readonly system?: string | undefined; readonly value?: string | undefined }[],
): readonly string[] {
  return identifiers.flatMap(({ system, value }) =>
    value !== undefined && (system === undefined || isNhsNumberSystem(system)) ? [value] : [],
  );
}

/** Whether the text, separators aside, is this NHS number. */
export function isNhsNumber(text: string, requested: NhsNumber): boolean {
  const parsed = parseNhsNumber(text);
  return parsed.kind === 'valid' && parsed.nhsNumber === requested;
}
