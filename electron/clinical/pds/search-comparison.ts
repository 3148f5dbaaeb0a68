/**
 * Compares a patient whom a search found with what the user searched for (H3). Every difference is shown before CP-IS is
 * asked; a patient whom the search cannot have found is not shown at all. The search has no gender, because the gender that
 * PDS holds may differ from the one that the patient gives.
 */
import { type ClinicalDate, formatDate, parseFhirDate } from '../../../shared/clinical/clinical-date.ts';
import type { SearchComparison, SearchDifference } from '../../../shared/clinical/patient.ts';
import type { BirthRange, SearchScope } from '../../../shared/clinical/patient-search.ts';
import type { ParsedRequest } from '../../../shared/contract.ts';
import { foldWords, isWord } from './fold-name.ts';
import type { DemographicPatient } from './patient.ts';
import { familyText, givenText, type HumanName, notKnown, type RecordedName } from './patient-name.ts';

export type Demographics = ParsedRequest<'patient.search'>;

/** `undefined`: this patient does not belong to the search, so nobody may choose the record from it. */
export function compareWithSearch(
  { facts }: DemographicPatient,
  searched: Demographics,
): SearchComparison | undefined {
  const { name, names, birthDate } = facts;
  const born = compareBirth(birthDate, searched.born);
  if (!belongsToSearch(searched.scope, born, compareNames(names, searched))) return undefined;
  const namesInUse = names.filter(({ isPrevious }) => !isPrevious);
  const isCurrent = born === 'same' && compareNames(namesInUse, { ...searched, scope: 'current' }) === 'all';
  return {
    foundBy: isCurrent || searched.scope === 'current' ? 'current' : searched.scope,
    differences: [
      ...familyDifference(name, names, searched),
      ...givenDifference(name, names, searched),
      ...(born === 'same' ? [] : [birthDifference(birthDate, searched.born)]),
    ],
  };
}

/** `part`: PDS has a year or a month that has searched days in it. */
type BirthAgreement = 'same' | 'part' | 'other' | 'unknown';
/** `all`: one recorded name has the family name and every given name. `some`: at least one searched word is recorded. */
type NameAgreement = 'all' | 'some' | 'none' | 'unknown';

/**
 * What PDS's rules allow each search to find. An ordinary search compares the names in use, one of previous names may find
 * a patient whose names are all others now, and both keep to the date of birth. A search for similar details may find
 * another date or other names, but not both: nothing on the screen would then tie the record to the patient.
 * Source: PDS FHIR API specification, "Search options".
 */
function belongsToSearch(scope: SearchScope, born: BirthAgreement, names: NameAgreement): boolean {
  const isBorn = born === 'same' || born === 'part';
  switch (scope) {
    case 'current':
      return names === 'unknown' ? isBorn : born !== 'other' && names !== 'none';
    case 'previous':
      return isBorn || (born === 'unknown' && names === 'all');
    case 'similar':
      return isBorn || names === 'all';
  }
}

function compareBirth(birthDate: string | undefined, { earliest, latest }: BirthRange): BirthAgreement {
  const date = birthDate === undefined ? undefined : parseFhirDate(birthDate);
  if (date === undefined) return 'unknown';
  const recorded = isoText(date);
  const isWithin =
    earliest.slice(0, recorded.length) <= recorded && recorded <= latest.slice(0, recorded.length);
  if (!isWithin) return 'other';
  return date.precision === 'day' ? 'same' : 'part';
}

function isoText(date: ClinicalDate): string {
  const pad = (part: number, length: number) => String(part).padStart(length, '0');
  const parts = [
    pad(date.year, 4),
    ...(date.precision === 'year' ? [] : [pad(date.month, 2)]),
    ...(date.precision === 'day' ? [pad(date.day, 2)] : []),
  ];
  return parts.join('-');
}

function compareNames(names: readonly RecordedName[], searched: Demographics): NameAgreement {
  if (names.length === 0) return 'unknown';
  if (names.some(({ name }) => isWholeMatch(name, searched))) return 'all';
  const recorded = names.flatMap(({ name }) => [...familyWords(name), ...givenWords(name)]);
  const words = [searched.familyName, ...searched.givenNames].flatMap(foldWords);
  return words.some((word) => recorded.some((own) => isWord(word, own))) ? 'some' : 'none';
}

