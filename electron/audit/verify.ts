/**
 * Verifies a whole trail: every entry is present, unchanged and in its place. `docs/audit.md` explains what the chain can
 * and cannot show. Reads entry by entry and keeps none, so that a trail of any length needs the same memory.
 */
import * as v from 'valibot';
import { type ChainEnd, chainStart, type Entry, readEntry } from './entry.ts';
import { readForwarded } from './forward/forwarded-so-far.ts';
import { checkTailMarkers, keepHashes } from './tail-markers.ts';
import type { IncompleteLine } from './trail-event.ts';
import {
  describeIncompleteLine,
  linesFrom,
  listTrailFiles,
  readTailMarker,
  type TrailFile,
  TrailFileUnreadable,
  type TrailLine,
} from './trail-folder.ts';
import { collectIssues, describeEntryRange, type VerificationIssue } from './verification-issue.ts';

export interface TrailReport {
  readonly entries: number;
  readonly first: Entry | undefined;
  readonly last: Entry | undefined;
  readonly findings: readonly VerificationIssue[];
  /** The entry before the first one, where verification began at a later file: the earlier entries were not verified. */
  readonly follows: ChainEnd | undefined;
  /** The last entry that the log collector has, by `forwarded.json`. */
  readonly forwarded: ChainEnd | undefined;
}

export interface TrailReading {
  /**
   * The name of the first file to verify, where earlier files are archived elsewhere; the hash that its first entry follows
   * is then trusted.
   */
  readonly from?: string | undefined;
  /** Called with each entry as it is read; whether the trail is whole is known only at the end. */
  readonly onEntry?: ((entry: Entry) => void) | undefined;
}

