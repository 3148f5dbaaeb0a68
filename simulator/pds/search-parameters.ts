import { parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import type { OutcomeText } from '../operation-outcome.ts';

export interface SearchParameters {
  readonly family: string | undefined;
  readonly given: readonly string[];
  readonly gender: string | undefined;
  /** Both days are included: `YYYY-MM-DD`. */
  readonly born: { readonly from: string; readonly to: string };
  readonly postcode: string | undefined;
  readonly practice: string | undefined;
  readonly mostResults: number;
  readonly exact: boolean;
  readonly history: boolean;
  readonly fuzzy: boolean;
}

export type ParametersReading =
  | { readonly kind: 'read'; readonly parameters: SearchParameters }
  | { readonly kind: 'refused'; readonly outcome: OutcomeText };

const mostResults = 50;
const longestName = 35;
const genders: ReadonlySet<string> = new Set(['male', 'female', 'other', 'unknown']);

const known: ReadonlySet<string> = new Set([
  'family',
  'given',
  'gender',
  'birthdate',
  'address-postalcode',
  'address-postcode',
  'general-practitioner',
  '_max-results',
  '_exact-match',
  '_history',
  '_fuzzy-match',
]);

/**
 * Reads the parameters of `GET /Patient?family=…`, and refuses what PDS refuses.
 * Source: NHS England, PDS FHIR API specification, "Search for a patient".
 */
export function readSearchParameters(query: URLSearchParams): ParametersReading {
  const names = [...query.keys()];
  if (names.length === 0) {
    return refused({
      issue: 'not-supported',
      code: 'UNSUPPORTED_SERVICE',
      display: 'Unsupported Service',
    });
  }
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined) {
    return refused({
      issue: 'value',
      code: 'ADDITIONAL_PROPERTIES',
      display: 'Additional properties found',
      diagnostics: `Invalid request with error - Additional properties are not allowed ('${unknown}' was unexpected)`,
    });
  }
  for (const name of ['_exact-match', '_history', '_fuzzy-match']) {
    const value = query.get(name);
    if (value !== null && value !== 'true' && value !== 'false') return invalidValue(value, name);
  }
  const gender = textOf(query, 'gender');
  if (gender !== undefined && !genders.has(gender)) return invalidValue(gender, 'gender');
  const most = query.get('_max-results') ?? String(mostResults);
  if (!/^\d+$/.test(most) || Number(most) < 1 || Number(most) > mostResults) {
    return invalidValue(most, '_max-results');
  }
  const born = readBorn(query.getAll('birthdate'));
  if (born.kind === 'refused') return born;

  const family = textOf(query, 'family');
  const given = query.getAll('given').filter((name) => name !== '');
  const postcode = textOf(query, 'address-postalcode') ?? textOf(query, 'address-postcode');
  const fuzzy = query.get('_fuzzy-match') === 'true';
  const searchNames = [...(family === undefined ? [] : [family]), ...given];
  const problem =
    searchNames.flatMap((name) => problemOfName(name, fuzzy) ?? [])[0] ??
    problemOfCombination({ family, given, born: born.range, gender, postcode, fuzzy });
  if (problem !== undefined || born.range === undefined) return invalidSearch(problem ?? tooFew);
  return {
    kind: 'read',
    parameters: {
      family,
      given,
      gender,
      born: born.range,
      postcode,
      practice: textOf(query, 'general-practitioner'),
      mostResults: Number(most),
      exact: query.get('_exact-match') === 'true',
      history: fuzzy || query.get('_history') === 'true',
      fuzzy,
    },
  };
}

function textOf(query: URLSearchParams, name: string): string | undefined {
  const value = query.get(name);
  return value === null || value === '' ? undefined : value;
}

type BornReading =
  | { readonly kind: 'read'; readonly range: SearchParameters['born'] | undefined }
  | Extract<ParametersReading, { kind: 'refused' }>;

/** `eq`, or `ge` and `le` together, or one of them alone. */
function readBorn(values: readonly string[]): BornReading {
  let from = '0001-01-01';
  let to = '9999-12-31';
  const seen = new Set<string>();
  for (const value of values) {
    const [, prefix = '', day = ''] = /^(eq|ge|le)?(.*)$/s.exec(value) ?? [];
    if (parseFhirDate(day)?.precision !== 'day') return invalidValue(value, 'birthdate');
    if (seen.has(prefix)) return invalidSearch('The same date of birth parameter was provided twice');
    seen.add(prefix);
    if (prefix !== 'le' && day > from) from = day;
    if (prefix !== 'ge' && day < to) to = day;
  }
  return { kind: 'read', range: values.length === 0 ? undefined : { from, to } };
}

function problemOfName(name: string, fuzzy: boolean): string | undefined {
  if (name.length > longestName) return `A name has more than ${longestName} characters`;
  const wildcard = name.indexOf('*');
  if (wildcard >= 0 && fuzzy) return 'Wildcards cannot be used in a fuzzy search';
  return wildcard === 0 || wildcard === 1 ? 'A wildcard must follow at least two characters' : undefined;
}

const tooFew = 'Not enough search parameters were provided to be able to make a search';

function problemOfCombination(
  asked: Pick<SearchParameters, 'family' | 'given' | 'gender' | 'postcode' | 'fuzzy'> & {
    readonly born: SearchParameters['born'] | undefined;
  },
): string | undefined {
  const { family, given, born, gender, postcode, fuzzy } = asked;
  if (born === undefined) return tooFew;
  if (!fuzzy) return family === undefined ? tooFew : undefined;
  const isNamed = family !== undefined && given.length > 0;
  const isPlaced =
    (family !== undefined || given.length > 0) && gender !== undefined && postcode !== undefined;
  return isNamed || isPlaced ? undefined : tooFew;
}

function invalidSearch(diagnostics: string): Extract<ParametersReading, { kind: 'refused' }> {
  return refused({
    issue: 'required',
    code: 'INVALID_SEARCH_DATA',
    display: 'Search data is invalid',
    diagnostics,
  });
}

function invalidValue(value: string, field: string): Extract<ParametersReading, { kind: 'refused' }> {
  return refused({
    issue: 'value',
    code: 'INVALID_VALUE',
    display: 'Provided value is invalid',
    diagnostics: `Invalid value - '${value}' in field '${field}'`,
  });
}

function refused(outcome: OutcomeText): Extract<ParametersReading, { kind: 'refused' }> {
  return { kind: 'refused', outcome };
}
