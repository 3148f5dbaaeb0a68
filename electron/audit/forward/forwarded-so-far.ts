/**
 * How far the trail has been forwarded, kept beside it: the queue that survives a restart is the trail itself. Losing
 * this file means that entries are sent again, which their number and hash show.
 */
import { readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { type ChainEnd, chainStart, readEntry } from '../entry.ts';
import { listTrailFiles, readTrailLines, type TrailFile } from '../trail-folder.ts';
import type { ForwardedEntry } from './syslog-message.ts';

const schema = v.strictObject({ seq: v.pipe(v.number(), v.safeInteger(), v.minValue(0)), hash: v.string() });

export async function readForwarded(folder: string): Promise<ChainEnd> {
  try {
    return v.parse(schema, JSON.parse(await readFile(fileIn(folder), 'utf8')));
  } catch {
    return chainStart;
  }
}

export async function keepForwarded(folder: string, { seq, hash }: ChainEnd): Promise<void> {
  const unfinished = `${fileIn(folder)}.new`;
  await writeFile(unfinished, JSON.stringify({ seq, hash }), { mode: 0o600 });
  await rename(unfinished, fileIn(folder));
}

function fileIn(folder: string): string {
  return path.join(folder, 'forwarded.json');
}

/**
 * The next entries behind `sent`, at most so many. Where `sent` is not in the trail, which then is another one, it is
 * forwarded from its first entry. Throws what the file system says.
 */
export function entriesBehind(folder: string, sent: ChainEnd, most: number): readonly ForwardedEntry[] {
  const files = listTrailFiles(folder);
  const from = files.findLastIndex(({ firstSeq }) => firstSeq <= sent.seq);
  const found: ForwardedEntry[] = [];
  let isKnown = sent.seq === chainStart.seq;
  for (const file of files.slice(Math.max(0, from))) {
    const { entries, reached } = entriesOf(file, sent.seq);
    isKnown ||= reached?.seq === sent.seq && reached.hash === sent.hash;
    if (!isKnown) return entriesBehind(folder, chainStart, most);
    found.push(...entries);
    if (found.length >= most) break;
  }
  return isKnown ? found.slice(0, most) : entriesBehind(folder, chainStart, most);
}

interface FileTail {
  readonly entries: readonly ForwardedEntry[];
  /** The last entry that is not behind. */
  readonly reached: ChainEnd | undefined;
}

/** Read from its end: as a rule only a few entries are new. */
function entriesOf(file: TrailFile, sentSeq: number): FileTail {
  const entries: ForwardedEntry[] = [];
  for (const bytes of readTrailLines(file.path).lines.toReversed()) {
    const entry = readEntry(bytes);
    if (entry === undefined) continue;
    const { seq, hash, at, event } = entry;
    if (seq <= sentSeq) return { entries: entries.toReversed(), reached: { seq, hash } };
    entries.push({ seq, hash, at, event, line: bytes.toString('utf8') });
  }
  return { entries: entries.toReversed(), reached: undefined };
}
