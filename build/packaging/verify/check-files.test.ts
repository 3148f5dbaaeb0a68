import { chmod, mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { fileProblems, modeProblems } from './check-files.ts';
import { layoutOf } from './layout.ts';

let folder: string;

beforeEach(async () => {
  folder = temporaryFolder();
  await chmod(folder, 0o755);
  await mkdir(path.join(folder, 'resources'), { mode: 0o755 });
  await add('cpis-viewer');
  await add('resources/app.asar');
});

async function add(name: string, mode = 0o644): Promise<void> {
  await writeFile(path.join(folder, name), '');
  await chmod(path.join(folder, name), mode);
}

const problems = () => fileProblems(layoutOf(folder, 'release'), { flavour: 'release', installed: false });

test('listed files that only their owner can change are well', async () => {
  expect(await problems()).toEqual([]);
});

test.each([
  ['resources/extra.js', 0o644, 'resources/extra.js does not belong there'],
  ['resources/app.asar.unpacked', 0o644, 'resources/app.asar.unpacked does not belong there'],
  ['icudtl.dat', 0o666, 'icudtl.dat can be changed by others than its owner'],
  ['icudtl.dat', 0o664, 'icudtl.dat can be changed by others than its owner'],
  ['icudtl.dat', 0o4755, 'icudtl.dat runs as its owner (set-user-ID)'],
])('%s with mode %o is found', async (name, mode, problem) => {
  await add(name, mode);
  expect(await problems()).toEqual([problem]);
});

test('a source map is found twice over', async () => {
  await add('resources/main.js.map');
  expect(await problems()).toEqual(
    expect.arrayContaining([
      'resources/main.js.map is a source map',
      'resources/main.js.map does not belong there',
    ]),
  );
});

test('a folder `app`, which stands beside a real app.asar, is found by its files', async () => {
  await mkdir(path.join(folder, 'resources', 'app'), { mode: 0o755 });
  await add('resources/app/main.js');
  expect(await problems()).toEqual(['resources/app/main.js does not belong there']);
});

test('a link is found', async () => {
  await symlink('/etc/passwd', path.join(folder, 'icudtl.dat'));
  expect(await problems()).toEqual(['icudtl.dat is a link']);
});

test('a folder that anyone may write to is found', async () => {
  await chmod(path.join(folder, 'resources'), 0o777);
  expect(await problems()).toEqual(['resources can be changed by others than its owner']);
});

test("once installed, everything is root's; the sandbox helper may run as its owner", () => {
  expect(modeProblems('cpis-viewer', { mode: 0o755, uid: 1000 }, true)).toEqual([
    'cpis-viewer does not belong to root',
  ]);
  expect(modeProblems('cpis-viewer', { mode: 0o755, uid: 0 }, true)).toEqual([]);
  expect(modeProblems('chrome-sandbox', { mode: 0o4755, uid: 0 }, true)).toEqual([]);
});

test('a library planted in a Windows package is found', async () => {
  await rm(path.join(folder, 'cpis-viewer'));
  await add('cpis-viewer.exe');
  await add('ffmpeg.dll');
  expect(await problems()).toEqual([]);
  await add('version.dll');
  expect(await problems()).toEqual(['version.dll does not belong there']);
});

test('a package that has grown past its limit is found', async () => {
  await truncate(path.join(folder, 'resources', 'app.asar'), 401 * 1024 * 1024);
  expect(await problems()).toEqual(['the package has 410624 kB, of at most 409600 kB']);
});

test('a folder without a package says so', async () => {
  await rm(path.join(folder, 'cpis-viewer'));
  expect(() => layoutOf(folder, 'release')).toThrow('holds no package');
});
