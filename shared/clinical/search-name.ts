/**
 * The names that PDS can be searched by. The viewer refuses a name that PDS would refuse, before it sends a request.
 * Source: PDS FHIR API, search: at most 35 characters; a wildcard `*` stands for what follows at least two characters;
 * several given names are parameters of their own, and one with a blank in it is a compound first name.
 */

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
