import { statSync } from 'node:fs';
import { type ChainEnd, chainStart, readEntry } from '../entry.ts';
import { linesFrom, listTrailFilesIfAny, readTrailLines, type TrailFile } from '../trail-folder.ts';
import type { ForwardedEntry } from './syslog-message.ts';

export interface TrailReader {
  /**
   * Returns the next entries behind `sent`, at most `most`. Where `sent` is not in the trail, which then is another trail,
   * reading begins at the first entry. Throws the error of the file system.
   */
  entriesBehind(sent: ChainEnd, most: number): readonly ForwardedEntry[];
}

interface Position {
  readonly sent: ChainEnd;
  readonly file: TrailFile;
  readonly offsetBytes: number;
}

interface Reading {
  readonly entries: readonly ForwardedEntry[];
  /** The hash that the first of them follows. */
  readonly follows: string | undefined;
  readonly end: Position;
}

/**
 * Reads the trail for forwarding, each time from the position where the last reading ended: a backlog is read once, in
 * pieces, and a new entry costs one line. Where the trail does not continue from that position (it is another trail, or
 * files were removed), the reader searches for the position again.
 */
export function createTrailReader(folder: string): TrailReader {
  /** The positions behind and before the last reading: a batch that could not be sent is read again. */
  let positions: readonly Position[] = [];

  function entriesBehind(sent: ChainEnd, most: number): readonly ForwardedEntry[] {
    const files = listTrailFilesIfAny(folder);
    const known = positions.find((position) => isSame(position.sent, sent) && exists(position, files));
    const position = known ?? locate(files, sent);
    if (position === undefined) return [];
    const { entries, follows, end } = readOn(position, files, most);
    const continues = known === undefined || follows === undefined || follows === sent.hash;
    positions = continues ? [end, position] : [];
    return continues ? entries : entriesBehind(sent, most);
  }

  return { entriesBehind };
}

function isSame(one: ChainEnd, other: ChainEnd): boolean {
  return one.seq === other.seq && one.hash === other.hash;
}

function exists({ file, offsetBytes }: Position, files: readonly TrailFile[]): boolean {
  return files.some(({ name }) => name === file.name) && statSync(file.path).size >= offsetBytes;
}

/** Returns `undefined` where there is no trail. */
function locate(files: readonly TrailFile[], sent: ChainEnd): Position | undefined {
  const file = files.findLast(({ firstSeq }) => firstSeq <= sent.seq);
  const offsetBytes = file === undefined || isSame(sent, chainStart) ? undefined : endOf(file, sent);
  if (file !== undefined && offsetBytes !== undefined) return { sent, file, offsetBytes };
  const [first] = files;
  return first && { sent, file: first, offsetBytes: 0 };
}

/** The position behind an entry; `undefined` where the file lacks it. Reads backwards, since it is usually near the end. */
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

/** Skips a line that is no entry, and reads it again next time: the viewer may be writing it now. */
function readOn(from: Position, files: readonly TrailFile[], most: number): Reading {
  const entries: ForwardedEntry[] = [];
  let follows: string | undefined;
  let end = from;
  for (const file of files.slice(files.findIndex(({ name }) => name === from.file.name))) {
    for (const line of linesFrom(file.path, file.name === from.file.name ? from.offsetBytes : 0)) {
      const entry = readEntry(line.bytes);
      if (entry === undefined) continue;
      const { seq, hash, at, event, previous } = entry;
      follows ??= previous;
      entries.push({ seq, hash, at, event, line: line.bytes.toString('utf8') });
      end = { sent: { seq, hash }, file, offsetBytes: line.end };
      if (entries.length === most) return { entries, follows, end };
    }
  }
  return { entries, follows, end };
}
