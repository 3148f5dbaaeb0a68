/** The request to quit, with the real notices of Windows about a folder. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { quitRequestFile } from '../shared/installation.ts';
import { temporaryFolder } from './support/folder.ts';
import { startBundle } from './support/programs.ts';

describe("Installer's request to quit", () => {
  test('W11: a process that watches its folder ends when the file is written', async () => {
    const folder = temporaryFolder('quit');
    const watcher = startBundle(['wait-for-quit', path.join(folder, 'cpis-viewer.exe')]);
    await once(watcher.stdout ?? watcher, 'data');
    const ended = once(watcher, 'exit');
    writeFileSync(path.join(folder, 'another'), '');
    writeFileSync(path.join(folder, quitRequestFile), '');
    assert.deepEqual(await ended, [0, null]);
  });
});
