/** The fields of a search by name and date of birth, and what is wrong with them in a sentence each. */
import type { ukDate } from '../../../shared/clinical/clinical-date.ts';
import {
  mostGivenNames,
  problemOfSearchName,
  type SearchDetails,
  splitGivenNames,
  tidySearchName,
} from '../../../shared/clinical/patient-search.ts';
import type { FieldError } from '../../components/error-summary.tsx';
import { readDateOfBirth, type TypedDate } from './typed-date.ts';

export interface TypedSearch {
  readonly familyName: string;
  readonly givenNames: string;
  /** The earliest, where the day is not known. */
  readonly born: TypedDate;
  readonly isRange: boolean;
  readonly latest: TypedDate;
}

const emptyDate: TypedDate = { day: '', month: '', year: '' };
export const emptySearch: TypedSearch = {
  familyName: '',
  givenNames: '',
  born: emptyDate,
  isRange: false,
  latest: emptyDate,
};

export type SearchReading =
  | { readonly kind: 'read'; readonly details: SearchDetails }
  | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] };

/** `today` is the date of the United Kingdom. Checks what PDS would refuse, before anything is sent. */
export function readTypedSearch(typed: TypedSearch, today: ReturnType<typeof ukDate>): SearchReading {
  const familyName = tidySearchName(typed.familyName);
  const givenNames = splitGivenNames(tidySearchName(typed.givenNames));
  const errors = [...problemsOfFamilyName(familyName), ...problemsOfGivenNames(givenNames)];
  const earliest = readDateOfBirth(
    typed.born,
    today,
    typed.isRange ? 'earliest date of birth' : 'date of birth',
  );
  const latest = typed.isRange ? readDateOfBirth(typed.latest, today, 'latest date of birth') : earliest;
  if (earliest.kind === 'invalid') {
    errors.push({ fieldId: `born-${earliest.part}`, message: earliest.message });
  }
  if (latest.kind === 'invalid' && latest !== earliest) {
    errors.push({ fieldId: `latest-${latest.part}`, message: latest.message });
  }
  if (earliest.kind === 'invalid' || latest.kind === 'invalid') return { kind: 'invalid', errors };
  if (earliest.iso > latest.iso) {
    errors.push({
      fieldId: 'latest-day',
      message: 'Latest date of birth must not be before the earliest',
    });
  }
  if (errors.length > 0) return { kind: 'invalid', errors };
  const born = { earliest: earliest.iso, latest: latest.iso };
  return { kind: 'read', details: { familyName, givenNames, born } };
}

function problemsOfFamilyName(name: string): readonly FieldError[] {
  if (name === '') return [{ fieldId: 'family-name', message: 'Enter a family name' }];
  const problem = problemOfSearchName(name);
  return problem === undefined ? [] : [{ fieldId: 'family-name', message: `The family name ${problem}` }];
}

function problemsOfGivenNames(names: readonly string[]): readonly FieldError[] {
  if (names.length > mostGivenNames) {
    return [{ fieldId: 'given-name', message: `Enter at most ${mostGivenNames} given names` }];
  }
  const [problem] = names.flatMap((name) => problemOfSearchName(name) ?? []);
  return problem === undefined ? [] : [{ fieldId: 'given-name', message: `Each given name ${problem}` }];
}
