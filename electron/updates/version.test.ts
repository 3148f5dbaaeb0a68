import { expect, test } from 'vitest';
import { isNewer } from './version.ts';

test.each([
  ['1.2.4', '1.2.3'],
  ['1.3.0', '1.2.9'],
  ['2.0.0', '1.99.99'],
  ['1.10.0', '1.9.0'],
  ['1.2.4', '1.2.3-fallback-not-for-release'],
])('%s is newer than %s', (offered, running) => expect(isNewer(offered, running)).toBe(true));

test.each([
  ['1.2.3', '1.2.3'],
  ['1.2.3', '1.2.4'],
  ['1.2.9', '1.3.0'],
  ['1.99.99', '2.0.0'],
  ['1.9.0', '1.10.0'],
  ['1.2.3', '1.2.3-fallback-not-for-release'],
  ['2.0.0', 'not a version'],
  ['soon', '1.0.0'],
])('%s is not newer than %s', (offered, running) => expect(isNewer(offered, running)).toBe(false));
