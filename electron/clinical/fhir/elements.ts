/**
 * The FHIR R4 data types that the screens show, as schemas that never fail: a missing or malformed element is a gap.
 * `bundle.ts` and the wire formats are strict, because there a gap could hide a plan.
 * Source: HL7 FHIR R4 (4.0.1), "Data Types". The guide's samples are not valid FHIR, hence the tolerance.
 */
import * as v from 'valibot';
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';
import { sanitiseText } from './sanitise-text.ts';

/** Text for the screen. */
export const text = v.optional(v.pipe(v.unknown(), v.transform(sanitiseText)));

/** A code, a URL or a date: kept whole, because code compares or parses it. */
export const token = v.optional(v.pipe(v.unknown(), v.transform(toToken)));

function toToken(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

/**
 * Reads a code or a date whose absence has a meaning of its own: no end date, no mark. `undefined` where it is absent, empty
 * or null; `unreadable` where it is present as something else, also as `_name` alone, which has the extensions of a value
 * that is not given (H6).
 */
export function readToken(element: JsonObject, name: string): string | undefined {
  const given = element[name];
  const read = toToken(given);
  if (read !== undefined) return read;
  return isAbsent(given) && isAbsent(element[`_${name}`]) ? undefined : unreadable;
}

/** Whether the element has the member, be it as its extensions (`_name`) alone: where nothing was read of it, it is unreadable. */
export function isGiven(element: JsonObject, name: string): boolean {
  return !isAbsent(element[name]) || !isAbsent(element[`_${name}`]);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** A code of which an unreadable one must not pass for a missing one: `unreadable` where it is neither a code nor absent. */
export const strictToken = v.optional(
  v.pipe(
    v.unknown(),
    v.transform((value) => toToken(value) ?? (isAbsent(value) ? undefined : unreadable)),
  ),
);

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
      v.transform((value): readonly unknown[] => {
        if (value === undefined || value === null) return [];
        return (Array.isArray(value) ? value : [value]).map((member) => (isJsonObject(member) ? member : {}));
      }),
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

/** Each date as `readToken` gives it; a period that is no object, or has other members alone, has two unreadable ones. */
export const period = v.optional(v.pipe(v.unknown(), v.transform(readPeriod)), {});

export interface Period {
  readonly start: string | undefined;
  readonly end: string | undefined;
}

function readPeriod(value: unknown): Period {
  if (isAbsent(value)) return { start: undefined, end: undefined };
  if (!isJsonObject(value)) return { start: unreadable, end: unreadable };
  const read = { start: readToken(value, 'start'), end: readToken(value, 'end') };
  const hasOther = Object.keys(value).some((name) => name !== 'id' && !isAbsent(value[name]));
  return read.start === undefined && read.end === undefined && hasOther
    ? { start: unreadable, end: unreadable }
    : read;
}

/** A value that is present but unreadable must not look like a missing one (H7), so `value` has a schema of its own. */
export const contactPoint = {
  system: token,
  use: token,
  period,
  value: v.optional(
    v.pipe(
      v.unknown(),
      v.transform((value) => sanitiseText(value) ?? (value === '' ? undefined : unreadable)),
    ),
  ),
} as const;

export const unreadable = 'Could not be read';

const conceptSchema = v.object(concept);
const referenceSchema = v.object(reference);
const contactPointSchema = v.object(contactPoint);

export type Concept = v.InferOutput<typeof conceptSchema>;
export type Reference = v.InferOutput<typeof referenceSchema>;
export type ContactPoint = v.InferOutput<typeof contactPointSchema>;

/** Describes a concept in words: its own text, else the first display. `undefined` where it has neither. */
export function describeConcept({ text: own, coding }: Concept): string | undefined {
  return own ?? coding.find(({ display }) => display !== undefined)?.display;
}
