import type { OutcomeText } from '../operation-outcome.ts';
import type { SimulatedName, SimulatedPatient } from '../patients.ts';
import { home } from './patient.ts';
import { readSearchParameters, type SearchParameters } from './search-parameters.ts';
import { soundex } from './soundex.ts';

export interface PatientMatch {
  readonly patient: SimulatedPatient;
  /** 1 for a match in every detail, less for a partial one. */
  readonly score: number;
}

export type PatientSearch =
  | { readonly kind: 'matches'; readonly matches: readonly PatientMatch[] }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'refused'; readonly outcome: OutcomeText };

/**
 * `GET /Patient?family=…`: finds the matches as PDS does, best first. An ordinary search compares the names in use, one
 * with `_history` those of the past too, and one with `_fuzzy-match` homophones and transposed names as well.
 * Source: NHS England, PDS FHIR API specification, "Search options".
 */
export function searchPatients(query: URLSearchParams, patients: readonly SimulatedPatient[]): PatientSearch {
  const reading = readSearchParameters(query);
  if (reading.kind === 'refused') return reading;
  const { parameters } = reading;
  const matches = patients
    .flatMap((patient) => {
      const score = scoreOf(patient, parameters);
      return score === undefined || (parameters.exact && score < 1) ? [] : [{ patient, score }];
    })
    .toSorted((a, b) => b.score - a.score);
  return matches.length > parameters.mostResults ? { kind: 'too-many' } : { kind: 'matches', matches };
}

/** How a name or a date of birth fits what was asked for: in full, in part, or not at all. */
type Fit = 'full' | 'part' | undefined;

/** `undefined`: no match. */
function scoreOf(patient: SimulatedPatient, asked: SearchParameters): number | undefined {
  if (patient.pds.kind === 'superseded' || patient.pds.kind === 'withdrawn') return undefined;
  if (asked.gender !== undefined && patient.gender !== asked.gender) return undefined;
  if (!isPlacedAt(patient, asked)) return undefined;
  const fits = [fitOfNames(patient, asked), fitOfBirth(patient.birthDate, asked)];
  if (fits.includes(undefined)) return undefined;
  return fits.reduce((score, fit) => (fit === 'part' ? score - 0.25 : score), 1);
}

/** Restricted patients are never found by a place, and a fuzzy search uses the practice for the score alone. */
function isPlacedAt({ pds }: SimulatedPatient, { postcode, practice, fuzzy }: SearchParameters): boolean {
  if (postcode === undefined && practice === undefined) return true;
  if (pds.kind === 'restricted') return false;
  const compact = (text: string) => text.replaceAll(' ', '');
  return (
    (postcode === undefined || fits(compact(postcode), compact(home.postcode))) &&
    (practice === undefined || fuzzy || practice === home.practice)
  );
}

function fitOfNames(patient: SimulatedPatient, asked: SearchParameters): Fit {
  const usual = { family: patient.family, given: patient.given };
  const previous = asked.history ? (patient.previousNames ?? []) : [];
  const others = [...(patient.otherNames ?? []), ...previous];
  const hasWildcard = [asked.family ?? '', ...asked.given].some((name) => name.includes('*'));
  if (nameFits(usual, asked)) return hasWildcard ? 'part' : 'full';
  const isAlike = (name: Name) => asked.fuzzy && soundsLike(name, asked);
  return [usual, ...others].some((name) => nameFits(name, asked) || isAlike(name)) ? 'part' : undefined;
}

type Name = Pick<SimulatedName, 'family' | 'given'>;

function nameFits({ family, given }: Name, asked: SearchParameters): boolean {
  return (
    (asked.family === undefined || fits(asked.family, family)) &&
    asked.given.every((name) => given.some((own) => fits(name, own)))
  );
}

/** Homophones, and a family name and a given name in each other's place. */
function soundsLike({ family, given }: Name, asked: SearchParameters): boolean {
  const [askedFamily = '', askedGiven = '', ownFamily = '', ownGiven = ''] = [
    asked.family,
    asked.given[0],
    family,
    given[0],
  ].map((name) => soundex(name ?? ''));
  const isSame = (a: string, b: string) => a === '' || a === b;
  return (
    (isSame(askedFamily, ownFamily) && isSame(askedGiven, ownGiven)) ||
    (isSame(askedFamily, ownGiven) && isSame(askedGiven, ownFamily))
  );
}

/**
 * What a fuzzy search makes of a date that fits in part is not published. The simulator finds a patient whose day and
 * month are the other way round, so that the viewer meets a match with another date of birth.
 */
function fitOfBirth(birthDate: string | undefined, { born, fuzzy }: SearchParameters): Fit {
  if (birthDate === undefined) return undefined;
  const isWithin = (day: string) => day >= born.from && day <= born.to;
  if (isWithin(birthDate)) return 'full';
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return fuzzy && isWithin(`${year}-${day}-${month}`) ? 'part' : undefined;
}

/** Case does not count; a `*` stands for any characters. A name with a blank in it is one compound name. */
function fits(asked: string, own: string): boolean {
  const parts = asked
    .trim()
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'iu').test(own);
}
