import { expect, test } from 'vitest';
import { stillSilent } from './silent-host.ts';

const silence = { version: '45.4.1', reason: 'no answer', at: 1_000_000 };
const hours = (count: number) => count * 60 * 60 * 1000;

test('a host that was silent an hour ago is not asked again', () => {
  expect(stillSilent(silence, '45.4.1', silence.at + hours(1))).toBe('no answer');
});

test.each([
  ['the memory is old', '45.4.1', silence.at + hours(7)],
  ['another version is wanted', '45.4.2', silence.at + hours(1)],
  ['the clock went back', '45.4.1', silence.at - 1],
])('the host is asked again: %s', (_, version, now) => {
  expect(stillSilent(silence, version, now)).toBeUndefined();
});
