/**
 * Reads a whole trail and says whether it is as it was written: every entry there, unchanged and in its place. What the
 * chain can and cannot show is in `docs/audit.md`.
 */
import * as v from 'valibot';
import type { TornLine } from './audit-event.ts';
import { judgeEnd } from './end-marks.ts';
import { type ChainEnd, chainStart, type Entry, readEntry } from './entry.ts';
import { entriesAre, type Finding } from './finding.ts';
import {
  describeTornLine,
  listTrailFiles,
  readEndMark,
  readTrailLines,
  type TrailFile,
} from './trail-folder.ts';

export interface TrailReport {
  readonly entries: readonly Entry[];
  readonly findings: readonly Finding[];
  /** What the first entry follows, where it is not the beginning that was asked for: nothing before it was looked at. */
  readonly follows: ChainEnd | undefined;
}

/**
 * `from`: the name of the first file to look at, where earlier ones are kept elsewhere. What its first entry says that it
 * follows is then taken on trust. Throws what the file system says.
 */
export function verifyTrail(folder: string, from?: string): TrailReport {
  const entries: Entry[] = [];
  const findings: Finding[] = [];
  const problem = (text: string) => void findings.push({ kind: 'problem', text });
  const note = (text: string) => void findings.push({ kind: 'note', text });
  let follows: ChainEnd | undefined;
  let end: ChainEnd = chainStart;
  let torn: { readonly line: TornLine; readonly place: string }[] = [];

  const before = readEndMark(folder); // first of all: see end-marks.ts
  const files = listFilesFrom(folder, from);
  for (const [index, file] of files.entries()) {
    const read = readTrailLines(file.path);
    let firstSeq: number | undefined;
    for (const [number, line] of read.lines.entries()) {
      const place = `${file.name}, line ${number + 1}`;
      const entry = readEntry(line);
      if (entry === undefined) {
        torn.push({ line: describeTornLine(line), place });
        continue;
      }
      firstSeq ??= entry.seq;
      if (from !== undefined && entries.length === 0) {
        follows = { seq: file.firstSeq - 1, hash: entry.previous };
        end = follows;
      }
      settleTorn(entry, place);
      checkPlace(entry, place);
      end = entry;
      entries.push(entry);
    }
    const isNamedRight = firstSeq === file.firstSeq || (firstSeq === undefined && index === files.length - 1);
    if (read.unfinished && torn.length === 0) note(`${file.name}: the last line lacks its end.`);
    if (!isNamedRight) problem(`${file.name} does not begin with the entry that it is named after.`);
  }
  if (torn.length > 0)
    note('The last line is not finished: the viewer was stopped while it wrote, or is writing.');
  const hashes = new Map([...(follows ? [follows] : []), ...entries].map(({ seq, hash }) => [seq, hash]));
  findings.push(...judgeEnd(end, { before, after: readEndMark(folder) }, (seq) => hashes.get(seq)));
  return { entries, findings, follows };

  /** A line that is no entry is forgiven only where the very next entry names it. */
  function settleTorn(entry: Entry, place: string): void {
    if (torn.length === 0) {
      if (entry.event === 'lines-torn') {
        // They are the last of the file before.
        if (follows !== undefined && entries.length === 0)
          note(`${place}: the unfinished lines that it tells of are in an earlier file.`);
        else problem(`${place}: the unfinished lines that it tells of are not there.`);
      }
      return;
    }
    if (namesAll(entry, torn)) {
      for (const { place: where } of torn)
        note(`${where}: left unfinished, and said so by entry ${entry.seq}.`);
    } else {
      for (const { place: where } of torn) problem(`${where}: not an entry as it was written.`);
    }
    torn = [];
  }

  function checkPlace({ seq, previous, event }: Entry, place: string): void {
    const expected = end.seq + 1;
    if (seq > expected) problem(`${place}: ${entriesAre(expected, seq - 1)} missing before entry ${seq}.`);
    else if (seq < expected) problem(`${place}: entry ${seq} is out of order or there twice.`);
    else if (previous !== end.hash)
      problem(`${place}: entry ${seq} does not follow from the entry before it.`);
    if (event === 'trail-damaged') problem(`${place}: the viewer itself found the trail damaged here.`);
  }
}

function listFilesFrom(folder: string, from: string | undefined): readonly TrailFile[] {
  const files = listTrailFiles(folder);
  if (from === undefined) return files;
  const first = files.findIndex(({ name }) => name === from);
  if (first === -1) throw new Error(`${from} is not a file of the trail in this folder.`);
  return files.slice(first);
}

const tornLines = v.array(v.strictObject({ bytes: v.number(), sha256: v.string() }));

function namesAll(entry: Entry, torn: readonly { readonly line: TornLine }[]): boolean {
  if (entry.event !== 'lines-torn') return false;
  const named = v.safeParse(tornLines, entry['lines']);
  if (!named.success || named.output.length !== torn.length) return false;
  return named.output.every(
    ({ bytes, sha256 }, index) => torn[index]?.line.bytes === bytes && torn[index].line.sha256 === sha256,
  );
}
