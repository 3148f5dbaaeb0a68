import { expect, test } from 'vitest';
import { parseCommandLine } from './command-line.ts';

test.each([
  [[], undefined],
  [['--environment', 'a.json'], 'a.json'],
  [['--environment=a.json', '--remote-debugging-port=0'], 'a.json'],
  [['--user-data-dir=/tmp/x'], undefined],
])('%j names the file %s', (args, environmentFile) => {
  expect(parseCommandLine(args)).toEqual({ kind: 'valid', environmentFile });
});

test.each([
  [['--environment']],
  [['--environment=']],
  [['--environment', '--inspect']],
  [['--environment=a', '--environment=b']],
])('%j is refused with a sentence', (args) => {
  expect(parseCommandLine(args)).toMatchObject({ kind: 'invalid' });
});
