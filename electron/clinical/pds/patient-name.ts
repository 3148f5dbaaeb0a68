/**
 * Chooses the name of a patient to show, and formats it: `FAMILYNAME, Given (Title)`.
 * Source: NHS Common User Interface, "Patient Name Display"; FHIR R4 HumanName.use.
 */
import type * as v from 'valibot';
import { parseFhirDate, sortKey } from '../../../shared/clinical/clinical-date.ts';
import { type objects, period, strictToken, text, texts } from '../fhir/elements.ts';
import { periodStatusOn } from '../fhir/period-status.ts';
import type { Today } from '../today.ts';

export const notKnown = 'Not known';

export const humanName = {
  use: strictToken,
  text,
  family: text,
  given: texts,
  prefix: texts,
  period,
} as const;

export type HumanName = v.InferOutput<ReturnType<typeof objects<typeof humanName>>>[number];

/** By its dates, and `previous` by its use. `unclear`: they cannot be read, or do not decide. */
export type NameStanding = 'in-use' | 'unclear' | 'ended' | 'not-started' | 'previous';

export interface ChosenName {
  /** `undefined` where PDS has none that can be shown. */
  readonly name: HumanName | undefined;
  readonly standing: NameStanding;
  /** Another name than this one may be the one in use. */
  readonly mayBeAnother: boolean;
}

/** The name by which the patient goes today; one that may have lapsed, or a former one, only where there is no other. */
export function chooseName(names: readonly HumanName[], today: Today): ChosenName {
  const rank = (name: HumanName) => preference(name, standingOf(name, today));
  const [name] = names.filter(hasName).toSorted((a, b) => rank(a) - rank(b) || compareStart(b, a));
  const mayBeAnother = names.some(
    (other) =>
      hasName(other) &&
      mayBeTheName(other) &&
      standingOf(other, today) === 'unclear' &&
      formatName(other) !== formatName(name),
  );
  return { name, standing: name === undefined ? 'in-use' : standingOf(name, today), mayBeAnother };
}

/** Whether the patient goes, or went, by this name. */
export function standingOf(name: HumanName, today: Today): NameStanding {
  if (isPreviousName(name)) return 'previous';
  if (name.use !== undefined && !knownUses.has(name.use)) return 'unclear';
  switch (periodStatusOn(name.period, today)) {
    case 'current':
      return 'in-use';
    case 'unknown':
      return 'unclear';
    case 'ended':
      return 'ended';
    case 'future':
      return 'not-started';
  }
}

/** Source: HL7 FHIR R4, NameUse. */
const knownUses: ReadonlySet<string> = new Set([
  'usual',
  'official',
  'temp',
  'nickname',
  'anonymous',
  'old',
  'maiden',
]);

/** A nickname or a temporary name stands beside the name. */
function mayBeTheName({ use }: HumanName): boolean {
  return use !== 'temp' && use !== 'nickname' && use !== 'anonymous';
}

/** Lower is better: in use, then unclear, then lapsed; a nickname after these, and a former name last. */
function preference({ use }: HumanName, standing: NameStanding): number {
  const lapsed = standing === 'in-use' || standing === 'previous' ? 0 : standing === 'unclear' ? 3 : 6;
  switch (use) {
    case 'usual':
      return 0 + lapsed;
    case 'official':
      return 1 + lapsed;
    case undefined:
      return 2 + lapsed;
    case 'old':
    case 'maiden':
      return 30;
    default:
      return 10 + lapsed;
  }
}

function compareStart(a: HumanName, b: HumanName): number {
  const [first, second] = [a, b].map(({ period: { start } }) => {
    const date = start === undefined ? undefined : parseFhirDate(start);
    return date === undefined ? '' : sortKey(date);
  });
  if (first === undefined || second === undefined || first === second) return 0;
  return first < second ? -1 : 1;
}

/** The banner's form of a name; each gap reads "Not known". */
export function formatName(name: HumanName | undefined): string {
  if (name === undefined || !hasName(name)) return notKnown;
  const { family, given, prefix } = name;
  if (family === undefined && given.length === 0) return name.text ?? notKnown;
  const title = prefix.length === 0 ? '' : ` (${prefix.join(' ')})`;
  return `${familyText(name)}, ${givenText(name)}${title}`;
}

/** In capitals; "Not known" where there is none. */
export function familyText(name: HumanName | undefined): string {
  return name?.family?.toLocaleUpperCase('en-GB') ?? notKnown;
}

/** "Not known" where there is none. */
export function givenText(name: HumanName | undefined): string {
  return name?.given.join(' ') || notKnown;
}

/** Source: HL7 FHIR R4, NameUse: `maiden` is a name before a marriage, `old` one that is no longer used. */
export function isPreviousName({ use }: HumanName): boolean {
  return use === 'old' || use === 'maiden';
}

/** Whether anything of the name can be shown. */
export function hasName(name: HumanName | undefined): boolean {
  return name !== undefined && (name.family ?? name.given[0] ?? name.text) !== undefined;
}
