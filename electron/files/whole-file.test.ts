/** On real files; the process that is killed while it writes is a real one. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { openWholeFiles } from './whole-file.ts';

let notes: string;
let folder: string;
let file: string;

beforeEach(async () => {
  const place = temporaryFolder();
  notes = path.join(place, 'data', 'unfinished');
  folder = path.join(place, 'TESTCHILD, Amber');
  file = path.join(folder, 'Amber.pdf');
  await mkdir(folder);
});

const inFolder = () => readdir(folder);
const inNotes = () => readdir(notes);

/** A process writes the file, and is killed in this call of Node's. */
function writeAndBeKilled(call: 'writeFile' | 'rename'): void {
  const killed = `
    import files from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    const { ${call}: real } = files;
    files.${call} = async (to, bytes, ...more) => {
      if (!to.endsWith('.unfinished')) return real(to, bytes, ...more);
      if (${call === 'writeFile'}) await real(to, bytes.subarray(0, 2), ...more);
      process.kill(process.pid, 'SIGKILL');
    };
    syncBuiltinESMExports();
    const { openWholeFiles } = await import(${JSON.stringify(path.join(import.meta.dirname, 'whole-file.ts'))});
    await openWholeFiles(${JSON.stringify(notes)}).write(${JSON.stringify(file)}, Buffer.from('%PDF'));
  `;
  const { signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', killed]);
  expect(signal).toBe('SIGKILL');
}

test.each(['writeFile', 'rename'] as const)(
  'H10: what a process leaves that is killed in %s is gone after the next start, and the former file is as it was',
  async (call) => {
    await writeFile(file, 'former');
    writeAndBeKilled(call);
    const [former, unfinished] = await inFolder();
    expect(former).toBe('Amber.pdf');
    const [note] = await inNotes();
    expect(`${unfinished} ${note}`).toMatch(/^cp-is-([0-9a-f-]{36})\.unfinished \1\.json$/);
    expect((await stat(path.join(notes, String(note)))).mode & 0o777).toBe(0o600);
    expect(await openWholeFiles(notes).leftovers).toEqual({ removed: 1, kept: 0 });
    expect(await inFolder()).toEqual(['Amber.pdf']);
    expect(await readFile(file, 'utf8')).toBe('former');
    expect(await inNotes()).toEqual([]);
  },
);

test('H10: in a folder that is out of reach it is removed at a later start', async () => {
  writeAndBeKilled('rename');
  const away = `${folder}, taken away`;
  await rename(folder, away);
  expect(await openWholeFiles(notes).leftovers).toEqual({ removed: 0, kept: 1 });
  await rename(away, folder);
  expect(await openWholeFiles(notes).leftovers).toEqual({ removed: 1, kept: 0 });
  expect(await inFolder()).toEqual([]);
});

test('a file that is written leaves nothing beside it and no note, and is for its owner alone', async () => {
  const files = openWholeFiles(notes);
  void files.write(file, Buffer.from('%PDF'));
  await files.settled();
  expect(await readFile(file, 'utf8')).toBe('%PDF');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await inFolder()).toEqual(['Amber.pdf']);
  expect(await inNotes()).toEqual([]);
  expect(await openWholeFiles(notes).leftovers).toEqual({ removed: 0, kept: 0 });
});

test('a file whose note cannot be written is not written', async () => {
  await mkdir(path.dirname(notes));
  await writeFile(notes, '');
  await expect(openWholeFiles(notes).write(file, Buffer.from('%PDF'))).rejects.toThrow();
  expect(await inFolder()).toEqual([]);
});

test('no note makes the viewer remove another file than one of its own', async () => {
  const id = '0a8f4c3e-0000-4000-8000-000000000000';
  await mkdir(notes, { recursive: true });
  const notesOf = {
    [`${id}.json`]: JSON.stringify({ folder }),
    '1a8f4c3e-0000-4000-8000-000000000000.json': JSON.stringify({ folder: `${file}\0` }),
    '2a8f4c3e-0000-4000-8000-000000000000.json': '{"fold',
    'other.json': JSON.stringify({ folder }),
  };
  for (const [name, text] of Object.entries(notesOf)) await writeFile(path.join(notes, name), text);
  const kept = ['Amber.pdf', 'cp-is.unfinished', 'other', 'Amber.pdf.unfinished'];
  for (const name of kept) await writeFile(path.join(folder, name), '');
  await mkdir(path.join(folder, `cp-is-${id}.unfinished`));
  expect(await openWholeFiles(notes).leftovers).toEqual({ removed: 0, kept: 2 });
  expect(await inFolder()).toHaveLength(kept.length + 1);
});
