/**
 * The layout of the trail's folder: files of limited size with the entries, each named after its first entry, and the tail
 * marker, which names the last entry so that a truncated trail shows. This module reads and does not verify. It is
 * synchronous, because `audit verify` runs before Electron's event loop.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { readStrictJson } from '../../shared/json.ts';
import { type FileUnreadable, fileErrorCode, readFileSafelySync } from '../files/read-file.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ChainEnd } from './entry.ts';
import type { IncompleteLine } from './trail-event.ts';

const fileName = /^audit-(\d{12})\.jsonl$/;
const markerSizeBytes = 128;
/** The viewer begins a new file after 4 MB; it never writes a much larger one. */
const largestTrailFileBytes = 64 * 1024 * 1024;
const lineEnd = 0x0a;

export interface TrailFile {
  readonly name: string;
  readonly path: string;
  readonly firstSeq: number;
}

/** A file of the trail exists but cannot be read. The message begins with the file's name. */
export class TrailFileUnreadable extends Error {
  /** The code of the file system; `undefined` where the path is not a regular file of a trail. */
  readonly code: string | undefined;

  constructor(file: string, { problem, code }: Pick<FileUnreadable, 'problem' | 'code'>) {
    super(`${path.basename(file)} ${problem}`);
    this.name = 'TrailFileUnreadable';
    this.code = code;
  }
}

export interface TrailLines {
  readonly lines: readonly Buffer[];
  /** Whether the last line lacks its line end, because writing stopped. */
  readonly unfinished: boolean;
  readonly bytes: number;
}

/** Lists the files in the order of the trail. Throws the error of the file system. */
export function listTrailFiles(folder: string): readonly TrailFile[] {
  const names = readdirSync(folder).toSorted();
  return names.flatMap((name) => {
    const match = fileName.exec(name);
    return match === null ? [] : [{ name, path: path.join(folder, name), firstSeq: Number(match[1]) }];
  });
}

/** Like `listTrailFiles`, but a missing folder has no files. */
export function listTrailFilesIfAny(folder: string): readonly TrailFile[] {
  try {
    return listTrailFiles(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** `seq`: the number of the file's first entry. */
export function trailFileFor(folder: string, seq: number): TrailFile {
  const name = `audit-${String(seq).padStart(12, '0')}.jsonl`;
  return { name, path: path.join(folder, name), firstSeq: seq };
}

/** Throws `TrailFileUnreadable`. */
export function readTrailLines(file: string): TrailLines {
  const bytes = readPiece(file, 0, Number.POSITIVE_INFINITY);
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  const unfinished = start < bytes.length;
  if (unfinished) lines.push(bytes.subarray(start));
  return { lines, unfinished, bytes: bytes.length };
}

export interface TrailLine {
  readonly bytes: Buffer;
  /** The offset of the next line in the file, in bytes. */
  readonly end: number;
  /** Whether the line has its line end; without it, writing stopped. */
  readonly isFinished: boolean;
}

/** One read: a few hundred entries, without a noticeable delay. */
const pieceBytes = 256 * 1024;

/** Yields the lines from `offset` (in bytes) on, and an incomplete last line. Throws `TrailFileUnreadable`. */
export function* linesFrom(file: string, offset: number): Generator<TrailLine> {
  let from = offset;
  for (let size = pieceBytes; ; ) {
    const bytes = readPiece(file, from, size);
    let start = 0;
    for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
      yield { bytes: bytes.subarray(start, end), end: from + end + 1, isFinished: true };
      start = end + 1;
    }
    const isAtEnd = bytes.length < size;
    if (isAtEnd && start < bytes.length)
      yield { bytes: bytes.subarray(start), end: from + bytes.length, isFinished: false };
    if (isAtEnd) return;
    from += start;
    size = start === 0 ? size * 2 : pieceBytes;
  }
}

/** Reads up to the length at the time of opening, since the file may grow. Refuses links: the viewer makes none here. */
function readPiece(file: string, offset: number, length: number): Buffer {
  const read = readFileSafelySync(file, {
    mostBytes: largestTrailFileBytes,
    refuseLinks: true,
    offset,
    length,
  });
  switch (read.kind) {
    case 'read':
      return read.bytes;
    case 'missing':
      throw new TrailFileUnreadable(file, { problem: 'is not there', code: 'ENOENT' });
    case 'unreadable':
      throw new TrailFileUnreadable(file, read);
  }
}

/** What the trail keeps of a line that was not written to its end: no text. */
export function describeIncompleteLine(line: Buffer): IncompleteLine {
  return { bytes: line.length, sha256: createHash('sha256').update(line).digest('hex') };
}

/** Its path. */
export function tailMarkerFile(folder: string): string {
  return path.join(folder, 'end-mark.json');
}

const markerSchema = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** The length is constant, so that the marker is overwritten in place, within one sector, also on a full disk. */
export function formatTailMarker({ seq, hash }: ChainEnd): string {
  return `${canonicalJson({ hash, seq }).padEnd(markerSizeBytes - 1)}\n`;
}

export type TailMarkerRead =
  | { readonly kind: 'read'; readonly marker: ChainEnd }
  /** Only for ENOENT. */
  | { readonly kind: 'missing' }
  /** The file has other content. */
  | { readonly kind: 'damaged' }
  /** Locked by another program, without read permission, or no regular file: the content is unknown. */
  | FileUnreadable;

/** Never throws. */
export function readTailMarker(folder: string): TailMarkerRead {
  const read = readFileSafelySync(tailMarkerFile(folder), { refuseLinks: true });
  if (read.kind !== 'read') return read;
  const text = read.bytes.toString('utf8');
  const json = readStrictJson(text);
  const parsed = v.safeParse(markerSchema, json.kind === 'read' ? json.value : undefined);
  return parsed.success && formatTailMarker(parsed.output) === text
    ? { kind: 'read', marker: parsed.output }
    : { kind: 'damaged' };
}
