/**
 * The FHIR R4 data types that the screens show, as schemas that never fail: a missing or malformed element is a gap. A null is
 * damage, not a gap: FHIR has it only in lists of primitives, beside the extensions of a value that is not given.
 * `bundle.ts` and the wire formats are strict, because there a gap could hide a plan.
 * Source: HL7 FHIR R4 (4.0.1), "Data Types". The guide's samples are not valid FHIR, hence the tolerance.
 */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { digitsOf, sanitiseText } from './sanitise-text.ts';

/** Text for the screen. */
export const text = v.optional(v.pipe(v.unknown(), v.transform(sanitiseText)));

/** A code, a URL or a date: kept whole, because code compares or parses it. */
export const token = v.optional(v.pipe(v.unknown(), v.transform(toToken)));

function toToken(value: unknown): string | undefined {
  if (typeof value === 'number') return digitsOf(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * Reads a code or a date whose absence has a meaning of its own: no end date, no mark. `undefined` where it is absent or empty;
 * `unreadable` where it is present as something else, also as null, or as `_name` alone, which has the extensions of a value
 * that is not given (H6).
 */
export function readToken(element: JsonObject, name: string): string | undefined {
  const given = element[name];
  const read = toToken(given);
  if (read !== undefined) return read;
  return isAbsent(given) && isAbsent(element[`_${name}`]) ? undefined : unreadable;
}

/** Whether the element has the member, be it as null or as its extensions (`_name`) alone. */
export function isGiven(element: JsonObject, name: string): boolean {
  return !isAbsent(element[name]) || !isAbsent(element[`_${name}`]);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '');
}

/** An element with members; a value that is not an object reads as an empty one. */
export function object<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value): unknown => (isJsonObject(value) ? value : {})),
      v.object(entries),
    ),
    {},
  );
}

/** A repeating element. A value outside an array reads as a list of one; no member is dropped. */
export function objects<const Entries extends v.ObjectEntries>(entries: Entries) {
  return v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => listOf(value).map((member) => (isJsonObject(member) ? member : {}))),
      v.array(v.object(entries)),
    ),
    [],
  );
}

/** A repeating primitive; only the values that can be shown are kept. */
export const texts = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) =>
      (Array.isArray(value) ? value : [value]).flatMap((member) => sanitiseText(member) ?? []),
    ),
  ),
  [],
);

export const concept = { coding: objects({ system: token, code: token, display: text }), text } as const;

export const identifier = { system: token, value: token } as const;

export const reference = { reference: token, display: text, identifier: object(identifier) } as const;

/** Each date as `readToken` gives it; a period that is no object, or has neither, has two unreadable ones. */
export const period = v.optional(v.pipe(v.unknown(), v.transform(readPeriod)), '');

export interface Period {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

function readPeriod(value: unknown): Period {
  if (isAbsent(value)) return { start: undefined, end: undefined };
  if (!isJsonObject(value)) return { start: unreadable, end: unreadable };
  const read = { start: readToken(value, 'start'), end: readToken(value, 'end') };
  return read.start === undefined && read.end === undefined ? { start: unreadable, end: unreadable } : read;
}

/**
 * Reads a text whose absence the screen shows as a gap. `undefined` where it is absent or empty; `unreadable`, or why it is
 * absent, where it is present as something else, also as null or as `_name` alone.
 */
export function readText(element: JsonObject, name: string): string | undefined {
  const read = sanitiseText(element[name]);
  if (read !== undefined || !isGiven(element, name)) return read;
  return wordsFor(element[name], element[`_${name}`]);
}

const dataAbsentReason = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

type Absence = 'not-known' | 'withheld' | 'not-given' | 'unreadable';

/** Source: HL7 FHIR R4, DataAbsentReason. Its other codes say no more than that there is no value that can be read. */
const absenceCodes: ReadonlyMap<unknown, Absence> = new Map([
  ...['unknown', 'asked-unknown', 'temp-unknown'].map((code) => [code, 'not-known'] as const),
  ...['masked', 'not-permitted'].map((code) => [code, 'withheld'] as const),
  ...['not-asked', 'asked-declined', 'not-applicable', 'unsupported', 'not-performed'].map(
    (code) => [code, 'not-given'] as const,
  ),
]);

/** Why there is no value, where one of the elements says so. */
function whyAbsent(given: unknown, ...elements: readonly unknown[]): Absence {
  // H7: a reason is not for a value that is there, and damaged.
  if (given !== null && !isAbsent(given)) return 'unreadable';
  const reasons = elements.flatMap((element) => absenceCodes.get(absenceOf(element)?.['valueCode']) ?? []);
  return reasons[0] ?? 'unreadable';
}

/** What is said in place of a value. */
function wordsFor(given: unknown, ...elements: readonly unknown[]): string {
  switch (whyAbsent(given, ...elements)) {
    case 'not-known':
      return 'Not known to the service';
    case 'withheld':
      return 'Withheld by the service';
    case 'not-given':
      return 'Not given by the service';
    case 'unreadable':
      return unreadable;
  }
}

/** Why a member of an element has no value that can be shown: it has none, it is withheld, or it could not be read. */
export type Gap = 'missing' | 'withheld' | 'unreadable';

/** Of a member without a value that can be shown. */
export function gapIn(element: JsonObject, name: string): Gap {
  if (!isGiven(element, name)) return 'missing';
  const why = whyAbsent(element[name], element[`_${name}`]);
  return why === 'withheld' || why === 'unreadable' ? why : 'missing';
}

/** The extension that says why a value is absent. */
function absenceOf(element: unknown): JsonObject | undefined {
  const extensions = isJsonObject(element) ? listOf(element['extension']).filter(isJsonObject) : [];
  return extensions.find(({ url }) => url === dataAbsentReason);
}

/** One value, where it is no list; none, where it is absent. A null is one that cannot be read. */
export function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** H7: a value that is present but unreadable must not look like a missing one. */
export interface ContactPoint {
  readonly system: string | undefined;
  readonly use: string | undefined;
  /** `undefined` where there is none that can be shown. */
  readonly value: string | undefined;
  /** What is said in place of a value that is given, and cannot be shown. */
  readonly absence: string | undefined;
  readonly period: Period;
}

/** A value outside an array reads as a list of one; no member is dropped. */
export const contactPoints = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value): readonly ContactPoint[] =>
      listOf(value).map((member) => readContactPoint(isJsonObject(member) ? member : { value: {} })),
    ),
  ),
  [],
);

function readContactPoint(element: JsonObject): ContactPoint {
  const { system, value: given, period: dates } = element;
  const value = sanitiseText(given);
  const isSaidAbsent = isGiven(element, 'value') || absenceOf(element) !== undefined;
  return {
    system: toToken(system)?.toLowerCase(),
    use: isGiven(element, 'use') ? (toToken(element['use'])?.toLowerCase() ?? unreadable) : undefined,
    value,
    absence: value === undefined && isSaidAbsent ? wordsFor(given, element['_value'], element) : undefined,
    period: readPeriod(dates),
  };
}

export const unreadable = 'Could not be read';

const conceptSchema = v.object(concept);
const referenceSchema = v.object(reference);

export type Concept = v.InferOutput<typeof conceptSchema>;
export type Reference = v.InferOutput<typeof referenceSchema>;

/** Describes a concept in words: its own text, else the first display. `undefined` where it has neither. */
export function describeConcept({ text: own, coding }: Concept): string | undefined {
  return own ?? coding.find(({ display }) => display !== undefined)?.display;
}
