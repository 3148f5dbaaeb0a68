import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { sayEnding, takeTurn } from './first-instance.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

/** Electron's lock, which gives these answers in turn. */
function appWith(...answers: readonly boolean[]) {
  const requestSingleInstanceLock = vi.fn(() => false);
  for (const answer of answers) requestSingleInstanceLock.mockReturnValueOnce(answer);
  return { requestSingleInstanceLock, getPath: () => folder };
}

const endingFile = () => path.join(folder, 'ending');
const endedProcess = () => spawnSync(process.execPath, ['--version']).pid;

test('the first one opens a window, and deletes what a former one has left', () => {
  writeFileSync(endingFile(), String(endedProcess()));
  expect(takeTurn(appWith(true))).toBe('first');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['no word of its end', undefined],
  ['a word of a process that has ended', () => String(endedProcess())],
  ['a word that names no process', () => '-1'],
])('a later one ends, with %s', (_what, text) => {
  if (text !== undefined) writeFileSync(endingFile(), text());
  const app = appWith(false);
  expect(takeTurn(app)).toBe('later');
  expect(app.requestSingleInstanceLock).toHaveBeenCalledOnce();
});

test('a later one does not wait for ever for a process that is ending', () => {
  sayEnding(appWith());
  const app = appWith(false);
  expect(takeTurn(app, 200)).toBe('too-early');
  expect(app.requestSingleInstanceLock).toHaveBeenCalledOnce();
  expect(existsSync(endingFile())).toBe(true);
});

test('where the user’s data cannot be written it goes on', () => {
  folder = path.join(folder, 'not there');
  expect(takeTurn(appWith(false))).toBe('first');
  expect(() => sayEnding(appWith())).not.toThrow();
});
