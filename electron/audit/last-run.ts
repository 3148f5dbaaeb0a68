/**
 * What the trail says of the run before this one: whether its user was never signed out (the viewer crashed, was killed, lost
 * its display or its power), and whether the answer to an unscheduled check was never shown. Read from the trail because it
 * is there in any case: no file is kept for it, and no patient is told from another by it (H4, H5, H10).
 */
import * as v from 'valibot';
import type { Actor } from './trail-event.ts';
import { listTrailFiles, readTrailLines } from './trail-folder.ts';

export interface LastRun {
  /** A session whose end is not in the trail. */
  readonly interrupted: InterruptedSession | undefined;
  /** When the last run sent an unscheduled check whose answer it never showed. */
  readonly leftCheckAt: Date | undefined;
}

export interface InterruptedSession {
  readonly actor: Actor;
  /** The latest unscheduled check of the session that notified, or may have; `undefined` where there was none. */
  readonly notifiedAt: Date | undefined;
}

/** A session of longer ago than this is no reason to ask the user again. Milliseconds. */
const longestAgo = 24 * 3_600_000;

/** An earlier version recorded no `roleId`. */
const actor = v.object({
  userId: v.string(),
  roleId: v.optional(v.string(), ''),
  role: v.string(),
  organisation: v.string(),
});
const instant = v.pipe(
  v.string(),
  v.isoTimestamp(),
  v.transform((text) => new Date(text)),
);

/** What counts here; every other entry is passed over. */
const entrySchema = v.variant('event', [
  v.object({ event: v.picklist(['started', 'patient-trace', 'patient-search']), at: instant }),
  v.object({
    event: v.picklist(['signed-in', 'locked', 'signed-out']),
    at: instant,
    actor: v.nullable(actor),
  }),
  v.object({
    event: v.literal('cpis-query'),
    query: v.literal('check'),
    at: instant,
    actor: v.nullable(actor),
    checkId: v.string(),
    mayNotify: v.boolean(),
  }),
  v.object({
    event: v.literal('cpis-outcome'),
    query: v.literal('check'),
    at: instant,
    checkId: v.nullable(v.string()),
    notification: v.string(),
    fault: v.nullable(v.object({ kind: v.string() })),
  }),
]);

type Entry = v.InferOutput<typeof entrySchema>;
type Outcome = Extract<Entry, { event: 'cpis-outcome' }>;

/** To be called before this run writes to the trail. A trail that cannot be read says nothing. */
export function readLastRun(folder: string, now: Date): LastRun {
  const entries: Entry[] = [];
  const outcomes = new Map<string | null, Outcome>();
  for (const entry of newestFirst(folder)) {
    if (now.getTime() - entry.at.getTime() > longestAgo) break;
    entries.push(entry);
    if (entry.event === 'cpis-outcome') outcomes.set(entry.checkId, entry);
  }
  return {
    interrupted: findInterruptedSession(entries, outcomes),
    leftCheckAt: findLeftCheck(entries, outcomes),
  };
}

type Outcomes = ReadonlyMap<string | null, Outcome>;

/** The session that the newest entries belong to, unless it was signed out. */
function findInterruptedSession(
  entries: readonly Entry[],
  outcomes: Outcomes,
): InterruptedSession | undefined {
  let user: Actor | undefined;
  let notifiedAt: Date | undefined;
  for (const entry of entries) {
    if (entry.event === 'signed-out') break;
    if (!('actor' in entry) || entry.actor === null) continue;
    // What another user asked before is forgotten in a running viewer too (H14).
    if (user !== undefined && user.userId !== entry.actor.userId) break;
    user = entry.actor;
    if (entry.event !== 'cpis-query' || !entry.mayNotify) continue;
    if (outcomes.get(entry.checkId)?.notification !== 'not-told') notifiedAt ??= entry.at;
  }
  return user && { actor: user, notifiedAt };
}

/** The last thing that the last run's user did, where that was an unscheduled check. */
function findLeftCheck(entries: readonly Entry[], outcomes: Outcomes): Date | undefined {
  for (const entry of entries) {
    switch (entry.event) {
      case 'cpis-query':
        return entry.mayNotify && !wasShown(outcomes.get(entry.checkId)) ? entry.at : undefined;
      case 'started':
      case 'signed-in':
      case 'patient-trace':
      case 'patient-search':
        return undefined;
      case 'locked':
      case 'signed-out':
      case 'cpis-outcome':
        continue;
    }
  }
  return undefined;
}

/** No outcome: the run ended first. `patient-changed`: the patient had been left when it came. */
function wasShown(outcome: Outcome | undefined): boolean {
  if (outcome === undefined) return false;
  return outcome.notification === 'not-told' || outcome.fault?.kind !== 'patient-changed';
}

function* newestFirst(folder: string): Generator<Entry> {
  for (const file of filesIn(folder).toReversed()) {
    for (const line of linesOf(file).toReversed()) {
      const entry = read(line);
      if (entry !== undefined) yield entry;
    }
  }
}

function filesIn(folder: string): readonly string[] {
  try {
    return listTrailFiles(folder).map(({ path }) => path);
  } catch {
    return [];
  }
}

function linesOf(file: string): readonly Buffer[] {
  try {
    return readTrailLines(file).lines;
  } catch {
    return [];
  }
}

function read(line: Buffer): Entry | undefined {
  try {
    const parsed = v.safeParse(entrySchema, JSON.parse(line.toString('utf8')));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}
