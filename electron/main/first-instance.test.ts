import { execFileSync, spawn, spawnSync } from 'node:child_process';
import files, {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
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
/** Node reaps a child in its event loop: until a test that does not wait is over, the process is there. */
const processNotReaped = () => spawn(process.execPath, ['--version']).pid;

test('the first one opens a window, and deletes what a former one has left', () => {
  writeFileSync(endingFile(), String(endedProcess()));
  expect(takeTurn(appWith(true))).toBe('first');
  expect(readdirSync(folder)).toEqual([]);
});

test.each([
  ['no word of its end', undefined],
  ['a word of a process that has ended', () => String(endedProcess())],
  ['a word that names no process', () => '-1'],
  ['a word of a former process that had its number', () => String(process.pid)],
])('H21: a later one ends, with %s', (_what, text) => {
  if (text !== undefined) writeFileSync(endingFile(), text());
  const app = appWith(false);
  expect(takeTurn(app)).toBe('later');
  expect(app.requestSingleInstanceLock).toHaveBeenCalledOnce();
});

test('H21: what a former one has left is deleted also where a scanner holds it for a moment', () => {
  writeFileSync(endingFile(), String(endedProcess()));
  const remove = vi.spyOn(files, 'rmSync').mockImplementationOnce(() => {
    throw Object.assign(new Error('held'), { code: 'EBUSY' });
  });
  syncBuiltinESMExports();
  onTestFinished(() => {
    remove.mockRestore();
    syncBuiltinESMExports();
  });
  expect(takeTurn(appWith(true))).toBe('first');
  expect(remove).toHaveBeenCalledTimes(2);
  expect(existsSync(endingFile())).toBe(false);
});

test('a later one does not wait for ever for a process that is ending', () => {
  writeFileSync(endingFile(), String(processNotReaped()));
  expect(takeTurn(appWith(false, false), 200)).toBe('too-early');
  expect(existsSync(endingFile())).toBe(true);
});

test('H21: a later one opens where the lock is free, though the process that ended is not reaped', () => {
  writeFileSync(endingFile(), String(processNotReaped()));
  expect(takeTurn(appWith(false, true), 200)).toBe('first');
  expect(existsSync(endingFile())).toBe(false);
});

test.each<[string, () => void]>([
  ['nothing', () => undefined],
  ['the word of a former process', () => writeFileSync(endingFile(), '1')],
  ['a FIFO', () => void execFileSync('mkfifo', [endingFile()])],
  ['a link to another file', () => symlinkSync(path.join(folder, 'another'), endingFile())],
])('H10: the word of its end takes the place of %s, and goes nowhere else', async (_what, put) => {
  writeFileSync(path.join(folder, 'another'), 'kept');
  put();
  await sayEnding(appWith());
  expect(lstatSync(endingFile())).toMatchObject({ mode: 0o100600 });
  expect(readFileSync(endingFile(), 'utf8')).toBe(String(process.pid));
  expect(readFileSync(path.join(folder, 'another'), 'utf8')).toBe('kept');
});

test('where the word of its end cannot be written it ends all the same', async () => {
  mkdirSync(endingFile());
  await sayEnding(appWith());
  expect(readdirSync(endingFile())).toEqual([]);
});

test('where the user’s data cannot be written it goes on', async () => {
  folder = path.join(folder, 'not there');
  expect(takeTurn(appWith(false))).toBe('first');
  await sayEnding(appWith());
});
