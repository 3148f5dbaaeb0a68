import { expect, test } from 'vitest';
import { secondProvider } from './cis2/options.ts';
import { parseCommandLine } from './command-line.ts';

test('options reach the simulator', () => {
  expect(
    parseCommandLine([
      '--environment-file=/tmp/environment.json',
      '--port-base=40000',
      '--cis2-origin=https://cis2.viewer.test',
      '--platform-origin=https://api.viewer.test',
      '--provider=second',
      '--wire-format=patient-flags',
      '--without-platform-secret',
    ]),
  ).toEqual({
    kind: 'understood',
    environmentFile: '/tmp/environment.json',
    options: {
      ports: { cis2: 40_000, platform: 40_001, control: 40_002 },
      origins: { cis2: 'https://cis2.viewer.test', platform: 'https://api.viewer.test' },
      cis2: secondProvider,
      wireFormat: 'patient-flags',
      platformSecret: false,
    },
  });
});

test.each([
  ['--port-base=80'],
  ['--port-base'],
  ['--provider=other'],
  ['--unknown'],
  ['--redirect-uri=here'],
  ['--cis2-origin=http://127.0.0.1:4001'],
])('%s is refused', (argument) => {
  expect(parseCommandLine([argument])).toMatchObject({ kind: 'refused' });
});

test.each([['--bogus'], ['second']])('what it does not know is named: %s', (argument) => {
  expect(parseCommandLine([argument])).toEqual({
    kind: 'refused',
    problem: `The simulator knows no argument "${argument}".`,
  });
});

test('--help is no mistake', () => {
  expect(parseCommandLine(['--help'])).toEqual({ kind: 'help' });
});
