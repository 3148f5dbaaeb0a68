/**
 * Reads from the trail how the previous run ended: whether its user was never signed out (the viewer crashed, was killed,
 * or lost its display or its power), and whether the answer to an unscheduled check was never shown. The trail is the
 * source because it exists anyway: the viewer needs no further file, and identifies no patient here (H4, H5, H10).
 */
import * as v from 'valibot';
import { retryWhileLockedSync } from '../files/locked-file.ts';
import { recordedNotification } from './recorded-notification.ts';
import type { Actor } from './trail-event.ts';
import { listTrailFiles, readTrailLines } from './trail-folder.ts';

export interface LastRun {
  readonly interrupted: InterruptedSession | undefined;
  /** The time of the last run's unscheduled check whose answer was never shown. */
  readonly leftCheckAt: Date | undefined;
}

export interface InterruptedSession {
  readonly actor: Actor;
  /** The latest unscheduled check of the session that notified, or may have; `undefined` where there was none. */
  readonly notifiedAt: Date | undefined;
}

/** An older session is no reason to ask the user for a confirmation. */
const longestAgoMs = 24 * 3_600_000;

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

/** The entries that matter here; every other entry is skipped. */
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
    notification: recordedNotification,
    fault: v.nullable(v.object({ kind: v.string() })),
  }),
]);

type Entry = v.InferOutput<typeof entrySchema>;
type Outcome = Extract<Entry, { event: 'cpis-outcome' }>;

/** To be called before this run writes to the trail. An unreadable trail gives `undefined` for both. */
export function readLastRun(folder: string, now: Date): LastRun {
  const newest = newestEntries(folder, now);
  return { interrupted: findInterruptedSession(newest), leftCheckAt: findLeftCheck(newest) };
}

/** `entries`: newest first, each read when it is first asked for. `outcomes`: of the checks among those read so far. */
interface NewestEntries {
  readonly entries: () => Iterable<Entry>;
  readonly outcomes: ReadonlyMap<string | null, Outcome>;
}

/** Those of the last day. Reads no further than it is asked, since every start waits for it. */
function newestEntries(folder: string, now: Date): NewestEntries {
  const source = newestFirst(folder);
  const entriesRead: Entry[] = [];
  const outcomes = new Map<string | null, Outcome>();
  function readNext(): Entry | undefined {
    const entry = source.next().value;
    if (entry === undefined) return undefined;
    if (now.getTime() - entry.at.getTime() > longestAgoMs) return source.return(undefined).value;
    entriesRead.push(entry);
    if (entry.event === 'cpis-outcome') outcomes.set(entry.checkId, entry);
    return entry;
  }
  function* entries(): Generator<Entry> {
    for (let index = 0; ; index += 1) {
      const entry = entriesRead[index] ?? readNext();
      if (entry === undefined) return;
      yield entry;
    }
  }
  return { entries, outcomes };
}

/** The session that the newest entries belong to, unless it was signed out. */
function findInterruptedSession({ entries, outcomes }: NewestEntries): InterruptedSession | undefined {
  let user: Actor | undefined;
  let notifiedAt: Date | undefined;
  for (const entry of entries()) {
    if (entry.event === 'signed-out') break;
    if (!('actor' in entry) || entry.actor === null) continue;
    // A running viewer discards the checks of an earlier user too (H14).
    if (user !== undefined && user.userId !== entry.actor.userId) break;
    user = entry.actor;
    if (entry.event !== 'cpis-query' || !entry.mayNotify) continue;
    if (outcomes.get(entry.checkId)?.notification !== 'not-sent') notifiedAt ??= entry.at;
  }
  return user && { actor: user, notifiedAt };
}

/** The last action of the last run's user, where that was an unscheduled check. */
function findLeftCheck({ entries, outcomes }: NewestEntries): Date | undefined {
  for (const entry of entries()) {
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

/** Without an outcome the run ended first. `patient-changed`: the answer came after the user had left the patient. */
function wasShown(outcome: Outcome | undefined): boolean {
  if (outcome === undefined) return false;
  return outcome.notification === 'not-sent' || outcome.fault?.kind !== 'patient-changed';
}

function* newestFirst(folder: string): Generator<Entry, undefined> {
  for (const file of filesIn(folder).toReversed()) {
    for (const line of linesOf(file).toReversed()) {
      const entry = read(line);
      if (entry !== undefined) yield entry;
    }
  }
  return undefined;
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
    return retryWhileLockedSync(() => readTrailLines(file).lines);
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
