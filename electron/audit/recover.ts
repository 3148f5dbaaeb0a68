/**
 * Finds the end of a trail, and the events that must be recorded there before the next entry. Runs when the viewer starts,
 * and after every failed write, which may have been a crash.
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
  /** The length of the file; another length later means that another program has written to it. */
  readonly bytes: number;
  /** Whether the last line is incomplete, so that a line end must be written first. */
  readonly unfinished: boolean;
}

export type Recovery =
  | { readonly kind: 'found'; readonly end: TrailEnd; readonly pendingEvents: readonly AuditEvent[] }
  /** There are files, but neither an entry nor the tail marker can be read. */
  | { readonly kind: 'unreadable' };

/** Throws the error of the file system, or `TrailFileUnreadable`: an unreadable file does not count as missing. */
export function recoverTrail(folder: string): Recovery {
  const files = listTrailFilesIfAny(folder);
  const newest = files.at(-1);
  const markerRead = readTailMarker(folder);
  if (markerRead.kind === 'unreadable') throw new TrailFileUnreadable(tailMarkerFile(folder), markerRead);
  const marker = markerRead.kind === 'read' ? markerRead.marker : undefined;
  const { last, incomplete, bytes, unfinished } = readTail(files);

  const chain = chainEnd(last, marker);
  if (chain === undefined && newest !== undefined && bytes > 0) return { kind: 'unreadable' };
  const end = chain ?? chainStart;
  const damage =
    last === undefined && marker === undefined ? undefined : findDamage(last ?? chainStart, marker);
  const pendingEvents: AuditEvent[] = [
    ...(incomplete.length === 0
      ? []
      : [{ event: 'lines-torn', lines: incomplete.map(describeIncompleteLine) } as const]),
    ...(damage === undefined ? [] : [{ event: 'trail-damaged', found: damage } as const]),
  ];
  const file = newest ?? trailFileFor(folder, end.seq + 1);
  return { kind: 'found', end: { seq: end.seq, hash: end.hash, file, bytes, unfinished }, pendingEvents };
}

/** Entries lost at the end keep their numbers, so that the gap stays visible. */
function chainEnd(last: ChainEnd | undefined, marker: ChainEnd | undefined): ChainEnd | undefined {
  if (last === undefined || marker === undefined) return last ?? marker;
  return marker.seq > last.seq ? marker : last;
}

function findDamage(
  last: ChainEnd,
  marker: ChainEnd | undefined,
): Extract<AuditEvent, { event: 'trail-damaged' }>['found'] | undefined {
  // The viewer writes the tail marker before the first entry.
  if (marker === undefined) return 'end-mark-missing';
  if (marker.seq > last.seq) return 'entries-missing';
  return marker.seq === last.seq && marker.hash !== last.hash ? 'last-entry-replaced' : undefined;
}

interface Tail {
  readonly last: ChainEnd | undefined;
  /** The incomplete lines behind the last entry, oldest first. */
  readonly incomplete: readonly Buffer[];
  readonly bytes: number;
  readonly unfinished: boolean;
}

/** Reads backwards, as far as the last entry. */
function readTail(files: readonly TrailFile[]): Tail {
  const incomplete: Buffer[] = [];
  let newest: { readonly bytes: number; readonly unfinished: boolean } | undefined;
  for (const file of files.toReversed()) {
    const { lines, bytes, unfinished } = readTrailLines(file.path);
    newest ??= { bytes, unfinished };
    for (const line of lines.toReversed()) {
      const entry = readEntry(line);
      if (entry !== undefined) return { last: entry, incomplete, ...newest };
      incomplete.unshift(line);
    }
  }
  return { last: undefined, incomplete, ...(newest ?? { bytes: 0, unfinished: false }) };
}
