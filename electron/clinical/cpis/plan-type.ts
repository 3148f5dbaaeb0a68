/**
 * Maps the category of a record to the type of plan. An unknown category is shown with its own text, never dropped (H11).
 * Source: CP-IS consumer guide, SNOMED CT UK codes.
 */
import type { PlanType } from '../../../shared/clinical/cp-is.ts';
import { type Concept, describeConcept } from '../fhir/elements.ts';

export interface PlanHeading {
  readonly type: PlanType;
  readonly title: string;
}

type KnownType = Exclude<PlanType, 'other'>;

const snomedCt = 'http://snomed.info/sct';

const knownCodes: ReadonlyMap<string, KnownType> = new Map([
  ['342191000000101', 'child-protection-plan'],
  ['764841000000100', 'looked-after-child'],
  ['818901000000100', 'unborn-child-protection-plan'],
]);

/** The codes' own displays, for an answer whose code is missing or given only as text. */
const knownTexts: ReadonlyMap<string, KnownType> = new Map([
  ['subject to child protection plan', 'child-protection-plan'],
  ['looked after child', 'looked-after-child'],
  ['unborn child subject to child protection plan', 'unborn-child-protection-plan'],
]);

const titles: Readonly<Record<KnownType, string>> = {
  'child-protection-plan': 'Child protection plan (CPP)',
  'looked-after-child': 'Looked after child (LAC)',
  // H8: a plan of the unborn child is held on its mother's NHS number; it is not the mother's own.
  'unborn-child-protection-plan': 'Unborn child of this patient: child protection plan (UCPP)',
};

/** Gives one heading for each distinct category, also for one that cannot be read (H11), and at least one. */
export function readPlanHeadings(categories: readonly Concept[]): readonly [PlanHeading, ...PlanHeading[]] {
  const headings = new Map(categories.flatMap(headingsOf).map((heading) => [heading.title, heading]));
  const [first, ...rest] = headings.values();
  return first === undefined
    ? [{ type: 'other', title: 'Record of a type that was not recorded' }]
    : [first, ...rest];
}

/**
 * The codings of one category repeat one meaning in several code systems; those of SNOMED CT distinguish two plans, also
 * one that is unknown or cannot be read (H11). Where none is known, the category's own text stands for all of them.
 */
function headingsOf(category: Concept): readonly PlanHeading[] {
  const known = new Set(category.coding.flatMap((coding) => typeOfCoding(coding) ?? []));
  const types = known.size > 0 ? known : new Set(typeOfText(category.text) ?? []);
  const isInWords = known.size === 0 && category.text !== undefined;
  const others = isInWords ? [] : category.coding.filter(mayBeAnotherPlan).map(headingOfUnknown);
  if (types.size > 0) return [...[...types].map((type) => ({ type, title: titles[type] })), ...others];
  const described = describeConcept(category);
  if (described !== undefined) return [otherHeading(described), ...others];
  const first = category.coding.find(({ code }) => code !== undefined);
  return [first === undefined ? unreadHeading : headingOfUnknown(first), ...others];
}

/** Its own words, else its code (H11). */
function headingOfUnknown({ code, display }: Concept['coding'][number]): PlanHeading {
  if (display !== undefined) return otherHeading(display);
  return code === undefined
    ? unreadHeading
    : otherHeading(`Record of an unknown type (code ${code.slice(0, 40)})`);
}

function otherHeading(title: string): PlanHeading {
  return { type: 'other', title };
}

const unreadHeading = otherHeading('Record of a type that could not be read');

/** Whether a coding of SNOMED CT, or of a system that is not known, is of no known type. */
function mayBeAnotherPlan(coding: Concept['coding'][number]): boolean {
  const { system } = coding;
  return (system === undefined || system === snomedCt) && typeOfCoding(coding) === undefined;
}

function typeOfCoding({
  system,
  code,
  display,
}: Concept['coding'][number]): readonly KnownType[] | undefined {
  const byCode = system === undefined || system === snomedCt ? knownCodes.get(code ?? '') : undefined;
  if (byCode !== undefined) return [byCode];
  return typeOfText(display);
}

function typeOfText(text: string | undefined): readonly KnownType[] | undefined {
  const type = text === undefined ? undefined : knownTexts.get(text.toLowerCase());
  return type === undefined ? undefined : [type];
}
