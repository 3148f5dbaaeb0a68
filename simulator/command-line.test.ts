import { expect, test } from 'vitest';
import { secondProvider } from './cis2/options.ts';
import { parseCommandLine } from './command-line.ts';

test('options reach the simulator', () => {
  expect(
    parseCommandLine([
      '--environment-file=/tmp/environment.json',
      '--port-base=40000',
      '--provider=second',
      '--wire-format=patient-flags',
      '--without-platform-secret',
    ]),
  ).toEqual({
    kind: 'understood',
    environmentFile: '/tmp/environment.json',
    options: {
      ports: { cis2: 40_000, platform: 40_001, control: 40_002 },
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
])('%s is refused', (argument) => {
  expect(parseCommandLine([argument])).toMatchObject({ kind: 'refused' });
});
