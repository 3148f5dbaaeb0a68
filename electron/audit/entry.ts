/**
 * One line of the trail. Its hash covers its content and the hash of the entry before, so that no entry can be changed,
 * taken out or moved without every later hash being wrong.
 */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { canonicalJson, type Json } from './canonical-json.ts';
import type { Actor, AuditEvent } from './trail-event.ts';

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** What every entry has, whatever its event: the chain needs no more, and a later version's events still verify. */
const chainedSchema = v.looseObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  at: v.pipe(v.string(), v.isoTimestamp()),
  event: v.string(),
  previous: sha256,
  hash: sha256,
});

/** As read: the event's own members are whatever the writing version put there. */
export type Entry = v.InferOutput<typeof chainedSchema>;

export type EntryContent = AuditEvent & { readonly workstation: string; readonly actor: Actor | null };

/** The end of a chain: what the next entry is chained to. */
export interface ChainEnd {
  readonly seq: number;
  readonly hash: string;
}

export const chainStart: ChainEnd = { seq: 0, hash: '0'.repeat(64) };

export interface WrittenEntry extends ChainEnd {
  /** Without the line end. */
  readonly line: string;
}

export function makeEntry(end: ChainEnd, at: Date, content: EntryContent): WrittenEntry {
  const seq = end.seq + 1;
  const unhashed = { ...content, seq, at: at.toISOString(), previous: end.hash };
  const hash = hashOf(unhashed);
  return { seq, hash, line: canonicalJson({ ...unhashed, hash }) };
}

/** `undefined`: not an entry, not in its one form, or not what its hash says. Never throws. */
export function readEntry(line: Buffer): Entry | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
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
