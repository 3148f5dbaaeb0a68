import { expect, test } from 'vitest';
import { findCommandArguments } from './command-arguments.ts';

test('a command behind the executable, or behind the folder of the app', () => {
  expect(findCommandArguments('keys', ['keys', 'list'], true)).toEqual(['list']);
  expect(findCommandArguments('keys', ['--x=1', '/app', 'keys', '--y', 'list'], false)).toEqual([
    '--x=1',
    '--y',
    'list',
  ]);
});

test.each([[[]], [['cpis-viewer:launch?keys']], [['audit', 'keys']]])('%j is no such command', (args) => {
  expect(findCommandArguments('keys', args, true)).toBeUndefined();
});
