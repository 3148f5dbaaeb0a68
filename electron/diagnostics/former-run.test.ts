import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { markRun } from './former-run.ts';

let folder: string;
const mark = () => path.join(folder, 'running.json');
const now = new Date('2026-11-23T14:32:00Z');

beforeEach(() => {
  folder = temporaryFolder();
});

test('a run that came to its end leaves no mark', () => {
  markRun(folder, now).remove();
  expect(markRun(folder, now).former).toEqual({ kind: 'in-order-or-none' });
});

test('a run that did not leaves when it started', () => {
  markRun(folder, now);
  expect(markRun(folder, now).former).toEqual({
    kind: 'not-in-order',
    startedAt: now.toISOString(),
    stop: undefined,
  });
});

const later = new Date('2026-11-24T09:00:00Z');
const killed = { kind: 'not-in-order', startedAt: now.toISOString(), stop: undefined };

test.each<[string, () => unknown, object]>([
  ['a run that was killed', () => markRun(folder, now), killed],
  [
    'one that an error ended',
    () => markRun(folder, now).stop('A', now),
    { ...killed, stop: { reference: 'A', inARow: 1 } },
  ],
  ['a mark that cannot be read', () => writeFile(mark(), '?'), { ...killed, startedAt: undefined }],
  ['no run', () => undefined, { kind: 'in-order-or-none' }],
])(
  'a start that is given up is no run: the next one knows of %s before it',
  async (_name, before, former) => {
    await before();
    markRun(folder, later).giveUp();
    expect(markRun(folder, later).former).toEqual(former);
  },
);

test('a mark that is gone is not put back', () => {
  markRun(folder, now);
  const next = markRun(folder, later);
  next.remove();
  next.giveUp();
  expect(markRun(folder, later).former).toEqual({ kind: 'in-order-or-none' });
});

test.each<[string, () => Promise<unknown>]>([
  ['a damaged file', () => writeFile(mark(), '{"startedAt":')],
  ['a FIFO, which nothing waits for', () => promisify(execFile)('mkfifo', [mark()])],
])('%s in the place of its mark is one of an unknown time, and is replaced', async (_name, put) => {
  await put();
  expect(markRun(folder, now).former).toEqual({
    kind: 'not-in-order',
    startedAt: undefined,
    stop: undefined,
  });
  expect(await readFile(mark(), 'utf8')).toContain(now.toISOString());
});

test('a run that an error ends leaves its reference, and counts those before it that were as short', async () => {
  const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
  const ended = async (reference: string, afterSeconds: number) => {
    const run = markRun(folder, now);
    run.stop(reference, after(afterSeconds));
    run.remove();
    return JSON.parse(await readFile(mark(), 'utf8')).stop;
  };
  expect(await ended('A', 1)).toEqual({ reference: 'A', inARow: 1 });
  expect(await ended('B', 59)).toEqual({ reference: 'B', inARow: 2 });
  expect(await ended('C', 60)).toEqual({ reference: 'C', inARow: 1 });
  markRun(folder, now).remove();
  expect(await ended('D', 1)).toEqual({ reference: 'D', inARow: 1 });
  expect(markRun(folder, now).former).toEqual({
    kind: 'not-in-order',
    startedAt: now.toISOString(),
    stop: { reference: 'D', inARow: 1 },
  });
});
