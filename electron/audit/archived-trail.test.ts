/** The oldest files of a trail have been archived: the rest continues, and verifies from its first file. */
import { appendFile, copyFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { createTestTerminal } from '../testing/test-terminal.ts';
import { runAuditCommand } from './command.ts';
import { readTrail } from './testing/read-trail.ts';
import { appendCopies, openTestTrail } from './testing/test-trail.ts';
import type { Trail } from './trail.ts';

let folder: string;
let archive: string;
let viewer: Trail;

const open = () => openTestTrail(folder, { largestFileBytes: 600 });

const trailFiles = async () => (await readdir(folder)).filter((name) => name.startsWith('audit-')).toSorted();

beforeEach(async () => {
  folder = path.join(temporaryFolder(), 'audit');
  archive = temporaryFolder();
  viewer = open();
  await appendCopies(viewer, 20);
});

/** Archives as docs/audit.md says: copies all, the tail marker first; deletes all files but the newest. Returns its name. */
async function archiveOldest(): Promise<string> {
  const names = await trailFiles();
  for (const name of ['end-mark.json', ...names])
    await copyFile(path.join(folder, name), path.join(archive, name));
  const [newest = '', ...older] = names.toReversed();
  for (const name of older) await rm(path.join(folder, name));
  return newest;
}

function verify(where: string, from?: string): { readonly code: number; readonly out: string } {
  const { terminal, written } = createTestTerminal();
  const code = runAuditCommand({ kind: 'verify', folder: where, from }, terminal);
  return { code, out: written.out + written.error };
}

test('the open viewer goes on writing, and so does the next', async () => {
  const first = await archiveOldest();
  await appendCopies(viewer, 5);
  await appendCopies(open(), 5);
  const { entries, findings } = readTrail(folder, first);
  expect(findings).toEqual([]);
  expect(entries.at(-1)).toMatchObject({ seq: 31, event: 'copied' });
});

test('verified from the first file that is kept: what it follows is said, and stands in the archive', async () => {
  const first = await archiveOldest();
  await appendCopies(viewer, 5);
  const { code, out } = verify(folder, first);
  expect(code).toBe(0);
  const [, seq = '', hash = ''] = /^Follows: entry (\d+), ([0-9a-f]{64})$/m.exec(out) ?? [];
  expect(out).toContain(`Entries 1 to ${seq} were NOT CHECKED`);
  expect(out).toContain(`The trail is whole from entry ${Number(seq) + 1} on.`);
  expect(out).not.toContain('The trail is whole.');

  const archived = readTrail(archive);
  expect(archived.findings).toEqual([]);
  expect(archived.entries.find((entry) => entry.seq === Number(seq))).toMatchObject({ hash });
});

test('the rest does not verify the whole', async () => {
  await archiveOldest();
  const { code, out } = verify(folder);
  expect(code).toBe(1);
  expect(out).toMatch(/entries 1 to \d+ are missing before entry/);
});

test('a changed or a missing entry is found as ever', async () => {
  const first = await archiveOldest();
  await appendCopies(viewer, 5);
  const file = path.join(folder, first);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('copied', 'nothing'));
  expect(verify(folder, first).code).toBe(1);
  await writeFile(file, text);
  expect(verify(folder, first).code).toBe(0);
  const [, second = ''] = await trailFiles();
  await rm(path.join(folder, second));
  expect(verify(folder, first).code).toBe(1);
});

test('the first entries of the first file cut off: it no longer begins with the one that it is named after', async () => {
  const first = await archiveOldest();
  const file = path.join(folder, first);
  await appendCopies(viewer, 5);
  const lines = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, lines.slice(1).join('\n'));
  expect(verify(folder, first)).toMatchObject({
    code: 1,
    out: expect.stringContaining('does not begin with'),
  });
});

test('only the entry behind the tail marker is left: the marker is checked against the hash that the entry follows', async () => {
  const mark = path.join(folder, 'end-mark.json');
  const before = (await trailFiles()).length;
  let lagging = await readFile(mark);
  while ((await trailFiles()).length === before) {
    lagging = await readFile(mark);
    await appendCopies(viewer, 1);
  }
  const first = await archiveOldest();
  await writeFile(mark, lagging);
  expect(verify(folder, first).code).toBe(0);
  const changed = lagging
    .toString('utf8')
    .replace(/"hash":"./, (found) => `"hash":"${found.endsWith('0') ? '1' : '0'}`);
  await writeFile(mark, changed);
  expect(verify(folder, first)).toMatchObject({ code: 1, out: expect.stringContaining('is not the one') });
});

test('lines that were left unfinished at the end of an archived file are no problem of the next', async () => {
  const files = await trailFiles();
  // Full, so that the next entry begins a new file.
  await appendCopies(viewer, 2);
  await appendFile(path.join(folder, (await trailFiles()).at(-1) ?? ''), `${'x'.repeat(700)}`);
  await appendCopies(open(), 3);
  expect(readTrail(folder).findings.filter(({ kind }) => kind === 'problem')).toEqual([]);
  const incomplete = readTrail(folder).entries.find(({ event }) => event === 'lines-torn');
  const first = `audit-${String(incomplete?.seq).padStart(12, '0')}.jsonl`;
  expect(await trailFiles()).toContain(first);
  expect(files).not.toContain(first);
  expect(verify(folder, first)).toMatchObject({
    code: 0,
    out: expect.stringContaining('in an earlier file'),
  });
});

test('a file that is not of the trail: refused, not taken for the whole', () => {
  expect(verify(folder, 'audit-000000000099.jsonl')).toMatchObject({
    code: 2,
    out: expect.stringContaining('audit-000000000099.jsonl is not a file of the trail in this folder.'),
  });
});
