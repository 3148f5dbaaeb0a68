/**
 * electron-builder's NSIS script with our include, around a stand-in for the viewer: install, update, older version, uninstall,
 * and everything that stands in the way of them. `/S` throughout: a box would wait for ever.
 */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { windowsProgram } from '../electron/settings/windows-programs.ts';
import { installations, linkSchemeKey, quitRequestFile } from '../shared/installation.ts';
import { given } from './support/given.ts';
import { holdFile, runProgram, started } from './support/programs.ts';
import { deleteKeys } from './support/registry.ts';

const { release, training } = installations;
const schemeCommandKey = `HKEY_LOCAL_MACHINE\\${linkSchemeKey}\\shell\\open\\command`;
const schemeCommand = `"${release.windows.executable}" "%1"`;

const setUp = (name: string) => runProgram(path.join(given('INSTALLERS'), `${name}.exe`), ['/S']);
const versionIn = (folder: string) => readFileSync(path.join(folder, 'resources', 'app.asar'), 'utf8');
const installed = () => ({
  version: versionIn(release.windows.folder),
  files: readdirSync(release.windows.folder, { recursive: true }).map(String).toSorted(),
});

/** The value of a name, or of the key itself; `undefined` where there is none. */
async function registryValue(key: string, name?: string): Promise<string | undefined> {
  const words = name === undefined ? ['/ve'] : ['/v', name];
  const { out } = await runProgram(windowsProgram('reg.exe'), ['query', key, ...words]);
  return / {4}REG_(?:SZ|DWORD) {4}(.*?)\r?\n/.exec(out)?.[1];
}

const uninstallEntry = (name: string) =>
  registryValue(`HKEY_LOCAL_MACHINE\\${release.windows.nsisUninstallKey}`, name);

/** With `_?=`, which takes the rest of the line, it stays where it is, so that its end can be waited for. */
const uninstall = () =>
  runProgram(release.windows.uninstaller, ['/S', `_?=${release.windows.folder}`], { verbatim: true });

/** Quietly, as a deployment tool calls it. */
const msiexec = (action: '/i' | '/x') =>
  runProgram(windowsProgram('msiexec.exe'), [action, path.join(given('INSTALLERS'), 'release.msi'), '/qn']);

describe('MSI package', () => {
  test('installs to the same folder as NSIS, with the scheme, and takes both away', async () => {
    assert.equal((await msiexec('/i')).exitCode, 0);
    assert.ok(existsSync(release.windows.executable));
    assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    assert.equal((await msiexec('/x')).exitCode, 0);
    assert.ok(!existsSync(release.windows.executable));
    assert.equal(await registryValue(schemeCommandKey), undefined);
  });

  test('W12: the NSIS installer refuses beside it, with 1638, and changes nothing', async () => {
    assert.equal((await msiexec('/i')).exitCode, 0);
    assert.equal((await setUp('release-1.0.0')).exitCode, 1638);
    assert.deepEqual(readdirSync(release.windows.folder), [path.basename(release.windows.executable)]);
    assert.equal(await uninstallEntry('DisplayVersion'), undefined);
    assert.equal((await setUp('training-1.0.0')).exitCode, 0);
    assert.equal((await msiexec('/x')).exitCode, 0);
  });

  test('W12: it refuses beside the NSIS installer, with 1603, and changes nothing', async () => {
    assert.equal((await setUp('release-1.0.0')).exitCode, 0);
    const before = installed();
    assert.equal((await msiexec('/i')).exitCode, 1603);
    assert.deepEqual(installed(), before);
    assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    assert.equal((await uninstall()).exitCode, 0);
  });
});

