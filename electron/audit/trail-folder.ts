/**
 * How the trail lies in its folder: entries in files of limited size, each named after the first entry it was made for,
 * and beside them the end mark, which says where the trail ends so that a cut-off tail shows. Nothing here
 * judges what it reads; it is synchronous, because `audit verify` runs before Electron's event loop does.
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
const endMarkBytes = 128;
/** The viewer begins a new file after 4 MB; a much larger one is not of its making. Bytes. */
const largestTrailFile = 64 * 1024 * 1024;
const lineEnd = 0x0a;

export interface TrailFile {
  readonly name: string;
  readonly path: string;
  /** The number of the entry that the file was begun for. */
  readonly firstSeq: number;
}

/** A file of the trail that is there and cannot be read: its message begins with the file's name. */
export class TrailFileUnreadable extends Error {
  /** The file system's own; `undefined` where something stands in the file's place that is no file of a trail. */
  readonly code: string | undefined;

  constructor(file: string, { problem, code }: Pick<FileUnreadable, 'problem' | 'code'>) {
    super(`${path.basename(file)} ${problem}`);
    this.name = 'TrailFileUnreadable';
    this.code = code;
  }
}

export interface TrailLines {
  readonly lines: readonly Buffer[];
  /** Whether the last line has no end: it was being written when something stopped. */
  readonly unfinished: boolean;
  readonly bytes: number;
}

/** In the order of the trail. Throws what the file system says. */
export function listTrailFiles(folder: string): readonly TrailFile[] {
  const names = readdirSync(folder).toSorted();
  return names.flatMap((name) => {
    const match = fileName.exec(name);
    return match === null ? [] : [{ name, path: path.join(folder, name), firstSeq: Number(match[1]) }];
  });
}

/** The same, where there may be no trail yet: only a folder that is not there has no files. */
export function listTrailFilesIfAny(folder: string): readonly TrailFile[] {
  try {
    return listTrailFiles(folder);
  } catch (error) {
    if (fileErrorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

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
  /** Where the next line begins. */
  readonly end: number;
}

/** Read at once: some hundred entries, and little enough that nobody notices. Bytes. */
const piece = 256 * 1024;

/** The lines from `offset` on, also a last one without its end. Throws `TrailFileUnreadable`. */
export function* linesFrom(file: string, offset: number): Generator<TrailLine> {
  let from = offset;
  for (let size = piece; ; ) {
    const bytes = readPiece(file, from, size);
    let start = 0;
    for (let end = bytes.indexOf(lineEnd); end !== -1; end = bytes.indexOf(lineEnd, start)) {
      yield { bytes: bytes.subarray(start, end), end: from + end + 1 };
      start = end + 1;
    }
    const isAtEnd = bytes.length < size;
    if (isAtEnd && start < bytes.length) yield { bytes: bytes.subarray(start), end: from + bytes.length };
    if (isAtEnd) return;
    from += start;
    size = start === 0 ? size * 2 : piece;
  }
}

/** As many bytes as the file has at first: it may grow meanwhile. Nobody but the viewer makes files here: no link. */
function readPiece(file: string, offset: number, length: number): Buffer {
  const read = readFileSafelySync(file, { mostBytes: largestTrailFile, refuseLinks: true, offset, length });
  switch (read.kind) {
    case 'read':
      return read.bytes;
    case 'missing':
      throw new TrailFileUnreadable(file, { problem: 'is not there', code: 'ENOENT' });
    case 'unreadable':
      throw new TrailFileUnreadable(file, read);
  }
}

export function describeIncompleteLine(line: Buffer): IncompleteLine {
  return { bytes: line.length, sha256: createHash('sha256').update(line).digest('hex') };
}

export function tailMarkerFile(folder: string): string {
  return path.join(folder, 'end-mark.json');
}

const endMarkSchema = v.strictObject({
  seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  hash: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
});

/** Always the same length, so that it is written over in place, within one sector, and needs no room on a full disk. */
export function formatTailMarker({ seq, hash }: ChainEnd): string {
  return `${canonicalJson({ hash, seq }).padEnd(endMarkBytes - 1)}\n`;
}

export type EndMarkRead =
  | { readonly kind: 'read'; readonly mark: ChainEnd }
  /** ENOENT, and nothing else. */
  | { readonly kind: 'missing' }
  /** A file with something else in it. */
  | { readonly kind: 'damaged' }
  /** Held by another program, not ours to read, no regular file: what it says is unknown. */
  | FileUnreadable;

/** Never throws. */
export function readTailMarker(folder: string): EndMarkRead {
  const read = readFileSafelySync(tailMarkerFile(folder), { refuseLinks: true });
  if (read.kind !== 'read') return read;
  const text = read.bytes.toString('utf8');
  const json = readStrictJson(text);
  const parsed = v.safeParse(endMarkSchema, json.kind === 'read' ? json.value : undefined);
  return parsed.success && formatTailMarker(parsed.output) === text
    ? { kind: 'read', mark: parsed.output }
    : { kind: 'damaged' };
}
