/** `GET /Patient?family=…`: finds the matches, and refuses the searches that PDS refuses. */
import { parseFhirDate } from '../../shared/clinical/clinical-date.ts';
import type { OutcomeText } from '../operation-outcome.ts';
import type { SimulatedPatient } from '../patients.ts';

export type PatientSearch =
  | { readonly kind: 'matches'; readonly patients: readonly SimulatedPatient[] }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'refused'; readonly outcome: OutcomeText };

/** PDS returns at most 50, and the simulator has a family that is larger than any search. */
const mostResults = 50;
const crowdedFamily = 'TOOMANY';

export function searchPatients(
  parameters: URLSearchParams,
  patients: readonly SimulatedPatient[],
): PatientSearch {
  const unknown = [...parameters.keys()].find((name) => !knownParameters.has(name));
  if (unknown !== undefined) {
    return refused({
      issue: 'value',
      code: 'ADDITIONAL_PROPERTIES',
      display: 'Additional properties found',
      diagnostics: `Invalid request with error - Additional properties are not allowed ('${unknown}' was unexpected)`,
    });
  }
  const family = parameters.get('family') ?? '';
  const given = parameters.getAll('given');
  const born = parameters.get('birthdate') ?? '';
  if (family === '' || born === '') {
    return invalidSearch('Not enough search parameters were provided to be able to make a search');
  }
  const problem = [family, ...given].flatMap((name) => problemOfName(name) ?? [])[0];
  if (problem !== undefined) return invalidSearch(problem);
  const birthDate = born.replace(/^eq/, '');
  if (parseFhirDate(birthDate)?.precision !== 'day') return invalidValue(born, 'birthdate');
  const asked = Number(parameters.get('_max-results') ?? mostResults);
  if (!Number.isInteger(asked) || asked < 1 || asked > mostResults) {
    return invalidValue(parameters.get('_max-results') ?? '', '_max-results');
  }
  if (family.toUpperCase() === crowdedFamily) return { kind: 'too-many' };

  const gender = parameters.get('gender');
  const found = patients.filter(
    (patient) =>
      patient.pds.kind !== 'superseded' &&
      patient.pds.kind !== 'withdrawn' &&
      patient.birthDate === birthDate &&
      nameMatches(family, patient.family) &&
      given.every((name) => patient.given.some((own) => nameMatches(name, own))) &&
      (gender === null || patient.gender === gender),
  );
  return found.length > asked ? { kind: 'too-many' } : { kind: 'matches', patients: found };
}

const knownParameters: ReadonlySet<string> = new Set([
  'family',
  'given',
  'gender',
  'birthdate',
  'address-postalcode',
  '_max-results',
  '_exact-match',
  '_history',
  '_fuzzy-match',
]);

function problemOfName(name: string): string | undefined {
  if (name.length > 35) return 'A name has more than 35 characters';
  const wildcard = name.indexOf('*');
  return wildcard === 0 || wildcard === 1 ? 'A wildcard must follow at least two characters' : undefined;
}

/** Case does not count; a `*` stands for any characters. A name with a blank in it is one compound name. */
function nameMatches(asked: string, own: string): boolean {
  const parts = asked
    .trim()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(own);
}

function invalidSearch(diagnostics: string): PatientSearch {
  return refused({
    issue: 'required',
    code: 'INVALID_SEARCH_DATA',
    display: 'Search data is invalid',
    diagnostics,
  });
}

function refused(outcome: OutcomeText): PatientSearch {
  return { kind: 'refused', outcome };
}

function invalidValue(value: string, field: string): PatientSearch {
  return refused({
    issue: 'value',
    code: 'INVALID_VALUE',
    display: 'Provided value is invalid',
    diagnostics: `Invalid value - '${value}' in field '${field}'`,
  });
}
