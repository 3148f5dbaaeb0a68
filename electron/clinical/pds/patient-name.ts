/**
 * Chooses the name of a patient to show, and formats it: `FAMILYNAME, Given (Title)`.
 * Source: NHS Common User Interface, "Patient Name Display"; FHIR R4 HumanName.use.
 */
import * as v from 'valibot';
import { parseFhirDate, sortKey } from '../../../shared/clinical/clinical-date.ts';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { type Gap, gapIn, isGiven, listOf, type Period, period, readToken, texts } from '../fhir/elements.ts';
import { periodStatusOn } from '../fhir/period-status.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';
import type { Today } from '../today.ts';

export const notKnown = 'Not known';

export type NamePart = 'family name' | 'given names';

export interface HumanName {
  readonly use: string | undefined;
  readonly text: string | undefined;
  readonly family: string | undefined;
  readonly given: readonly string[];
  readonly prefix: readonly string[];
  readonly period: Period;
  /** The parts that are not there in full, and why. */
  readonly gaps: Readonly<Record<NamePart, Gap | undefined>>;
}

/** A value outside an array reads as a list of one; no member is dropped, also where nothing of it can be read. */
export const humanNames = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): readonly HumanName[] =>
      listOf(value).map((member) => readName(isJsonObject(member) ? member : {})),
    ),
  ),
  [],
);

const titleAndDates = v.object({ prefix: texts, period });

function readName(element: JsonObject): HumanName {
  const family = readWord(element['family']);
  const given = readGivenNames(element);
  return {
    ...v.parse(titleAndDates, element),
    use: readToken(element, 'use'),
    text: readWord(element['text']),
    family,
    given: given.filter((name) => typeof name === 'string'),
    gaps: {
      'family name': family === undefined ? gapIn(element, 'family') : undefined,
      'given names': gapOfGivenNames(given),
    },
  };
}

interface NameGap {
  readonly gap: Gap;
}

/** In their order; a gap for one that has a place in the list, be it by its extensions alone, and no name. */
function readGivenNames(element: JsonObject): readonly (string | NameGap)[] {
  const values = listOf(element['given'] === '' ? undefined : element['given']);
  const extensions = listOf(element['_given']);
  return Array.from({ length: Math.max(values.length, extensions.length) }, (_, index) => ({
    // In these lists a null keeps a place: it stands for no value, or for no extensions.
    given: values[index] ?? undefined,
    _given: extensions[index] ?? undefined,
  })).flatMap((name, index): readonly (string | NameGap)[] => {
    const word = readWord(name.given);
    if (word !== undefined) return [word];
    if (isGiven(name, 'given')) return [{ gap: gapIn(name, 'given') }];
    return index < values.length ? [{ gap: 'unreadable' }] : [];
  });
}

function gapOfGivenNames(given: readonly (string | NameGap)[]): Gap | undefined {
  const gaps = given.flatMap((name) => (typeof name === 'string' ? [] : [name.gap]));
  const isNameless = gaps.length === given.length;
  return (
    (['unreadable', 'withheld'] as const).find((gap) => gaps.includes(gap)) ??
    (isNameless ? 'missing' : undefined)
  );
}

/** A number is no name. */
function readWord(value: unknown): string | undefined {
  return typeof value === 'string' ? sanitiseText(value) : undefined;
}

/** By its dates, and `previous` by its use. `unclear`: they cannot be read, or do not decide. */
export type NameStanding = 'in-use' | 'unclear' | 'ended' | 'not-started' | 'previous';

/** `none`: PDS has none that can be shown. */
export type ChosenName =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'chosen';
      readonly name: HumanName;
      readonly standing: NameStanding;
      readonly another: AnotherName;
    };

/**
 * Whether another name than the one shown may be the one in use: one whose use or dates cannot be read, or do not
 * decide (`unclear`), or one that cannot itself be read (`unreadable`).
 */
export type AnotherName = 'none' | 'unclear' | 'unreadable';

/** A name as PDS has it, and whether the patient no longer goes by it. */
export interface RecordedName {
  readonly name: HumanName;
  readonly isPrevious: boolean;
}

/** The name by which the patient goes today; one that may have lapsed, or a former one, only where there is no other. */
export function chooseName(names: readonly HumanName[], today: Today): ChosenName {
  const rank = (name: HumanName) => preference(name, standingOf(name, today));
  const [name] = names.filter(hasName).toSorted((a, b) => rank(a) - rank(b) || compareStart(b, a));
  if (name === undefined) return { kind: 'none' };
  return {
    kind: 'chosen',
    name,
    standing: standingOf(name, today),
    another: anotherThan(name, names, today),
  };
}

function anotherThan(shown: HumanName, names: readonly HumanName[], today: Today): AnotherName {
  const doubts = names.filter(mayBeTheName).map((other) => doubtOf(other, shown, standingOf(other, today)));
  return (['unreadable', 'unclear'] as const).find((doubt) => doubts.includes(doubt)) ?? 'none';
}

function doubtOf(other: HumanName, shown: HumanName, standing: NameStanding): AnotherName {
  switch (standing) {
    case 'in-use':
      return hasName(other) ? 'none' : 'unreadable';
    case 'unclear':
      if (!hasName(other)) return 'unreadable';
      return formatName(other) === formatName(shown) ? 'none' : 'unclear';
    case 'ended':
    case 'not-started':
    case 'previous':
      return 'none';
  }
}

/** A name is a previous one by its use, or where its dates have surely passed. */
export function recordedName(name: HumanName, today: Today): RecordedName {
  const standing = standingOf(name, today);
  return { name, isPrevious: standing === 'previous' || standing === 'ended' };
}

/** Whether the patient goes, or went, by this name. */
function standingOf(name: HumanName, today: Today): NameStanding {
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

/** The uses of names that stand beside the name, in words. */
export const besideTheName: ReadonlyMap<string | undefined, string> = new Map([
  ['nickname', 'a nickname'],
  ['temp', 'a temporary one'],
  ['anonymous', 'an alias'],
]);

function mayBeTheName({ use }: HumanName): boolean {
  return !besideTheName.has(use);
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
function isPreviousName({ use }: HumanName): boolean {
  return use === 'old' || use === 'maiden';
}

/** Whether the name is one text, whose words may be of either part. */
export function isInOneText({ family, given, text }: HumanName): boolean {
  return family === undefined && given.length === 0 && text !== undefined;
}

/** Whether anything of the name can be shown. */
export function hasName(name: HumanName | undefined): boolean {
  return name !== undefined && (name.family ?? name.given[0] ?? name.text) !== undefined;
}
