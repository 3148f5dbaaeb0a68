import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createPackageWithOptions, uncacheAll } from '@electron/asar';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { type AsarArchive, readAsar } from './asar-archive.ts';
import { asarProblems as problemsFor } from './check-asar.ts';

const good: Readonly<Record<string, string>> = {
  'package.json': '{"version":"1.2.3"}',
  'main.js': 'start()',
  'preload.js': 'expose()',
  'pkcs11.node': 'native',
  'chunks/run-abc.js': 'run()',
  'renderer/index.html': '<script type="module" src="./assets/index-abc.js"></script>',
  'renderer/assets/index-abc.js': 'render()',
};

const asarProblems = (archive: AsarArchive) => problemsFor(archive, 'release');

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => uncacheAll());

async function pack(files: Readonly<Record<string, string>>): Promise<string> {
  const source = path.join(folder, 'source');
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(source, name)), { recursive: true });
    await writeFile(path.join(source, name), content);
  }
  const archive = path.join(folder, 'app.asar');
  await createPackageWithOptions(source, archive, { unpack: '*.node' });
  return archive;
}

test('an archive of listed, small files has no problem', async () => {
  expect(asarProblems(readAsar(await pack(good)))).toEqual([]);
});

test.each([
  ['node_modules/left-pad/index.js', 'app.asar: node_modules/left-pad/index.js does not belong there'],
  ['renderer/assets/index-abc.js.map', 'app.asar: renderer/assets/index-abc.js.map does not belong there'],
  ['simulator.mjs', 'app.asar: simulator.mjs does not belong there'],
  ['simulator.js', 'app.asar: simulator.js does not belong there'],
])('%s is found', async (name, problem) => {
  const found = asarProblems(readAsar(await pack({ ...good, [name]: '' })));
  expect(found).toEqual([problem]);
});

test('one changed byte is found', async () => {
  const archive = await pack(good);
  const bytes = await readFile(archive);
  bytes.write('S', bytes.indexOf('start()'));
  await writeFile(archive, bytes);
  uncacheAll();
  expect(asarProblems(readAsar(archive))).toEqual([
    "app.asar: main.js is not what the archive's header says: it has been changed",
  ]);
});

test('a changed file beside the archive, and one that is not there, are found', async () => {
  const archive = await pack(good);
  const native = path.join(`${archive}.unpacked`, 'pkcs11.node');
  const problem = "app.asar: pkcs11.node is not what the archive's header says: it has been changed";
  await writeFile(native, 'changed');
  expect(asarProblems(readAsar(archive))).toEqual([problem]);
  await rm(native);
  expect(asarProblems(readAsar(archive))).toEqual([problem]);
});

test('a file beside the archive that belongs into it is found', async () => {
  const archive = await pack({ ...good, 'chunks/evil.node': 'native' });
  expect(asarProblems(readAsar(archive))).toEqual(['app.asar: chunks/evil.node lies outside of the archive']);
});

test('a named source map is found', async () => {
  const archive = await pack({ ...good, 'main.js': 'start()\n//# sourceMappingURL=main.js.map' });
  expect(asarProblems(readAsar(archive))).toEqual(['app.asar: main.js names a source map']);
});

test('a file that is missing or has grown is found', async () => {
  const { 'preload.js': _, ...without } = good;
  expect(asarProblems(readAsar(await pack({ ...without, 'main.js': 'x'.repeat(400 * 1024) })))).toEqual([
    'main.js has 400 kB, of at most 350 kB',
    'preload.js is missing',
  ]);
});

test("the renderer's entry is measured compressed", async () => {
  const repeated = asarProblems(
    readAsar(await pack({ ...good, 'renderer/assets/index-abc.js': 'x'.repeat(600 * 1024) })),
  );
  expect(repeated).toEqual([]);
  uncacheAll();
  const dense = randomBytes(300 * 1024).toString('latin1');
  const [problem] = asarProblems(readAsar(await pack({ ...good, 'renderer/assets/index-abc.js': dense })));
  expect(problem).toMatch(/^the renderer's entry, compressed, has \d+ kB, of at most 250 kB$/);
});
