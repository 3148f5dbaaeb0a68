/** The release workflow has never run; what can be read off it is held here. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { manifestFile } from './package-folder.ts';

const workflow = await readFile(
  path.resolve(import.meta.dirname, '../../.github/workflows/release.yml'),
  'utf8',
);
const linesWith = (text: string) => workflow.split('\n').filter((line) => line.includes(text));

test('every action is pinned to a commit, with the version that it is', () => {
  const uses = linesWith('uses: ');
  expect(uses.length).toBeGreaterThan(4);
  for (const line of uses) expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test.each([
  ['WINDOWS_', "runner.os == 'Windows' && "],
  ['APPLE_', "runner.os == 'macOS' && "],
])('the secrets %s… go to their own system alone', (prefix, condition) => {
  const found = [...workflow.matchAll(/(.{0,60})secrets\.(\w+)/g)].filter(([, , name]) =>
    name?.startsWith(prefix),
  );
  expect(found.length).toBeGreaterThan(1);
  for (const [, before] of found) expect(before?.endsWith(condition)).toBe(true);
});

test('the manifest of each package is what it is verified with, and is published', () => {
  const [name] = path.basename(manifestFile('release', 'linux', 'x64')).split('linux-x64');
  expect(linesWith(`"--manifest=out/package/release/${name}\${{ matrix.name }}.sha256"`)).toHaveLength(1);
  expect(linesWith(`out/package/release/${name}*.sha256`)).toHaveLength(1);
});

test.each(['x64', 'arm64'])(
  'the release for Linux on %s is made on Debian 12, on which it is tried',
  (arch) => {
    const [line = ''] = linesWith(`{ name: linux-${arch}, `);
    expect(line).toContain("image: 'debian:12'");
  },
);

test('templates, schema and documents are published with the packages', () => {
  expect(linesWith('build/policy/templates/')).toHaveLength(1);
  // The whole folder: the pages link to the decisions and show the pictures.
  expect(linesWith(' docs/')).toHaveLength(1);
});