describe('NSIS installer', () => {
  const running: ChildProcess[] = [];
  after(() => {
    for (const viewer of running) viewer.kill();
  });

  /** A viewer of this installation. `obeys`: quits when it is asked. */
  async function startViewer(executable: string, obeys: boolean): Promise<ChildProcess> {
    const viewer = started(executable, () =>
      spawn(executable, obeys ? [quitRequestFile] : [], { stdio: ['ignore', 'pipe', 'inherit'] }),
    );
    running.push(viewer);
    await once(viewer.stdout ?? viewer, 'data');
    return viewer;
  }

  async function end(viewer: ChildProcess): Promise<void> {
    const ended = once(viewer, 'exit');
    if (viewer.kill()) await ended;
  }

  test('W1, W9: installs under its names, with our publisher, and leaves no copy of itself', async () => {
    const copies = path.join(homedir(), 'AppData', 'Local', `${release.executableName}-updater`);
    mkdirSync(copies, { recursive: true });
    writeFileSync(path.join(copies, 'installer.exe'), 'as electron-builder leaves it');
    assert.equal((await setUp('release-1.0.0')).exitCode, 0);
    assert.equal(versionIn(release.windows.folder), '1.0.0');
    assert.ok(existsSync(release.windows.executable));
    assert.ok(existsSync(release.windows.uninstaller));
    assert.ok(!existsSync(copies));
    assert.equal(await uninstallEntry('DisplayVersion'), '1.0.0');
    assert.equal(await uninstallEntry('DisplayName'), `${release.productName} 1.0.0`);
    assert.equal(await uninstallEntry('Publisher'), release.productName);
    assert.equal(
      await uninstallEntry('QuietUninstallString'),
      `"${release.windows.uninstaller}" /allusers /S`,
    );
    assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    assert.equal(await registryValue(`HKEY_LOCAL_MACHINE\\${linkSchemeKey}`, 'URL Protocol'), '');
  });

  test('updates, and goes back to an older version', async () => {
    for (const version of ['2.0.0', '1.0.0', '2.0.0']) {
      assert.equal((await setUp(`release-${version}`)).exitCode, 0);
      assert.equal(versionIn(release.windows.folder), version);
      assert.equal(await uninstallEntry('DisplayVersion'), version);
      assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    }
  });

  for (const file of ['resources\\app.asar', 'zz-last.txt']) {
    test(`W3: a scanner holds ${file}: exit code 2, and the old version and the scheme are whole`, async () => {
      const before = installed();
      const held = await holdFile(path.join(release.windows.folder, file), 'read');
      const { exitCode } = await setUp('release-1.0.0');
      await held.release();
      assert.equal(exitCode, 2);
      assert.deepEqual(installed(), before);
      assert.equal(await uninstallEntry('DisplayVersion'), '2.0.0');
      assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    });
  }

  test('W11: a viewer that is open is asked to quit, and does', async () => {
    const viewer = await startViewer(release.windows.executable, true);
    const ended = once(viewer, 'exit');
    assert.equal((await setUp('release-1.0.0')).exitCode, 0);
    assert.deepEqual(await ended, [0, null]);
    assert.equal(versionIn(release.windows.folder), '1.0.0');
    assert.ok(!existsSync(path.join(release.windows.folder, quitRequestFile)));
  });

  test('W11: a viewer that does not quit is not ended: exit code 2, and nothing is changed', async () => {
    const viewer = await startViewer(release.windows.executable, false);
    const before = installed();
    assert.equal((await setUp('release-2.0.0')).exitCode, 2);
    assert.equal((await uninstall()).exitCode, 2);
    assert.deepEqual([viewer.exitCode, viewer.signalCode], [null, null]);
    assert.deepEqual(installed(), before);
    assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    await end(viewer);
  });

  test('W8: Training, open beside it, is left alone, and follows no link', async () => {
    assert.equal((await setUp('training-1.0.0')).exitCode, 0);
    assert.equal(versionIn(training.windows.folder), '1.0.0');
    assert.equal(await registryValue(schemeCommandKey), schemeCommand);
    const viewer = await startViewer(training.windows.executable, true);
    assert.equal((await setUp('release-2.0.0')).exitCode, 0);
    assert.deepEqual([viewer.exitCode, viewer.signalCode], [null, null]);
    await end(viewer);
  });

  test('uninstalls: folder, entry and scheme go, and Training stays', async () => {
    assert.equal((await uninstall()).exitCode, 0);
    assert.deepEqual(
      existsSync(release.windows.folder) ? readdirSync(release.windows.folder) : [],
      existsSync(release.windows.uninstaller) ? [path.basename(release.windows.uninstaller)] : [],
    );
    assert.equal(await uninstallEntry('DisplayVersion'), undefined);
    assert.equal(await registryValue(schemeCommandKey), undefined);
    assert.equal(versionIn(training.windows.folder), '1.0.0');
  });

  test('uninstalls in a process of its own too: ends at once with 0, and then the folder goes', async () => {
    assert.equal((await setUp('release-1.0.0')).exitCode, 0);
    assert.equal((await runProgram(release.windows.uninstaller, ['/S'])).exitCode, 0);
    for (const giveUpAt = Date.now() + 30_000; existsSync(release.windows.folder); await pause(50))
      assert.ok(Date.now() < giveUpAt, readdirSync(release.windows.folder).join());
    assert.equal(await registryValue(schemeCommandKey), undefined);
  });

  test('leaves a scheme that leads to another program', async () => {
    assert.equal((await setUp('release-1.0.0')).exitCode, 0);
    const other = '"C:\\Other\\other.exe" "%1"';
    await runProgram(windowsProgram('reg.exe'), ['add', schemeCommandKey, '/ve', '/d', other, '/f']);
    assert.equal((await uninstall()).exitCode, 0);
    assert.equal(await registryValue(schemeCommandKey), other);
    await deleteKeys(`HKEY_LOCAL_MACHINE\\${linkSchemeKey}`);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
