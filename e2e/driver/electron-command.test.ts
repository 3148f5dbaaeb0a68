import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../doubles/temporary-folder.ts';
import { electronCommand } from './electron-command.ts';

let place = '';
let command = '';

/** Stands in for Electron: says where it is at home and what it was asked. */
beforeEach(async () => {
  place = path.join(temporaryFolder(), "it's a command");
  await mkdir(place);
  const electron = path.join(place, 'real electron');
  await writeFile(electron, '#!/bin/sh\necho "$HOME"\nfor word in "$@"; do echo "$word"; done\n', {
    mode: 0o755,
  });
  command = path.join(place, 'electron');
  await writeFile(command, electronCommand(electron, path.join(place, 'home'), undefined), { mode: 0o755 });
});

const started = (env: Record<string, string>, ...words: readonly string[]) =>
  execFileSync(command, words, { env: { ...process.env, ...env }, encoding: 'utf8' })
    .trimEnd()
    .split('\n');

test('the command line arrives as it was, in a home of its own', () => {
  expect(started({}, '--inspect=0', '/an app', '--environment', 'a b.json')).toEqual([
    path.join(place, 'home'),
    '--inspect=0',
    '/an app',
    '--environment',
    'a b.json',
  ]);
});

test('another home for one start', () => {
  expect(started({ CPIS_VIEWER_HOME: path.join(place, 'other') })).toEqual([path.join(place, 'other')]);
});

test('never without the sandbox', () => {
  const refused = spawnSync(command, ['--no-sandbox', '--inspect=0', '/app'], { encoding: 'utf8' });
  expect(refused.status).toBe(64);
  expect(refused.stderr).toContain('chromiumSandbox: true');
});
