import { expect, test } from 'vitest';
import { findCommandWords } from './command-words.ts';

test('a command behind the executable, or behind the folder of the app', () => {
  expect(findCommandWords('keys', ['keys', 'list'], true)).toEqual({ words: ['list'], switches: [] });
  expect(findCommandWords('keys', ['--x=1', '/app', 'keys', '--y', 'list'], false)).toEqual({
    words: ['list'],
    switches: ['--x=1', '--y'],
  });
});

test.each([[[]], [['cpis-viewer:launch?keys']], [['audit', 'keys']]])('%j is no such command', (args) => {
  expect(findCommandWords('keys', args, true)).toBeUndefined();
});