/** In either order: a search for similar details finds transposed names. */
function isWholeMatch(name: HumanName, { familyName, givenNames, scope }: Demographics): boolean {
  const [family, given] = [familyWords(name), givenWords(name)];
  const [askedFamily, askedGiven] = [foldWords(familyName), givenNames.flatMap(foldWords)];
  if (agreesInFull(askedFamily, family) && agreesInPart(askedGiven, given)) return true;
  const isTransposed = agreesInPart(askedFamily, given) && agreesInFull(askedGiven, family);
  return scope === 'similar' && isTransposed;
}

/** Every word, and no further one: `Smith` is not `Smith-Jones`, but `Smith*` may be. */
function agreesInFull(searched: readonly string[], recorded: readonly string[]): boolean {
  const isOpen = searched.some((word) => word.includes('*'));
  const isWhole = isOpen || searched.length === recorded.length;
  return (isWhole && agreesInPart(searched, recorded)) || isJoinedTheSame(searched, recorded);
}

/** The first given name alone finds a patient with several. */
function agreesInPart(searched: readonly string[], recorded: readonly string[]): boolean {
  return (
    searched.every((word) => recorded.some((own) => isWord(word, own))) || isJoinedTheSame(searched, recorded)
  );
}

/** `O Test` and `O'Test`. */
function isJoinedTheSame(searched: readonly string[], recorded: readonly string[]): boolean {
  return searched.length > 0 && searched.join('') === recorded.join('');
}

/** Where a record has one text for the whole name, its words may be of either. */
function familyWords({ family, given, text }: HumanName): readonly string[] {
  return foldWords(family ?? (given.length === 0 ? (text ?? '') : ''));
}

function givenWords({ family, given, text }: HumanName): readonly string[] {
  return given.length === 0 && family === undefined ? foldWords(text ?? '') : given.flatMap(foldWords);
}

function familyDifference(
  shown: HumanName | undefined,
  names: readonly RecordedName[],
  { familyName }: Demographics,
): readonly SearchDifference[] {
  const agrees = (name: HumanName) => agreesInFull(foldWords(familyName), familyWords(name));
  if (shown !== undefined && agrees(shown)) return [];
  const other = names.find(({ name }) => agrees(name));
  const recorded = withOtherName(familyText(shown), other, familyText, [familyName]);
  return [difference('family-name', familyName.toLocaleUpperCase('en-GB'), recorded)];
}

function givenDifference(
  shown: HumanName | undefined,
  names: readonly RecordedName[],
  { givenNames }: Demographics,
): readonly SearchDifference[] {
  const searched = givenNames.flatMap(foldWords);
  const agrees = (name: HumanName) => agreesInPart(searched, givenWords(name));
  if (searched.length === 0 || (shown !== undefined && agrees(shown))) return [];
  const other = names.find(({ name }) => agrees(name));
  const recorded = withOtherName(givenText(shown), other, givenText, givenNames);
  return [difference('given-names', givenNames.join(' '), recorded)];
}

/** A previous name is said only to a user who has typed it in full: a wildcard must not bring it to light. */
function withOtherName(
  recorded: string,
  other: RecordedName | undefined,
  textOf: (name: HumanName) => string,
  searched: readonly string[],
): string {
  if (other === undefined || searched.some((name) => name.includes('*'))) return recorded;
  return `${recorded} (${describeUse(other)}: ${textOf(other.name)})`;
}

function describeUse({ name, isPrevious }: RecordedName): string {
  if (isPrevious) return 'previous name';
  return name.use === 'nickname' ? 'nickname' : 'other name';
}

function birthDifference(birthDate: string | undefined, { earliest, latest }: BirthRange): SearchDifference {
  const days = [...new Set([earliest, latest])].map((day) => dateText(day));
  return {
    detail: 'date-of-birth',
    searched: {
      short: days.map(({ short }) => short).join(' to '),
      long: days.map(({ long }) => long).join(' to '),
    },
    recorded: dateText(birthDate),
  };
}

function dateText(day: string | undefined): SearchDifference['recorded'] {
  const date = day === undefined ? undefined : parseFhirDate(day);
  return date === undefined ? { short: notKnown, long: notKnown } : formatDate(date);
}

function difference(
  detail: SearchDifference['detail'],
  searched: string,
  recorded: string,
): SearchDifference {
  return {
    detail,
    searched: { short: searched, long: searched },
    recorded: { short: recorded, long: recorded },
  };
}
