import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { type ChainEnd, chainStart, makeEntry } from '../entry.ts';
import { createTrailReader, type TrailReader } from './trail-reader.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => vi.restoreAllMocks());

const fileOf = (seq: number) => path.join(folder, `audit-${String(seq).padStart(12, '0')}.jsonl`);

/** Appends entries to the named file, and returns the end of the chain. */
async function add(file: string, end: ChainEnd, count: number): Promise<ChainEnd> {
  let last = end;
  const lines: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const entry = makeEntry(last, new Date(0), { event: 'copied', workstation: 'WARD-7', actor: null });
    lines.push(`${entry.line}\n`);
    last = entry;
  }
  await appendFile(file, lines.join(''));
  return { seq: last.seq, hash: last.hash };
}

/** Another trail of one entry in the place of the first file: its end. */
async function replaceTrail(): Promise<ChainEnd> {
  const first = makeEntry(chainStart, new Date(1), { event: 'print', workstation: 'WARD-8', actor: null });
  await writeFile(fileOf(1), `${first.line}\n`);
  return first;
}

const numbers = (reader: TrailReader, sent: ChainEnd, most = 100) =>
  reader.entriesBehind(sent, most).map(({ seq }) => seq);

const fromTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** Reads all entries in batches, as the forwarder does. */
function readAll(reader: TrailReader, most: number): readonly number[] {
  const all: number[] = [];
  let sent = chainStart;
  for (;;) {
    const entries = reader.entriesBehind(sent, most);
    const last = entries.at(-1);
    if (last === undefined) return all;
    all.push(...entries.map(({ seq }) => seq));
    sent = { seq: last.seq, hash: last.hash };
  }
}

test('a backlog is read once, over many batches, pieces and files', async () => {
  const middle = await add(fileOf(1), chainStart, 3_000);
  await add(fileOf(3_001), middle, 1_000);
  const parse = vi.spyOn(JSON, 'parse');
  expect(readAll(createTrailReader(folder), 200)).toEqual(fromTo(1, 4_000));
  expect(parse.mock.calls.length).toBeLessThan(4_100);
});

test('a batch that could not be sent is read again, from its own place', async () => {
  const middle = await add(fileOf(1), chainStart, 2_000);
  await add(fileOf(1), middle, 300);
  const reader = createTrailReader(folder);
  expect(numbers(reader, middle, 200)).toEqual(fromTo(2_001, 2_200));
  const parse = vi.spyOn(JSON, 'parse');
  expect(numbers(reader, middle, 200)).toEqual(fromTo(2_001, 2_200));
  expect(parse.mock.calls.length).toBeLessThan(210);
});

test('after a restart, from behind what was sent', async () => {
  const sent = await add(fileOf(1), chainStart, 5);
  const end = await add(fileOf(1), sent, 3);
  await add(fileOf(9), end, 2);
  expect(numbers(createTrailReader(folder), sent)).toEqual([6, 7, 8, 9, 10]);
  expect(numbers(createTrailReader(folder), end)).toEqual([9, 10]);
});

test('a line that is being written is read once it is whole; one that was left unfinished is passed over', async () => {
  const end = await add(fileOf(1), chainStart, 2);
  const reader = createTrailReader(folder);
  const { line } = makeEntry(end, new Date(0), { event: 'print', workstation: 'WARD-7', actor: null });
  await appendFile(fileOf(1), line.slice(0, 40));
  expect(numbers(reader, chainStart)).toEqual([1, 2]);
  expect(numbers(reader, end)).toEqual([]);
  await appendFile(fileOf(1), `${line.slice(40)}\n`);
  expect(numbers(reader, end)).toEqual([3]);

  const [last = { seq: 0, hash: '' }] = reader.entriesBehind(end, 1);
  await appendFile(fileOf(1), '{"incomplete\n');
  await add(fileOf(1), last, 1);
  expect(numbers(reader, last)).toEqual([4]);
});

test('a line longer than a piece does not hold up what follows', async () => {
  const end = await add(fileOf(1), chainStart, 1);
  await appendFile(fileOf(1), `${'x'.repeat(600 * 1024)}\n`);
  await add(fileOf(1), end, 1);
  expect(readAll(createTrailReader(folder), 10)).toEqual([1, 2]);
});

test('another trail in the place of the one it stood in: from its first entry', async () => {
  const sent = await add(fileOf(1), chainStart, 5);
  const reader = createTrailReader(folder);
  expect(numbers(reader, chainStart)).toEqual([1, 2, 3, 4, 5]);
  const first = await replaceTrail();
  expect(numbers(reader, sent)).toEqual([1]);
  await add(fileOf(1), first, 20);
  expect(numbers(reader, sent)).toEqual(fromTo(1, 21));
});

test('another trail that has outgrown the one it stood in: from its first entry', async () => {
  const sent = await add(fileOf(1), chainStart, 5);
  const reader = createTrailReader(folder);
  reader.entriesBehind(chainStart, 100);
  await add(fileOf(1), await replaceTrail(), 20);
  expect(numbers(reader, sent)).toEqual(fromTo(1, 21));
});

test('reading continues behind a gap of a crash or a deletion', async () => {
  const sent = await add(fileOf(1), chainStart, 3);
  const reader = createTrailReader(folder);
  reader.entriesBehind(chainStart, 100);
  await add(fileOf(1), { seq: 7, hash: 'f'.repeat(64) }, 2);
  expect(numbers(reader, sent)).toEqual([8, 9]);
});

test('where the oldest files were taken away: those that are left, and none twice', async () => {
  const one = await add(fileOf(1), chainStart, 3);
  const two = await add(fileOf(4), one, 3);
  await add(fileOf(7), two, 3);
  const reader = createTrailReader(folder);
  expect(numbers(reader, chainStart, 2)).toEqual([1, 2]);
  const [, second = { seq: 0, hash: '' }] = reader.entriesBehind(chainStart, 2);
  await rm(fileOf(1));
  await rm(fileOf(4));
  expect(numbers(reader, second)).toEqual([7, 8, 9]);
  expect(numbers(createTrailReader(folder), two)).toEqual([7, 8, 9]);
  expect(await readFile(fileOf(7), 'utf8')).toContain('"seq":7');
});
