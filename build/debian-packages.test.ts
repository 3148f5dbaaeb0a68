import { expect, test } from 'vitest';
import { missingPackages } from './debian-packages.ts';

const dpkg = [
  'libnss3\tinstalled\t',
  'libgtk-3-0t64\tinstalled\tlibgtk-3-0 (= 3.24.41-4), libgtk-3-0-x',
  'xvfb\tconfig-files\t',
  '',
].join('\n');

test('installed, by name or by what another package provides', () => {
  expect(missingPackages(['libnss3', 'libgtk-3-0'], dpkg)).toEqual([]);
});

test('removed but for its settings is missing, as is what was never there', () => {
  expect(missingPackages(['libnss3', 'xvfb', 'gnome-keyring'], dpkg)).toEqual(['xvfb', 'gnome-keyring']);
});