/** Throws the error of the file system. */
export function verifyTrail(folder: string, { from, onEntry }: TrailReading = {}): TrailReport {
  const issues = collectIssues();
  const problem = (text: string) => issues.add('problem', text);
  const note = (text: string) => issues.add('note', text);
  let entries = 0;
  let first: Entry | undefined;
  let last: Entry | undefined;
  let follows: ChainEnd | undefined;
  let end: ChainEnd = chainStart;
  /** Whether a run that records its end has begun and not ended yet. */
  let runIsOpen = false;
  let incomplete: { readonly line: IncompleteLine; readonly place: string }[] = [];

  const before = readTailMarker(folder); // before the files: see tail-markers.ts
  const forwarded = readForwarded(folder);
  const files = listFilesFrom(folder, from);
  const hashes = keepHashes([before.kind === 'read' ? before.marker.seq : undefined, forwarded?.seq]);
  for (const [index, file] of files.entries()) {
    let firstSeq: number | undefined;
    let number = 0;
    let isFinished = true;
    try {
      for (const line of linesFrom(file.path, 0)) {
        number += 1;
        isFinished = line.isFinished;
        const seq = readLine(line, `${file.name}, line ${number}`, file);
        firstSeq ??= seq;
      }
    } catch (error) {
      // A path that is no regular file is a problem of the trail.
      if (!(error instanceof TrailFileUnreadable) || error.code !== undefined) throw error;
      problem(`${error.message}.`);
      continue;
    }
    const isNamedRight = firstSeq === file.firstSeq || (firstSeq === undefined && index === files.length - 1);
    if (!isFinished && incomplete.length === 0) note(`${file.name}: the last line lacks its end.`);
    if (!isNamedRight) problem(`${file.name} does not begin with the entry that it is named after.`);
  }
  if (incomplete.length > 0)
    note('The last line is not finished: the viewer was stopped while it wrote, or is writing.');
  for (const { kind, text } of checkTailMarkers(end, { before, after: readTailMarker(folder) }, hashes.of))
    issues.add(kind, text);
  checkForwarded();
  return { entries, first, last, findings: issues.all(), follows, forwarded };

  /** Returns the number of the entry; `undefined` for a line that is none. */
  function readLine({ bytes }: TrailLine, place: string, file: TrailFile): number | undefined {
    const entry = readEntry(bytes);
    if (entry === undefined) {
      if (incomplete.length === mostIncompleteLines) refuseIncomplete();
      incomplete.push({ line: describeIncompleteLine(bytes), place });
      return undefined;
    }
    if (from !== undefined && entries === 0) {
      follows = { seq: file.firstSeq - 1, hash: entry.previous };
      end = follows;
      hashes.keep(follows);
    }
    checkIncomplete(entry, place);
    checkPlace(entry, place);
    checkRun(entry, place);
    end = entry;
    entries += 1;
    first ??= entry;
    last = entry;
    hashes.keep(entry);
    onEntry?.(entry);
    return entry.seq;
  }

  /** A trail that was truncated with its tail marker, or rewritten, lacks an entry that the collector has. */
  function checkForwarded(): void {
    if (forwarded === undefined || forwarded.seq === chainStart.seq) return;
    const { seq, hash } = forwarded;
    if (seq > end.seq) problem(`Entry ${seq} was forwarded to the log collector and is not in this trail.`);
    else if ((hashes.of(seq) ?? hash) !== hash)
      problem(`Entry ${seq} is not the one that was forwarded to the log collector.`);
  }

  /** An incomplete line is no problem only where the next entry names it. */
  function checkIncomplete(entry: Entry, place: string): void {
    if (incomplete.length === 0) {
      if (entry.event === 'lines-torn') {
        // The incomplete lines end the file before.
        if (follows !== undefined && entries === 0)
          note(`${place}: the unfinished lines that it tells of are in an earlier file.`);
        else problem(`${place}: the unfinished lines that it tells of are not there.`);
      }
      return;
    }
    if (namesAll(entry, incomplete)) {
      for (const { place: where } of incomplete)
        note(`${where}: left unfinished, and said so by entry ${entry.seq}.`);
      incomplete = [];
    } else refuseIncomplete();
  }

  function refuseIncomplete(): void {
    for (const { place } of incomplete) problem(`${place}: not an entry as it was written.`);
    incomplete = [];
  }

  function checkPlace({ seq, previous, event }: Entry, place: string): void {
    const expected = end.seq + 1;
    if (seq > expected)
      problem(`${place}: ${describeEntryRange(expected, seq - 1)} missing before entry ${seq}.`);
    else if (seq < expected) problem(`${place}: entry ${seq} is out of order or there twice.`);
    else if (previous !== end.hash)
      problem(`${place}: entry ${seq} does not follow from the entry before it.`);
    if (event === 'trail-damaged') problem(`${place}: the viewer itself found the trail damaged here.`);
  }

  /** Reports interruptions of the trail: those that the viewer recorded, and a run without its `ended`. */
  function checkRun(entry: Entry, place: string): void {
    switch (entry.event) {
      case 'trail-interrupted': {
        const { since, reason, late, refused, lost } = v.parse(interruption, entry);
        note(
          `${place}: from ${since} to ${entry.at} the trail could not be written (${reason}). Entries that follow late: ${late}; requests refused: ${refused}.`,
        );
        if (lost > 0) problem(`${place}: entries lost meanwhile: ${lost}.`);
        break;
      }
      case 'started':
        if (runIsOpen)
          note(
            `${place}: the viewer was started again without having recorded its end: what it did after entry ${entry.seq - 1} may be missing.`,
          );
        runIsOpen = entry['recordsEnd'] === true;
        break;
      case 'ended':
        runIsOpen = false;
        break;
    }
  }
}

/** More than crashes can leave between two entries. */
const mostIncompleteLines = 1_000;

function listFilesFrom(folder: string, from: string | undefined): readonly TrailFile[] {
  const files = listTrailFiles(folder);
  if (from === undefined) return files;
  const first = files.findIndex(({ name }) => name === from);
  if (first === -1) throw new Error(`${from} is not a file of the trail in this folder.`);
  return files.slice(first);
}

/** The entry has a correct hash; a member of another type comes from another version. */
const interruption = v.object({
  since: v.fallback(v.pipe(v.string(), v.isoTimestamp()), 'an unknown time'),
  reason: v.fallback(v.pipe(v.string(), v.regex(/^\w{1,40}$/)), 'unknown'),
  late: v.fallback(v.number(), 0),
  refused: v.fallback(v.number(), 0),
  lost: v.fallback(v.number(), 0),
});

const incompleteLines = v.array(v.strictObject({ bytes: v.number(), sha256: v.string() }));

function namesAll(entry: Entry, incomplete: readonly { readonly line: IncompleteLine }[]): boolean {
  if (entry.event !== 'lines-torn') return false;
  const named = v.safeParse(incompleteLines, entry['lines']);
  if (!named.success || named.output.length !== incomplete.length) return false;
  return named.output.every(
    ({ bytes, sha256 }, index) =>
      incomplete[index]?.line.bytes === bytes && incomplete[index].line.sha256 === sha256,
  );
}
