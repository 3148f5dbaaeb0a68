import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { insteadOfRunning } from './tasks.mjs';

/** The simulator has options of its own, and says them itself. */
const files = readdirSync(path.join(import.meta.dirname, '..', 'tasks')).filter(
  (file) => !file.includes('.test.') && file !== 'simulator.ts',
);

test.each(files.map((file) => path.basename(file, '.ts')))('%s says what it is for, and runs', (task) => {
  expect(insteadOfRunning([task, '--help'])).toEqual({
    text: expect.stringContaining(`Usage: node build/run.mjs ${task}`),
    exitCode: 0,
  });
  expect(insteadOfRunning([task])).toBeUndefined();
});

test.each([
  ['pictures', '--all'],
  ['pictures', 'all'],
  ['start', '-x'],
  ['bench', '--quickly'],
  ['package', '--flavours=test'],
  ['bench', '--only', 'nothing'],
  ['bench', '--quick', '--only'],
  ['bench', '--only', 'start', '--only=nothing'],
  ['soak', '--minutes', 'ten'],
])('%s refuses %s', (...commandLine) => {
  expect(insteadOfRunning(commandLine)).toMatchObject({ exitCode: 1 });
});

test.each([
  ['bench', '--quick', '--only', 'start'],
  ['bench', '--only', 'lookup', '--only', 'clinic-list'],
  ['soak', '--minutes', '2.5', '--lookups=30', '--faults'],
  ['package', '--flavour=test', '--targets=linux-x64,deb'],
  ['verify-package', 'out/package/release/linux-unpacked', '--manifest=files.sha256'],
  ['test-controls', 'H4', 'clipboard', '--why'],
  ['test', 'journeys', '--headed', '-g', 'print'],
  ['simulator', '--help'],
])('%s takes %s …', (...commandLine) => {
  expect(insteadOfRunning(commandLine)).toBeUndefined();
});

test('a task that there is not is named, beside those that there are', () => {
  expect(insteadOfRunning(['constructor'])?.text).toContain('There is no task "constructor"');
  expect(insteadOfRunning(['constructor'])?.text).toContain('\n  check ');
  expect(insteadOfRunning([])?.exitCode).toBe(1);
});
