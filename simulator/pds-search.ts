/** `GET /Patient?family=…`: what matches, and what PDS refuses. */
import { parseFhirDate } from '../shared/clinical/clinical-date.ts';
import type { OutcomeText } from './operation-outcome.ts';
import type { SimulatedPatient } from './patients.ts';

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
  const family = parameters.get('family') ?? '';
  const born = parameters.get('birthdate') ?? '';
  if (family === '' || born === '') {
    return {
      kind: 'refused',
      outcome: {
        issue: 'required',
        code: 'INVALID_SEARCH_DATA',
        display: 'Search data is invalid',
        diagnostics: 'Not enough search parameters were provided to be able to make a search',
      },
    };
  }
  const birthDate = born.replace(/^eq/, '');
  if (parseFhirDate(birthDate)?.precision !== 'day') return invalidValue(born, 'birthdate');
  const asked = Number(parameters.get('_max-results') ?? mostResults);
  if (!Number.isInteger(asked) || asked < 1 || asked > mostResults) {
    return invalidValue(parameters.get('_max-results') ?? '', '_max-results');
  }
  if (family.toUpperCase() === crowdedFamily) return { kind: 'too-many' };

  const given = parameters.getAll('given');
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

/** Case does not count; a `*` after at least two letters stands for the rest. */
function nameMatches(asked: string, own: string): boolean {
  const [wanted, name] = [asked.trim().toLowerCase(), own.toLowerCase()];
  return /^.{2,}\*$/.test(wanted) ? name.startsWith(wanted.slice(0, -1)) : wanted === name;
}

function invalidValue(value: string, field: string): PatientSearch {
  return {
    kind: 'refused',
    outcome: {
      issue: 'value',
      code: 'INVALID_VALUE',
      display: 'Provided value is invalid',
      diagnostics: `Invalid value - '${value}' in field '${field}'`,
    },
  };
}
