/** What `verify:package` finds in a released package that was changed after it had been made. */
import { spawnSync } from 'node:child_process';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPackageWithOptions, extractAll } from '@electron/asar';
import { required } from '../fixtures.ts';
import { copyOfPackage, expect, test } from './release.ts';

function verify(folder: string) {
  const script = path.resolve(import.meta.dirname, '../../build/tasks/verify-package.ts');
  return spawnSync(
    process.execPath,
    [script, folder, `--manifest=${required('CPIS_VIEWER_MANIFEST')}`, '--allow-fallback-for-tests'],
    { encoding: 'utf8' },
  );
}

test('a package as it was made is as it should be', async ({ release }) => {
  const { status, stdout } = verify(await copyOfPackage(release.folder));
  expect(stdout).toContain('The package is as it should be.');
  expect(status).toBe(0);
});

test('each changed file of a package is found: program, library, data, documents, code', async ({
  release,
}) => {
  const folder = await copyOfPackage(release.folder);
  const inFolder = (name: string) => path.join(folder, name);
  const change = async (name: string, edit: (bytes: Buffer) => void) => {
    const bytes = await readFile(inFolder(name));
    edit(bytes);
    await writeFile(inFolder(name), bytes);
  };
  await writeFile(inFolder('chrome-sandbox'), '#!/bin/sh\n');
  await writeFile(inFolder('libffmpeg.so'), await readFile('/bin/true'));
  await truncate(inFolder('resources.pak'), 0);
  // Far behind the headers and the fuses, in machine code.
  await change('cpis-viewer', (bytes) => bytes.fill(0x90, bytes.length >> 1, (bytes.length >> 1) + 16));
  await change('resources/sbom.cdx.json', (bytes) => bytes.write('MOT', bytes.indexOf('MIT')));
  await rm(inFolder('libvulkan.so.1'));

  const { status, stdout } = verify(folder);
  expect(status).toBe(1);
  for (const name of [
    'chrome-sandbox',
    'libffmpeg.so',
    'resources.pak',
    'cpis-viewer',
    'resources/sbom.cdx.json',
  ])
    expect(stdout).toContain(`  ${name} is not the one that was published`);
  expect(stdout).toContain('  libvulkan.so.1 is missing');
});

/** Its own header agrees with it. On Linux Electron does not check the archive; ownership keeps it, and this finds it. */
test('an app.asar that was packed again with other code in it is found', async ({ release }) => {
  const folder = await copyOfPackage(release.folder);
  const asar = path.join(folder, 'resources', 'app.asar');
  const unpacked = path.join(release.folder, 'unpacked');
  extractAll(asar, unpacked);
  const main = path.join(unpacked, 'main.js');
  await writeFile(main, `${await readFile(main, 'utf8')}\nglobalThis.changed = true;`);
  await createPackageWithOptions(unpacked, asar, { unpack: '*.node' });

  const { status, stdout } = verify(folder);
  expect(stdout).toContain('  resources/app.asar is not the one that was published');
  expect(stdout).not.toContain("is not what the archive's header says");
  expect(status).toBe(1);
});
