/** What the screens say of a patient whom a search found. */
import type { SearchDifference } from '../../shared/clinical/patient.ts';
import type { SearchScope } from '../../shared/clinical/patient-search.ts';

export const foundByWords: Readonly<Record<SearchScope, string>> = {
  current: 'Current details',
  previous: 'A previous name',
  similar: 'Similar details',
};

export const detailWords: Readonly<Record<SearchDifference['detail'], string>> = {
  'family-name': 'Family name',
  'given-names': 'Given names',
  'date-of-birth': 'Date of birth',
};
