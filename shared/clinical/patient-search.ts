/**
 * The searches that PDS accepts. The viewer refuses what PDS would refuse, before it sends a request.
 * Source: PDS FHIR API, search: at most 35 characters in a name; a wildcard `*` stands for what follows at least two
 * characters; several given names are parameters of their own, and one with a blank in it is a compound first name; a
 * fuzzy search needs a given name, a family name and a date of birth, and takes no wildcard.
 */

/**
 * Whose names a search compares: those in use; also previous ones (`_history`); also those that sound alike or are
 * transposed (`_fuzzy-match`). In the order in which a user is offered them: each finds more people who are not the patient.
 */
export const searchScopes = ['current', 'previous', 'similar'] as const;

export type SearchScope = (typeof searchScopes)[number];

/** The days of a range of dates of birth, `YYYY-MM-DD`, both included; the same day twice for a date that is known. */
export interface BirthRange {
  readonly earliest: string;
  readonly latest: string;
}

const longestSearchName = 35;
/** More than any patient has, and few enough for an address. */
export const mostGivenNames = 10;

/** Why PDS cannot be searched by this name, to follow "The family name" or "A given name"; `undefined` if it can. */
export function problemOfSearchName(name: string): string | undefined {
  if (Array.from(name).length > longestSearchName) {
    return `must have at most ${longestSearchName} characters: shorten it and end it with *`;
  }
  const wildcard = name.indexOf('*');
  return wildcard === 0 || wildcard === 1 ? 'must have at least 2 characters before *' : undefined;
}

/** "Amber Mock" is two given names. */
export function splitGivenNames(typed: string): readonly string[] {
  return typed.split(/\s+/u).filter((name) => name !== '');
}

/** Apostrophes and hyphens as a keyboard types them, which a text that was pasted may have in another form. */
export function tidySearchName(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/gu, "'")
    .replace(/\p{Pd}/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim();
}

export interface SearchDetails {
  readonly familyName: string;
  /** The first name first; empty where none is known. */
  readonly givenNames: readonly string[];
  readonly born: BirthRange;
}

/** Whether PDS accepts these details in a search for similar ones. */
export function allowsSimilarSearch({ familyName, givenNames, born }: SearchDetails): boolean {
  const hasWildcard = [familyName, ...givenNames].some((name) => name.includes('*'));
  return givenNames.length > 0 && born.earliest === born.latest && !hasWildcard;
}
