import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { givenRuntime } from './given.ts';

test.each([[undefined], ['']])('nothing given: %s', async (directory) => {
  await expect(givenRuntime(directory, 'linux')).resolves.toBeUndefined();
});

test('H16: an unpacked Electron is of the version that its executable says, whatever a file beside it says', async () => {
  const directory = temporaryFolder();
  await writeFile(path.join(directory, 'version'), 'v46.0.0\n');
  await writeFile(path.join(directory, 'electron'), '\0Chrome/150.0.0.0 Electron/45.4.1\0', { mode: 0o755 });
  await expect(givenRuntime(directory, 'linux')).resolves.toEqual({
    executable: path.join(directory, 'electron'),
    version: '45.4.1',
    origin: 'given',
  });
});

test('a folder without Electron is refused, not passed over', async () => {
  const directory = temporaryFolder();
  await expect(givenRuntime(directory, 'linux')).rejects.toThrow('ELECTRON_OVERRIDE_DIST_PATH');
});
