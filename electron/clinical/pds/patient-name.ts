/**
 * Chooses the name of a patient to show, and formats it: `FAMILYNAME, Given (Title)`.
 * Source: NHS Common User Interface, "Patient Name Display"; FHIR R4 HumanName.use.
 */
import type * as v from 'valibot';
import {
  compareWithDay,
  parseFhirDate,
  sortKey,
  type ukDate,
} from '../../../shared/clinical/clinical-date.ts';
import { type objects, period, text, texts, token } from '../fhir/elements.ts';

export const notKnown = 'Not known';

export const humanName = {
  use: token,
  text,
  family: text,
  given: texts,
  prefix: texts,
  period,
} as const;

export type HumanName = v.InferOutput<ReturnType<typeof objects<typeof humanName>>>[number];

type Day = ReturnType<typeof ukDate>;

/** The name by which the patient goes today; a former name only where there is no other. */
export function chooseName(names: readonly HumanName[], today: Day): HumanName | undefined {
  const [first] = names.toSorted((a, b) => preference(a, today) - preference(b, today) || compareStart(b, a));
  return first;
}

/** Lower is better: a name in use before one that has lapsed, and either before a nickname or a former name. */
function preference({ use, period: { start, end } }: HumanName, today: Day): number {
  const begun = start === undefined ? undefined : parseFhirDate(start);
  const ended = end === undefined ? undefined : parseFhirDate(end);
  const isCurrent =
    (begun === undefined || compareWithDay(begun, today) !== 'after') &&
    (ended === undefined || compareWithDay(ended, today) !== 'before');
  const lapsed = isCurrent ? 0 : 3;
  switch (use) {
    case 'usual':
      return 0 + lapsed;
    case 'official':
      return 1 + lapsed;
    case undefined:
      return 2 + lapsed;
    case 'old':
    case 'maiden':
      return 20 + lapsed;
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
