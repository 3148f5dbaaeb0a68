import { expect, test } from 'vitest';
import { readCommandLine } from './command-line.mjs';

test('the first word that is no switch is the folder; the rest belongs to the app', () => {
  expect(
    readCommandLine(['--inspect=0', '--remote-debugging-port=0', 'out/app', '--environment', 'x.json']),
  ).toEqual({
    folder: 'out/app',
    modules: [],
    version: false,
  });
});

test('modules to load first are not taken for the folder', () => {
  expect(
    readCommandLine(['-r', 'loader.js', '--require', 'other.js', '--inspect=0', 'out/app', '-r', 'x']),
  ).toEqual({
    folder: 'out/app',
    modules: ['loader.js', 'other.js'],
    version: false,
  });
});

test('asked for its version, before any folder', () => {
  expect(readCommandLine(['--version', 'out/app'])).toEqual({ modules: [], version: true });
});

test('no folder', () => {
  expect(readCommandLine(['--inspect=0'])).toEqual({ modules: [], version: false });
});
