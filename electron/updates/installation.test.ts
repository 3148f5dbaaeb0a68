import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findInstallation, mayReplaceFile, type Running } from './installation.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cpis-viewer-installation-'));
  file = path.join(folder, 'cpis-viewer.AppImage');
  writeFileSync(file, '');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const find = (running: Omit<Running, 'mayReplace'>) =>
  findInstallation({ ...running, mayReplace: mayReplaceFile });

const managed = { kind: 'managed' };
const mounted = '/tmp/.mount_cpisvi1a2b3c';
const executable = `${mounted}/cpis-viewer`;

test('a viewer in the mounted image is an AppImage', () => {
  const env = { APPIMAGE: file, APPDIR: mounted };
  expect(find({ platform: 'linux', env, executable })).toEqual({ kind: 'app-image', file });
});

test.each([
  ['a terminal that is one', '/opt/cpis-viewer/cpis-viewer'],
  ['one whose folder begins alike', `${mounted}-other/cpis-viewer`],
])('a viewer that was started from within another AppImage is not it: %s', (_case, other) => {
  const env = { APPIMAGE: file, APPDIR: mounted };
  expect(find({ platform: 'linux', env, executable: other })).toEqual(managed);
});

test('a viewer of a package manager, a folder or macOS is managed', () => {
  expect(find({ platform: 'linux', env: {}, executable })).toEqual(managed);
  expect(find({ platform: 'linux', env: { APPIMAGE: file }, executable })).toEqual(managed);
  const env = { APPIMAGE: file, APPDIR: mounted };
  expect(find({ platform: 'darwin', env, executable })).toEqual(managed);
});

test('an AppImage that is not there, or that was named without its folder, is not replaced', () => {
  for (const APPIMAGE of [path.join(folder, 'gone.AppImage'), 'cpis-viewer.AppImage'])
    expect(find({ platform: 'linux', env: { APPIMAGE, APPDIR: mounted }, executable })).toEqual(managed);
});

test('an AppImage that this user may not replace is managed', () => {
  const env = { APPIMAGE: file, APPDIR: mounted };
  const running: Running = { platform: 'linux', env, executable, mayReplace: (asked) => asked !== file };
  expect(findInstallation(running)).toEqual(managed);
});

test('on Windows, what the installer put there has its uninstaller beside it; an MSI has none', () => {
  const windows = () =>
    find({ platform: 'win32', env: {}, executable: path.join(folder, 'cpis-viewer.exe') });
  writeFileSync(path.join(folder, 'cpis-viewer.exe'), '');
  expect(windows()).toEqual(managed);
  writeFileSync(path.join(folder, 'Uninstall CP-IS Viewer.exe'), '');
  expect(windows()).toEqual({ kind: 'nsis' });
});

test('on Windows, what the installer put where this user may change nothing is managed', () => {
  const installed = path.join(folder, 'cpis-viewer.exe');
  writeFileSync(installed, '');
  writeFileSync(path.join(folder, 'Uninstall CP-IS Viewer.exe'), '');
  const running: Running = { platform: 'win32', env: {}, executable: installed, mayReplace: () => false };
  expect(findInstallation(running)).toEqual(managed);
});

test('whether a file may be replaced is tried on its folder, and nothing is left there', () => {
  expect(mayReplaceFile(file)).toBe(true);
  expect(readdirSync(folder)).toEqual(['cpis-viewer.AppImage']);
  expect(mayReplaceFile('/proc/version')).toBe(false);
});
