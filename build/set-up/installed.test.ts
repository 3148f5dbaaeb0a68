import { expect, test } from 'vitest';
import { isInstalled } from './installed.mjs';

const lock = (packages: Record<string, object>) =>
  JSON.stringify({ packages: { '': { name: 'x' }, ...packages } });
const valibot = { version: '1.5.0', integrity: 'sha512-a' };
const otherPlatform = { version: '2.0.0', integrity: 'sha512-b', optional: true };

test('everything locked is there', () => {
  expect(
    isInstalled(lock({ 'node_modules/valibot': valibot }), lock({ 'node_modules/valibot': valibot })),
  ).toBe(true);
});

test('a package for another platform may be missing', () => {
  const locked = lock({ 'node_modules/valibot': valibot, 'node_modules/win': otherPlatform });
  expect(isInstalled(locked, lock({ 'node_modules/valibot': valibot }))).toBe(true);
});

test.each([
  ['nothing is installed', ''],
  ['npm was interrupted', '{"packages":'],
  ['a package is missing', lock({})],
  ['another version', lock({ 'node_modules/valibot': { ...valibot, version: '1.4.0' } })],
  ['other contents', lock({ 'node_modules/valibot': { ...valibot, integrity: 'sha512-z' } })],
])('not installed: %s', (_, hidden) => {
  expect(isInstalled(lock({ 'node_modules/valibot': valibot }), hidden)).toBe(false);
});
