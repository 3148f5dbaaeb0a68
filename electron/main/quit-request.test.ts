import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { quitRequestFile } from '../../shared/installation.ts';
import { watchQuitRequest } from './quit-request.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

test('the file beside the executable asks once; another file does not', async () => {
  const quit = vi.fn();
  watchQuitRequest(path.join(folder, 'cpis-viewer.exe'), quit, new Date());
  await writeFile(path.join(folder, 'another'), '');
  await writeFile(path.join(folder, quitRequestFile), '');
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
  await writeFile(path.join(folder, quitRequestFile), 'again');
  await writeFile(path.join(folder, 'yet another'), '');
  expect(quit).toHaveBeenCalledOnce();
});

test('one that was left behind is no request, and a new one is', async () => {
  const file = path.join(folder, quitRequestFile);
  await writeFile(file, '');
  await utimes(file, 1, 1);
  const quit = vi.fn();
  watchQuitRequest(path.join(folder, 'cpis-viewer.exe'), quit, new Date());
  await writeFile(path.join(folder, 'another'), '');
  await writeFile(file, '');
  await vi.waitFor(() => expect(quit).toHaveBeenCalledOnce());
});

test('one that was written while the process started asks at once', async () => {
  const processStartedAt = new Date(1_000);
  const file = path.join(folder, quitRequestFile);
  await writeFile(file, '');
  await utimes(file, 1, 1);
  const quit = vi.fn();
  watchQuitRequest(path.join(folder, 'cpis-viewer.exe'), quit, processStartedAt);
  expect(quit).toHaveBeenCalledOnce();
});

test('a folder that cannot be watched stops nobody', () => {
  watchQuitRequest(
    path.join(folder, 'not there', 'cpis-viewer.exe'),
    () => expect.unreachable(),
    new Date(),
  ).stop();
});
