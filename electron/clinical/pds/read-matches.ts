/**
 * The patients of a search, each judged on its own: one record that cannot be read, or does not belong to the search,
 * does not hide the others, and is counted (H3). A list that may lack a patient without saying so is not shown at all.
 */
import type { NhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import { isOfOneEntry } from '../fhir/bundle.ts';
import { namesAnotherPatient } from '../fhir/named-patients.ts';
import { isNhsNumber } from '../fhir/nhs-number-identifier.ts';
import { type Searchset, type SearchsetEntry, uniqueMatches } from '../fhir/searchset.ts';
import type { Today } from '../today.ts';
import { type DemographicPatient, readPatient } from './patient.ts';
import { compareWithSearch, type Demographics } from './search-comparison.ts';

export interface Matches {
  /** In the order of PDS, best first. */
  readonly shown: readonly PatientMatch[];
  readonly notShown: number;
}

/** `undefined`: not a complete list. */
export function readMatches(searchset: Searchset, searched: Demographics, today: Today): Matches | undefined {
  const { entries, defects, total, warned } = searchset;
  if (warned || !defects.every(isOfOneEntry)) return undefined;
  const unreadable = defects.length;
  const matches = entries.filter(({ mode }) => mode !== 'include');
  const { resources, counted } = uniqueMatches(matches);
  const includes = entries.filter(({ mode }) => mode === 'include').length;
  const received = counted + unreadable + includes;
  if (total > received) return undefined;
  const patients = resources
    .flatMap((resource) => readPatient(resource, today) ?? [])
    .filter(({ nhsNumber }) => !isAtAnotherAddress(nhsNumber, matches)); // H3
  const shown = oneForEachNumber(patients).flatMap((patient): readonly PatientMatch[] => {
    const comparison = compareWithSearch(patient, searched);
    const { nhsNumber, banner } = patient;
    return comparison === undefined ? [] : [{ nhsNumber, banner, comparison }];
  });
  const hidden = resources.length - shown.length + unreadable + includes;
  return { shown, notShown: hidden };
}

/** Whether an entry has this patient under the address of another. */
function isAtAnotherAddress(nhsNumber: NhsNumber, matches: readonly SearchsetEntry[]): boolean {
  const own = matches.filter(({ resource: { id } }) => isNhsNumber(String(id), nhsNumber));
  return namesAnotherPatient([own.map(({ fullUrl }) => fullUrl)], nhsNumber);
}

/** No rule says which of two records with one NHS number is right, so neither can be chosen. */
function oneForEachNumber(patients: readonly DemographicPatient[]): readonly DemographicPatient[] {
  const counts = new Map<NhsNumber, number>();
  for (const { nhsNumber } of patients) counts.set(nhsNumber, (counts.get(nhsNumber) ?? 0) + 1);
  return patients.filter(({ nhsNumber }) => counts.get(nhsNumber) === 1);
}
