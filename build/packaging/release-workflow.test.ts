/** The workflows have never run; what can be read off them is held here. */
import { access, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { manifestFile } from './package-folder.ts';

const workflowText = (name: string) =>
  readFile(path.resolve(import.meta.dirname, `../../.github/workflows/${name}.yml`), 'utf8');
const workflow = await workflowText('release');
const pushWorkflow = await workflowText('push');
const linesWith = (text: string) => workflow.split('\n').filter((line) => line.includes(text));

test.each([
  ['release', workflow],
  ['push', pushWorkflow],
])('%s: every action is pinned to a commit, with the version that it is', (_name, text) => {
  const uses = text.split('\n').filter((line) => line.includes('uses: '));
  expect(uses.length).toBeGreaterThan(3);
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

test('what runs on every push, also of others, is given no secret and may write nothing', () => {
  expect(pushWorkflow).not.toContain('secrets.');
  expect(pushWorkflow).toContain('permissions:\n  contents: read\n\njobs:');
  expect(pushWorkflow).not.toMatch(/: write/);
});

test.each([
  ['release', workflow],
  ['push', pushWorkflow],
])('%s: what it calls is there', async (_name, text) => {
  const { scripts } = JSON.parse(
    await readFile(path.resolve(import.meta.dirname, '../../package.json'), 'utf8'),
  );
  for (const [, script = ''] of text.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([script]);
  const tasks = path.resolve(import.meta.dirname, '../tasks');
  for (const [, task = ''] of text.matchAll(/build\/run\.mjs ([\w-]+)/g))
    await access(path.join(tasks, `${task}.ts`));
});

test('Windows is installed on in both', () => {
  for (const text of [workflow, pushWorkflow]) {
    expect(text).toContain('run.mjs try-installers out/package/release');
    // The newer version, of both kinds.
    expect(text).toMatch(/--targets=.*-nsis,.*-msi --unsigned/);
  }
});
