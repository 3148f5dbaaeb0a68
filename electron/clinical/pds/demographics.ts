/** Whether a patient that a search returned fits the details that were asked for (H3). */
import type { ParsedRequest } from '../../../shared/contract.ts';
import type { DemographicPatient } from './patient.ts';

export type Demographics = ParsedRequest<'patient.search'>;

/**
 * Only what is present and different counts against a patient: a gap is shown as a gap. Gender is not asked for, since
 * the one that PDS holds need not be the one by which the patient is known.
 */
export function fitsDemographics({ facts }: DemographicPatient, asked: Demographics): boolean {
  const { birthDate, names } = facts;
  return (
    (birthDate === undefined || birthDate === asked.dateOfBirth) &&
    isAmong(words(asked.familyName), names.flatMap(({ family }) => family ?? []).flatMap(words)) &&
    isAmong(asked.givenNames.flatMap(words), names.flatMap(({ given }) => given).flatMap(words))
  );
}

function isAmong(asked: readonly string[], known: readonly string[]): boolean {
  return known.length === 0 || asked.every((word) => known.includes(word));
}

/** Words without accents, case and punctuation. One with a wildcard of PDS's matches by PDS's own rules. */
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
