/**
 * Reads the trail for forwarding, each time on from where the last reading stood: a backlog is read once, in pieces, and a
 * new entry costs its own line. Where the trail does not go on as it was left (it is another one, or files were taken
 * away), the place is looked up anew.
 */
import { statSync } from 'node:fs';
import { type ChainEnd, chainStart, readEntry } from '../entry.ts';
import { linesFrom, listTrailFilesIfAny, readTrailLines, type TrailFile } from '../trail-folder.ts';
import type { ForwardedEntry } from './syslog-message.ts';

export interface TrailReader {
  /**
   * The next entries behind `sent`, at most so many. Where `sent` is not in the trail, which then is another one, it is
   * read from its first entry. Throws what the file system says.
   */
  entriesBehind(sent: ChainEnd, most: number): readonly ForwardedEntry[];
}

interface Place {
  /** The entry that was sent last, behind which to read on… */
  readonly sent: ChainEnd;
  /** …from here. Bytes. */
  readonly file: TrailFile;
  readonly offset: number;
}

interface Reading {
  readonly entries: readonly ForwardedEntry[];
  /** What the first of them follows. */
  readonly follows: string | undefined;
  readonly end: Place;
}

export function createTrailReader(folder: string): TrailReader {
  /** Behind what was read last, and before it: a batch that could not be sent is read again. */
  let places: readonly Place[] = [];

  function entriesBehind(sent: ChainEnd, most: number): readonly ForwardedEntry[] {
    const files = listTrailFilesIfAny(folder);
    const known = places.find((place) => isSame(place.sent, sent) && isThere(place, files));
    const place = known ?? locate(files, sent);
    if (place === undefined) return [];
    const { entries, follows, end } = readOn(place, files, most);
    const goesOn = known === undefined || follows === undefined || follows === sent.hash;
    places = goesOn ? [end, place] : [];
    return goesOn ? entries : entriesBehind(sent, most);
  }

  return { entriesBehind };
}

function isSame(one: ChainEnd, other: ChainEnd): boolean {
  return one.seq === other.seq && one.hash === other.hash;
}

function isThere({ file, offset }: Place, files: readonly TrailFile[]): boolean {
  return files.some(({ name }) => name === file.name) && statSync(file.path).size >= offset;
}

/** `undefined`: there is no trail. */
function locate(files: readonly TrailFile[], sent: ChainEnd): Place | undefined {
  const file = files.findLast(({ firstSeq }) => firstSeq <= sent.seq);
  const offset = file === undefined || isSame(sent, chainStart) ? undefined : endOf(file, sent);
  if (file !== undefined && offset !== undefined) return { sent, file, offset };
  const [first] = files;
  return first && { sent, file: first, offset: 0 };
}

/** Where an entry ends; `undefined` where it is not in the file. Read backwards: as a rule it is among the last. */
function endOf(file: TrailFile, { seq, hash }: ChainEnd): number | undefined {
  const { lines, bytes, unfinished } = readTrailLines(file.path);
  let end = bytes + (unfinished ? 1 : 0);
  for (const line of lines.toReversed()) {
    const entry = readEntry(line);
    if (entry?.seq === seq) return entry.hash === hash ? Math.min(end, bytes) : undefined;
    end -= line.length + 1;
  }
  return undefined;
}

/** A line that is no entry is passed over, and looked at again next time: it may be being written just now. */
function readOn(from: Place, files: readonly TrailFile[], most: number): Reading {
  const entries: ForwardedEntry[] = [];
  let follows: string | undefined;
  let end = from;
  for (const file of files.slice(files.findIndex(({ name }) => name === from.file.name))) {
    for (const line of linesFrom(file.path, file.name === from.file.name ? from.offset : 0)) {
      const entry = readEntry(line.bytes);
      if (entry === undefined) continue;
      const { seq, hash, at, event, previous } = entry;
      follows ??= previous;
      entries.push({ seq, hash, at, event, line: line.bytes.toString('utf8') });
      end = { sent: { seq, hash }, file, offset: line.end };
      if (entries.length === most) return { entries, follows, end };
    }
  }
  return { entries, follows, end };
}
