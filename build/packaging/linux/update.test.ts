/**
 * The scripts of the deb and the rpm, run by the real dpkg and rpm in a system of its own: a first installation, an update
 * from a version in the folder with a blank, which electron-builder's own scripts had installed, and a removal.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { sharedTemporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import type { FpmJob } from '../../offline/fpm/command-line.ts';
import { makeDeb } from '../../offline/fpm/deb.ts';
import { makeRpm } from '../../offline/fpm/rpm.ts';
import { identityOf } from '../identity.ts';

const { executableName, productName } = identityOf('release');
const builder = path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
const link = `/usr/bin/${executableName}`;

// Packages are made and installed.
vi.setConfig({ testTimeout: 60_000 });

const folder = sharedTemporaryFolder();

/** A package with a viewer of a few bytes, in that folder of /opt, with the scripts of that folder of templates. */
async function make(
  format: FpmJob['format'],
  version: string,
  optFolder: string,
  templates: string,
): Promise<string> {
  const workFolder = await mkdtemp(path.join(folder, 'make-'));
  const stage = path.join(workFolder, 'stage');
  const installed = path.join(stage, 'opt', optFolder);
  await mkdir(path.join(installed, 'resources'), { recursive: true });
  await writeFile(path.join(installed, executableName), `#!/bin/sh\necho ${version}\n`, { mode: 0o755 });
  await writeFile(path.join(installed, 'chrome-sandbox'), '', { mode: 0o755 });
  await writeFile(path.join(installed, 'resources', 'apparmor-profile'), '');
  const script = async (name: string) => {
    const file = path.join(workFolder, name);
    const text = (await readFile(path.join(templates, name), 'utf8'))
      .replaceAll(/\$\{executable\}/g, executableName)
      .replaceAll(/\$\{sanitizedProductName\}/g, optFolder);
    await writeFile(file, text);
    return file;
  };
  const job: FpmJob = {
    format,
    output: path.join(workFolder, `made.${format}`),
    name: executableName,
    version,
    architecture: 'amd64',
    maintainer: 'M <m@example.invalid>',
    vendor: 'V',
    url: 'https://example.invalid/',
    licence: 'MIT',
    description: 'A viewer',
    depends: [],
    recommends: [],
    afterInstall: await script('after-install.tpl'),
    afterRemove: await script('after-remove.tpl'),
    rpmAttributes: [],
    files: [{ from: `${installed}/`, to: `/opt/${optFolder}` }],
  };
  if (format === 'deb') await makeDeb(job, stage);
  else await makeRpm(job, stage, workFolder);
  return job.output;
}

async function both(format: FpmJob['format']) {
  return {
    before: await make(format, '0.1.0', productName, path.join(builder, 'templates', 'linux')),
    now: await make(format, '0.2.0', executableName, import.meta.dirname),
  };
}

/** Runs these commands one after the other in a system of its own, and then tells what lies where. */
async function inOwnSystem(...commands: readonly string[]) {
  const under = await mkdtemp(path.join(folder, 'system-'));
  const look = `echo "==="; ls /opt; readlink ${link} || true; ${link} || true; stat -c %a:%u /opt/${executableName}/chrome-sandbox || true`;
  const { status, stdout, stderr } = spawnSync(
    'sh',
    [path.join(import.meta.dirname, 'own-system.sh'), under, 'sh', '-euc', [...commands, look].join('\n')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  return stdout.slice(stdout.indexOf('===\n') + 4);
}

const afterwards = `${executableName}\n/opt/${executableName}/${executableName}\n0.2.0\n4755:0\n`;

test('no path in the scripts has a blank in it', () => {
  expect(executableName).not.toContain(' ');
});

describe('deb', () => {
  const dpkg = (words: string) => `dpkg --log=/dev/null ${words}`;

  test('an update from the folder with a blank leaves that folder and its link behind for none', async () => {
    const { before, now } = await both('deb');
    const out = await inOwnSystem(
      dpkg(`--install ${before}`),
      `test "$(readlink -f ${link})" = '/opt/${productName}/${executableName}'`,
      dpkg(`--install ${now}`),
    );
    expect(out).toBe(afterwards);
  });

  test('H21: a first installation, and a later one, has its link and the helper of the sandbox as set-user-ID root', async () => {
    const { now } = await both('deb');
    expect(await inOwnSystem(dpkg(`--install ${now}`), dpkg(`--install ${now}`))).toBe(afterwards);
  });

  test('a removal leaves nothing, and one after it neither', async () => {
    const { now } = await both('deb');
    expect(
      await inOwnSystem(
        dpkg(`--install ${now}`),
        dpkg(`--remove ${executableName}`),
        dpkg(`--purge ${executableName}`),
      ),
    ).toBe('');
  });
});

describe('rpm', () => {
  const rpm = (words: string) => `rpm --dbpath=/opt/.rpm --nodeps ${words}`;

  test('an update from the folder with a blank leaves that folder and its link behind for none', async () => {
    const { before, now } = await both('rpm');
    expect(await inOwnSystem(rpm(`--install ${before}`), rpm(`--upgrade ${now}`))).toBe(afterwards);
  });

  // rpm removes the old version after the new one is there, with the script of the old one.
  test('a later update keeps its link', async () => {
    const { now } = await both('rpm');
    const next = await make('rpm', '0.3.0', executableName, import.meta.dirname);
    expect(await inOwnSystem(rpm(`--install ${now}`), rpm(`--upgrade ${next}`))).toBe(
      afterwards.replace('0.2.0', '0.3.0'),
    );
  });

  test('a removal leaves nothing', async () => {
    const { now } = await both('rpm');
    expect(await inOwnSystem(rpm(`--install ${now}`), rpm(`--erase ${executableName}`))).toBe('');
  });
});
