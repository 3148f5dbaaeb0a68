/** Whether a patient that a search returned matches the searched details (H3). */
import type { ParsedRequest } from '../../../shared/contract.ts';
import type { DemographicPatient } from './patient.ts';

export type Demographics = ParsedRequest<'patient.search'>;

/**
 * Only a detail that is present and different excludes a patient: a gap is shown as a gap. The search has no gender,
 * because the gender that PDS holds may differ from the one that the patient gives.
 */
export function fitsDemographics({ facts }: DemographicPatient, searched: Demographics): boolean {
  const { birthDate, names } = facts;
  return (
    (birthDate === undefined || birthDate === searched.dateOfBirth) &&
    isAmong(words(searched.familyName), names.flatMap(({ family }) => family ?? []).flatMap(words)) &&
    isAmong(searched.givenNames.flatMap(words), names.flatMap(({ given }) => given).flatMap(words))
  );
}

function isAmong(searched: readonly string[], known: readonly string[]): boolean {
  return known.length === 0 || searched.every((word) => known.includes(word));
}

/** Words without accents, case and punctuation. A word with a wildcard is left out: PDS has matched it by its own rules. */
function words(text: string): readonly string[] {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[\s-]+/)
    .filter((word) => !word.includes('*'))
    .map((word) => word.replace(/[^\p{L}\p{N}]/gu, ''))
    .filter((word) => word !== '');
}
