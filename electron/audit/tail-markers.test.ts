import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import type { ChainEnd } from './entry.ts';
import { checkTailMarkers } from './tail-markers.ts';
import { readTrail } from './testing/read-trail.ts';
import { appendCopies, openTestTrail } from './testing/test-trail.ts';
import { type TailMarkerRead, tailMarkerFile } from './trail-folder.ts';

const hash = (seq: number) => String(seq % 10).repeat(64);
const marker = (seq: number): ChainEnd => ({ seq, hash: hash(seq) });

describe('of ten entries that were read', () => {
  /** A number stands for the marker of that entry. */
  type Found = number | ChainEnd | undefined;
  const read = (found: Found): TailMarkerRead =>
    found === undefined
      ? { kind: 'missing' }
      : { kind: 'read', marker: typeof found === 'number' ? marker(found) : found };
  const judge = (before: Found, after: Found) =>
    checkTailMarkers(marker(10), { before: read(before), after: read(after) }, (seq) =>
      seq <= 10 ? hash(seq) : undefined,
    ).map(({ kind, text }) => `${kind}: ${text}`);

  test.each([
    ['a tail marker that stayed at the end', 10, 10],
    ['a tail marker that came to the end meanwhile', 7, 10],
  ])('%s: whole', (_name, before, after) => expect(judge(before, after)).toEqual([]));

  test.each([
    ['an entry written in between', 10, 11],
    ['an entry read before its tail marker was written', 9, 9],
    ['many written in between', 8, 200],
    ['a tail marker that was copied first', 4, 4],
  ])('%s: a note', (_name, before, after) =>
    expect(judge(before, after)).toEqual([expect.stringMatching(/^note: /)]),
  );

  test.each([
    ['a cut-off tail', 11, 11, 'entry 11 is missing at the end.'],
    ['a cut-off tail, and more written meanwhile', 12, 13, 'entries 11 to 12 are missing at the end.'],
    [
      'a marker that came only later, behind the end',
      undefined,
      12,
      'entries 11 to 12 are missing at the end.',
    ],
    ['a marker that went away', 10, undefined, 'The end mark is missing: entries at the end may be missing.'],
    ['another hash before', { seq: 9, hash: hash(1) }, 10, 'Entry 9 is not the one that was written.'],
    ['another hash after', 9, { seq: 10, hash: hash(1) }, 'Entry 10 is not the one that was written.'],
    [
      'another hash at the beginning',
      { seq: 0, hash: hash(1) },
      10,
      'Entry 0 is not the one that was written.',
    ],
  ])('%s: a problem', (_name, before, after, text) =>
    expect(judge(before, after)).toEqual([`problem: ${text}`]),
  );
});

/** A process of its own that writes entries as fast as the disk takes them. */
const writer = `
  const { openTrail } = await import(process.argv[1]);
  const trail = openTrail({ folder: process.argv[2], workstation: 'WARD-7', now: () => new Date(), largestFileBytes: 20_000 });
  for (;;) await trail.append({ event: 'copied', workstation: 'WARD-7', actor: null });
`;

describe('beside a viewer that writes', () => {
  let parent: string;
  let folder: string;
  let viewer: ChildProcess;

  beforeEach(async () => {
    parent = temporaryFolder();
    folder = path.join(parent, 'audit');
    await appendCopies(openTestTrail(folder), 50);
    const trailModule = new URL('./trail.ts', import.meta.url).href;
    viewer = spawn(process.execPath, ['--input-type=module', '-e', writer, trailModule, folder], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await expect.poll(() => readTrail(folder).entries.length, { timeout: 8_000 }).toBeGreaterThan(60);
  });

  afterEach(async () => {
    const ended = once(viewer, 'close');
    viewer.kill('SIGKILL');
    await ended;
  });

  const problems = (where: string) => readTrail(where).findings.filter(({ kind }) => kind === 'problem');

  test('a verification finds nothing wrong', () => {
    for (let count = 0; count < 100; count += 1) expect(problems(folder)).toEqual([]);
  });

  test('nor in a copy whose tail marker was copied first', async () => {
    for (let count = 0; count < 10; count += 1) {
      const copy = await mkdtemp(path.join(parent, 'copy-'));
      // The marker before the list of the files too: one that was begun in between would be missing from the copy.
      await copyFile(tailMarkerFile(folder), tailMarkerFile(copy));
      const others = (await readdir(folder)).filter((name) => name !== path.basename(tailMarkerFile(folder)));
      for (const name of others.toSorted()) await copyFile(path.join(folder, name), path.join(copy, name));
      expect(problems(copy)).toEqual([]);
    }
  });
});
