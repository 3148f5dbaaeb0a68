import { expect, test } from 'vitest';
import { keepUserDataInHome } from './user-data-folder.ts';

const homes = { win32: 'C:\\Users\\nurse', linux: '/home/nurse', darwin: '/Users/nurse' };

function pathsSet(platform: keyof typeof homes, switches: readonly string[]): readonly string[] {
  const set: string[] = [];
  keepUserDataInHome(
    {
      getName: () => 'CP-IS Viewer',
      getPath: (name) => (name === 'home' ? homes[platform] : `/elsewhere/${name}`),
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

test('H4: on Linux the data is below the home folder, whatever XDG_CONFIG_HOME says', () => {
  expect(pathsSet('linux', [])).toEqual(['userData=/home/nurse/.config/CP-IS Viewer']);
});

test('where a test has named a folder, and on macOS, it stays as it is', () => {
  expect(pathsSet('win32', ['user-data-dir'])).toEqual([]);
  expect(pathsSet('linux', ['user-data-dir'])).toEqual([]);
  expect(pathsSet('darwin', [])).toEqual([]);
});
