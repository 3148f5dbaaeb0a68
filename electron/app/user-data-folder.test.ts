import { expect, test } from 'vitest';
import { keepUserDataOnThisComputer } from './user-data-folder.ts';

function pathsSet(platform: NodeJS.Platform, switches: readonly string[]): readonly string[] {
  const set: string[] = [];
  keepUserDataOnThisComputer(
    {
      getName: () => 'CP-IS Viewer',
      getPath: (name) => (name === 'home' ? 'C:\\Users\\nurse' : `C:\\elsewhere\\${name}`),
      setPath: (name, folder) => void set.push(`${name}=${folder}`),
      commandLine: { hasSwitch: (name) => switches.includes(name) },
    },
    platform,
  );
  return set;
}

test('on Windows the data stays in the local part of the profile', () => {
  expect(pathsSet('win32', [])).toEqual(['userData=C:\\Users\\nurse\\AppData\\Local\\CP-IS Viewer']);
});

test('where a test has named a folder, and on other systems, it stays as it is', () => {
  expect(pathsSet('win32', ['user-data-dir'])).toEqual([]);
  expect(pathsSet('linux', [])).toEqual([]);
  expect(pathsSet('darwin', [])).toEqual([]);
});
