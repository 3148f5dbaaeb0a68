import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { quitRequestFile } from '../../shared/installation.ts';
import type { LogRecord } from '../diagnostics/log.ts';
import { watchQuitRequest } from './quit-request.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const startedAt = new Date('2026-11-28T07:00:00.000Z');
const later = (seconds: number) => new Date(startedAt.getTime() + seconds * 1_000);

/** `now`: when the process looks for the file first. */
function watchIn(place: string, processStartedAt = new Date(), now = () => new Date()) {
  const quit = vi.fn();
  const logged: LogRecord[] = [];
  const log = { write: (record: LogRecord) => void logged.push(record) };
  const executable = path.join(place, 'cpis-viewer.exe');
  const { stop } = watchQuitRequest(executable, { quit, processStartedAt, now, log });
  onTestFinished(stop);
  return { quit, logged };
}

async function writeRequest(at: Date): Promise<void> {
  const file = path.join(folder, quitRequestFile);
  await writeFile(file, '');
  await utimes(file, at, at);
}

const followed = { event: 'quit-request', state: 'followed' };
const leftBehind = { event: 'quit-request', state: 'left-behind' };

test('the file beside the executable asks once; another file does not', async () => {
  const { quit, logged } = watchIn(folder);
  await writeFile(path.join(folder, 'another'), '');
  await writeFile(path.join(folder, quitRequestFile), '');
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  await writeFile(path.join(folder, quitRequestFile), 'again');
  await writeFile(path.join(folder, 'yet another'), '');
  expect(quit).toHaveBeenCalledOnce();
  expect(logged).toEqual([followed]);
});

test.each([
  ['was left behind', later(-1)],
  ['was left behind, and is dated ahead of a clock that was set back since,', later(3_600)],
])('H21: one that %s is no request, and a new one is', async (_what, at) => {
  await writeRequest(at);
  const { quit, logged } = watchIn(folder, startedAt, () => later(10));
  expect(quit).not.toHaveBeenCalled();
  expect(logged).toEqual([leftBehind]);
  await writeFile(path.join(folder, 'another'), '');
  await writeFile(path.join(folder, quitRequestFile), '');
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  expect(logged).toEqual([leftBehind, followed]);
});

test.each([
  ['was written while the process started', later(0)],
  ['a disk dates two seconds ahead', later(12)],
])('one that %s asks at once', async (_what, at) => {
  await writeRequest(at);
  const { quit, logged } = watchIn(folder, startedAt, () => later(10));
  expect(quit).toHaveBeenCalledOnce();
  expect(logged).toEqual([followed]);
});

test('a folder that cannot be watched stops nobody', () => {
  const { quit, logged } = watchIn(path.join(folder, 'not there'));
  expect(quit).not.toHaveBeenCalled();
  expect(logged).toEqual([]);
});
