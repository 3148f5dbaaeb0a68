/**
 * One line of the trail. The hash of an entry covers its content and the hash of the entry before, so that changing,
 * removing or moving an entry makes every later hash wrong.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { Actor, AuditEvent } from './trail-event.ts';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** The members of every entry. The chain needs no others, so that events of a later version still verify. */
const chainedSchema = v.looseObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  event: v.string(),
  previous: sha256,
  hash: sha256,
});

/** An entry as read; the other members of its event depend on the version that wrote it. */
export type Entry = v.InferOutput<typeof chainedSchema>;

export type EntryContent = AuditEvent & { readonly workstation: string; readonly actor: Actor | null };

/** The end of a chain, to which the next entry is chained. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export const chainStart: ChainEnd = { seq: 0, hash: '0'.repeat(64) };

export interface WrittenEntry extends ChainEnd {
  /** Without the line end. */
  readonly line: string;
}

/** The entry that follows `end`, with its hash. */
export function makeEntry(end: ChainEnd, at: Date, content: EntryContent): WrittenEntry {
  const seq = end.seq + 1;
  const unhashed = { ...content, seq, at: at.toISOString(), previous: end.hash };
  const hash = hashOf(unhashed);
  return { seq, hash, line: canonicalJson({ ...unhashed, hash }) };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Returns `undefined` for a line that is not an entry, not in canonical form, or has a wrong hash. Never throws. */
export function readEntry(line: Buffer): Entry | undefined {
  try {
    const text = utf8.decode(line);
    const json: Json = JSON.parse(text);
    const parsed = v.safeParse(chainedSchema, json);
    if (!parsed.success || canonicalJson(json) !== text) return undefined;
    const { hash, ...unhashed } = parsed.output;
    return hashOf(unhashed as { readonly [member: string]: Json }) === hash ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** SHA-256 over the hash of the entry before and the canonical JSON of this one. */
function hashOf(unhashed: { readonly [member: string]: Json }): string {
  return createHash('sha256')
    .update(`${unhashed['previous']}\n${canonicalJson(unhashed)}`)
    .digest('hex');
}
