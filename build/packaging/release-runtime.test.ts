import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { oldestSupportedElectron } from '../../shared/supported-electron.ts';
import { isMarked, packageVersion, unfitForRelease } from './release-runtime.ts';

test.each([[{ version: '45.4.1', origin: 'official' }], [{ version: '43.0.0', origin: 'given' }]] as const)(
  '%j may be released, unmarked',
  (runtime) => {
    expect(unfitForRelease(runtime)).toBeUndefined();
    expect(packageVersion('1.2.3', runtime)).toBe('1.2.3');
  },
);

test.each([
  [{ version: '33.2.1', origin: 'fallback' }],
  [{ version: '45.4.1', origin: 'fallback' }],
  [{ version: '42.9.9', origin: 'given' }],
  [{ version: 'nightly', origin: 'given' }],
] as const)('%j may not, and its builds say so in their version', (runtime) => {
  expect(unfitForRelease(runtime)).toMatch(/no security fixes/);
  const version = packageVersion('1.2.3', runtime);
  expect(version).toBe('1.2.3-fallback-not-for-release');
  expect(isMarked(version)).toBe(true);
});

test('the latest three majors are supported: the one of package.json, which is the latest, and two before it', async () => {
  const file = path.resolve(import.meta.dirname, '../../package.json');
  const { devDependencies } = JSON.parse(await readFile(file, 'utf8'));
  const [, major] = /^\^(\d+)\./.exec(devDependencies.electron) ?? [];
  expect(oldestSupportedElectron).toBe(Number(major) - 2);
});
