/**
 * Where a trail ends, and what must be said there before it goes on. Looked up when the viewer starts, and again after
 * every failed write, which is treated as the crash that it may be.
 */

import { type ChainEnd, chainStart, readEntry } from './entry.ts';
import type { AuditEvent } from './trail-event.ts';
import {
  describeIncompleteLine,
  listTrailFilesIfAny,
  readTailMarker,
  readTrailLines,
  type TrailFile,
  TrailFileUnreadable,
  tailMarkerFile,
  trailFileFor,
} from './trail-folder.ts';

export interface TrailEnd extends ChainEnd {
  readonly file: TrailFile;
  /** How long the file is; another length later on means that somebody else has written there. */
  readonly bytes: number;
  /** The file ends in the middle of a line, which has to be closed first. */
  readonly unfinished: boolean;
}

export type Recovery =
  | { readonly kind: 'found'; readonly end: TrailEnd; readonly toSay: readonly AuditEvent[] }
  /** There are files, and neither an entry nor the end mark in them can be read. */
  | { readonly kind: 'unreadable' };

/** Throws what the file system says, and `TrailFileUnreadable`: what cannot be read is not taken for missing. */
export function recoverTrail(folder: string): Recovery {
  const files = listTrailFilesIfAny(folder);
  const newest = files.at(-1);
  const markRead = readTailMarker(folder);
  if (markRead.kind === 'unreadable') throw new TrailFileUnreadable(tailMarkerFile(folder), markRead);
  const mark = markRead.kind === 'read' ? markRead.mark : undefined;
  const { last, torn, bytes, unfinished } = readTail(files);

  const chain = chainEnd(last, mark);
  if (chain === undefined && newest !== undefined && bytes > 0) return { kind: 'unreadable' };
  const end = chain ?? chainStart;
  const damage = last === undefined && mark === undefined ? undefined : findDamage(last ?? chainStart, mark);
  const toSay: AuditEvent[] = [
    ...(torn.length === 0 ? [] : [{ event: 'lines-torn', lines: torn.map(describeIncompleteLine) } as const]),
    ...(damage === undefined ? [] : [{ event: 'trail-damaged', found: damage } as const]),
  ];
  const file = newest ?? trailFileFor(folder, end.seq + 1);
  return { kind: 'found', end: { seq: end.seq, hash: end.hash, file, bytes, unfinished }, toSay };
}

/** What is lost at the end stays counted, so that the gap shows for good. */
function chainEnd(last: ChainEnd | undefined, mark: ChainEnd | undefined): ChainEnd | undefined {
  if (last === undefined || mark === undefined) return last ?? mark;
  return mark.seq > last.seq ? mark : last;
}

function findDamage(
  last: ChainEnd,
  mark: ChainEnd | undefined,
): Extract<AuditEvent, { event: 'trail-damaged' }>['found'] | undefined {
  // It is there before the first entry is.
  if (mark === undefined) return 'end-mark-missing';
  if (mark.seq > last.seq) return 'entries-missing';
  return mark.seq === last.seq && mark.hash !== last.hash ? 'last-entry-replaced' : undefined;
}

interface Tail {
  readonly last: ChainEnd | undefined;
  /** What lies behind the last entry, oldest first. */
  readonly torn: readonly Buffer[];
  /** Of the newest file. */
  readonly bytes: number;
  readonly unfinished: boolean;
}

/** Reads backwards, as far as the last entry. */
function readTail(files: readonly TrailFile[]): Tail {
  const torn: Buffer[] = [];
  let newest: { readonly bytes: number; readonly unfinished: boolean } | undefined;
  for (const file of files.toReversed()) {
    const { lines, bytes, unfinished } = readTrailLines(file.path);
    newest ??= { bytes, unfinished };
    for (const line of lines.toReversed()) {
      const entry = readEntry(line);
      if (entry !== undefined) return { last: entry, torn, ...newest };
      torn.unshift(line);
    }
  }
  return { last: undefined, torn, ...(newest ?? { bytes: 0, unfinished: false }) };
}
