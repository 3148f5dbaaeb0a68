/** On real files; the process that is killed while it writes is a real one. */
import { spawnSync } from 'node:child_process';
import files, {
  mkdir,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  unlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { mountSmallDisk } from '../../e2e/doubles/small-disk.ts';
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
const removeLeftovers = () => openWholeFiles(notes).removeLeftovers();
const days = (count: number) => count * 24 * 60 * 60_000;

/** The path of the only note. */
async function theNote(): Promise<string> {
  const [note] = await inNotes();
  return path.join(notes, String(note));
}

/** Of the note, as if it had been written then. */
async function setAge(ms: number): Promise<void> {
  const at = new Date(Date.now() - ms);
  await utimes(await theNote(), at, at);
}

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

/** Until the end of the test `first` is done before each such call of Node's, with the first path of the call. */
function before(call: 'rm' | 'rename', first: (file: string) => Promise<void>): void {
  const real = files[call];
  const replaceBy = (replacement: unknown) => {
    Reflect.set(files, call, replacement);
    syncBuiltinESMExports();
  };
  onTestFinished(() => replaceBy(real));
  replaceBy(async (...given: readonly unknown[]) => {
    await first(String(given[0]));
    return Reflect.apply(real, files, given);
  });
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
    expect(await removeLeftovers()).toEqual({ removed: 1, kept: 0, givenUp: 0 });
    expect(await inFolder()).toEqual(['Amber.pdf']);
    expect(await readFile(file, 'utf8')).toBe('former');
    expect(await inNotes()).toEqual([]);
  },
);

test('H10: in a folder that is out of reach it is removed at a later start', async () => {
  writeAndBeKilled('rename');
  const away = `${folder}, taken away`;
  await rename(folder, away);
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 1, givenUp: 0 });
  await rename(away, folder);
  expect(await removeLeftovers()).toEqual({ removed: 1, kept: 0, givenUp: 0 });
  expect(await inFolder()).toEqual([]);
});

test('H10: where another drive is in the place of its drive it is removed at a later start', async () => {
  writeAndBeKilled('rename');
  const other = mountSmallDisk(folder);
  try {
    expect(await removeLeftovers()).toEqual({ removed: 0, kept: 1, givenUp: 0 });
  } finally {
    other.unmount();
  }
  expect(await removeLeftovers()).toEqual({ removed: 1, kept: 0, givenUp: 0 });
  expect(await inFolder()).toEqual([]);
  expect(await inNotes()).toEqual([]);
});

test('H10: where its note cannot be opened it is removed at a later start', async () => {
  writeAndBeKilled('rename');
  const note = await theNote();
  const away = path.join(notes, 'away');
  await rename(note, away);
  await symlink(note, note); // ELOOP, for an administrator too
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 1, givenUp: 0 });
  await unlink(note);
  await rename(away, note);
  expect(await removeLeftovers()).toEqual({ removed: 1, kept: 0, givenUp: 0 });
  expect(await inFolder()).toEqual([]);
});

test('a note whose file is gone, in a folder that is there, goes', async () => {
  writeAndBeKilled('rename');
  for (const name of await inFolder()) await rm(path.join(folder, name));
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 0, givenUp: 0 });
  expect(await inNotes()).toEqual([]);
});

test('H10: a note of a folder that is gone for good, whose path can name a patient, goes after 30 days', async () => {
  writeAndBeKilled('rename');
  await rm(folder, { recursive: true });
  await setAge(days(29));
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 1, givenUp: 0 });
  await setAge(days(31));
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 0, givenUp: 1 });
  expect(await inNotes()).toEqual([]);
});

test('H10: what is older than that, in a folder within reach, is removed', async () => {
  writeAndBeKilled('rename');
  await setAge(days(400));
  expect(await removeLeftovers()).toEqual({ removed: 1, kept: 0, givenUp: 0 });
  expect(await inFolder()).toEqual([]);
});

test('one file is removed after the other, so that a folder that does not answer holds one thread alone', async () => {
  for (let killed = 0; killed < 3; killed += 1) writeAndBeKilled('rename');
  let removing = 0;
  let most = 0;
  before('rm', async (unfinished) => {
    if (!unfinished.endsWith('.unfinished')) return;
    removing += 1;
    most = Math.max(most, removing);
    for (let call = 0; call < 50; call += 1) await stat(folder); // time for the others to begin
    removing -= 1;
  });
  expect(await removeLeftovers()).toEqual({ removed: 3, kept: 0, givenUp: 0 });
  expect(most).toBe(1);
});

test('a file that is being written when the leftovers are removed is none of them', async () => {
  await mkdir(notes, { recursive: true });
  const opened = openWholeFiles(notes);
  before('rename', async () => {
    expect(await inNotes()).toHaveLength(1);
    expect(await opened.removeLeftovers()).toEqual({ removed: 0, kept: 0, givenUp: 0 });
  });
  await opened.write(file, Buffer.from('%PDF'));
  expect(await readFile(file, 'utf8')).toBe('%PDF');
});

test('a file that is written leaves nothing beside it and no note, and is for its owner alone', async () => {
  const opened = openWholeFiles(notes);
  void opened.write(file, Buffer.from('%PDF'));
  await opened.settled();
  expect(await readFile(file, 'utf8')).toBe('%PDF');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await inFolder()).toEqual(['Amber.pdf']);
  expect(await inNotes()).toEqual([]);
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 0, givenUp: 0 });
});

test('a file for a folder that is not there leaves no note', async () => {
  const nowhere = path.join(folder, 'nowhere', 'Amber.pdf');
  await expect(openWholeFiles(notes).write(nowhere, Buffer.from('%PDF'))).rejects.toThrow('ENOENT');
  await expect(inNotes()).rejects.toThrow('ENOENT');
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
  const volume = String((await stat(folder)).dev);
  const notesOf = {
    [`${id}.json`]: JSON.stringify({ folder, volume }),
    '1a8f4c3e-0000-4000-8000-000000000000.json': JSON.stringify({ folder: `${file}\0`, volume }),
    '2a8f4c3e-0000-4000-8000-000000000000.json': '{"fold',
    '3a8f4c3e-0000-4000-8000-000000000000.json': JSON.stringify({ folder: 1 }),
    'other.json': JSON.stringify({ folder, volume }),
  };
  for (const [name, text] of Object.entries(notesOf)) await writeFile(path.join(notes, name), text);
  const kept = ['Amber.pdf', 'cp-is.unfinished', 'other', 'Amber.pdf.unfinished'];
  for (const name of kept) await writeFile(path.join(folder, name), '');
  await mkdir(path.join(folder, `cp-is-${id}.unfinished`));
  expect(await removeLeftovers()).toEqual({ removed: 0, kept: 2, givenUp: 0 });
  expect(await inFolder()).toHaveLength(kept.length + 1);
});
