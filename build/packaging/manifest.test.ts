import { spawnSync } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { manifestOf, manifestProblems, readManifest, writeManifest } from './manifest.ts';

let folder: string;
let packed: string;
let file: string;
beforeEach(async () => {
  folder = temporaryFolder();
  packed = path.join(folder, 'packed');
  file = path.join(folder, 'files.sha256');
  await mkdir(path.join(packed, 'resources'), { recursive: true });
  await writeFile(path.join(packed, 'cpis-viewer'), 'program');
  await writeFile(path.join(packed, 'resources', 'app.asar'), 'code');
  await writeManifest(file, await manifestOf(packed));
});

test('a package as it was made has no problem', async () => {
  expect(manifestProblems(await manifestOf(packed), await readManifest(file), 'linux')).toEqual([]);
});

test('H16: every file that was changed, taken away or added is found', async () => {
  await writeFile(path.join(packed, 'cpis-viewer'), 'another');
  await rm(path.join(packed, 'resources', 'app.asar'));
  await writeFile(path.join(packed, 'Uninstall cpis-viewer.exe'), '');
  const problems = async (system: 'linux' | 'win32') =>
    manifestProblems(await manifestOf(packed), await readManifest(file), system);
  const changed = ['cpis-viewer is not the one that was published', 'resources/app.asar is missing'];
  expect(await problems('linux')).toEqual([...changed, 'Uninstall cpis-viewer.exe is not in the manifest']);
  // On Windows the installer adds it.
  expect(await problems('win32')).toEqual(changed);
});

test('sha256sum reads it too', async () => {
  // macOS has Perl's, and Git for Windows brings the one of Linux.
  const [command, ...options] =
    process.platform === 'darwin' ? (['shasum', '-a', '256'] as const) : (['sha256sum'] as const);
  const check = () =>
    spawnSync(command, [...options, '--check', '--strict', '--quiet', file], { cwd: packed });
  expect(check().status).toBe(0);
  await writeFile(path.join(packed, 'cpis-viewer'), 'another');
  expect(check().status).toBe(1);
});

const hash = 'a'.repeat(64);

test.each([
  ['an empty file', ''],
  ['another text', 'all is well\n'],
  ['a short hash', 'abc  cpis-viewer\n'],
  ['a file named twice', `${hash}  cpis-viewer\n${hash}  cpis-viewer\n`],
])('%s is no manifest', async (_what, text) => {
  await writeFile(file, text);
  await expect(readManifest(file)).rejects.toThrow('is no manifest of a package');
});
