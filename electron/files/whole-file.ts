/**
 * Writes a file whole, or leaves nothing of it: also where the process is killed meanwhile or the computer loses its power. No
 * system takes such a file back by itself in every folder. So the bytes go into a file of another name first, and a note in the
 * user's data says in which folder it is, so that the next start removes it. Neither name holds anything of the file's own.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';
import { retryWhileLocked } from './locked-file.ts';
import { makeFolder } from './make-folder.ts';
import { fileErrorCode } from './read-file.ts';
import { readJsonFile } from './read-json-file.ts';

export interface WholeFiles {
  /**
   * Writes a file for its owner alone, in the place of any former one. Rejects with the error of the file system; the former
   * file is then as it was.
   */
  write(file: string, bytes: Uint8Array): Promise<void>;
  /**
   * Settles when what earlier runs left unfinished is removed: with how many files were, and how many could not be, because
   * their folder is out of reach or they are locked. The next start tries those again.
   */
  readonly leftovers: Promise<Leftovers>;
  /** Settles when no file is being written. */
  settled(): Promise<void>;
}

export interface Leftovers {
  readonly removed: number;
  readonly kept: number;
}

const noteSchema = v.object({ folder: v.string() });
const noteName = /^([0-9a-f-]{36})\.json$/;

const unfinishedIn = (folder: string, id: string) => path.join(folder, `cp-is-${id}.unfinished`);

/** Begins at once to remove what earlier runs left. `notes`: a folder for the notes, made when it is first needed. */
export function openWholeFiles(notes: string): WholeFiles {
  const noteOf = (id: string) => path.join(notes, `${id}.json`);

  async function removeLeftover(id: string): Promise<'removed' | 'none' | 'kept'> {
    const note = noteOf(id);
    const read = await readJsonFile(note);
    const parsed = v.safeParse(noteSchema, read.kind === 'read' ? read.value : undefined);
    // A note that its run did not finish: that run wrote nothing else.
    const result = parsed.success ? await remove(parsed.output.folder, id) : 'none';
    if (result !== 'kept') await rm(note, { force: true }).catch(() => undefined);
    return result;
  }

  async function removeLeftovers(ids: readonly string[]): Promise<Leftovers> {
    const results = await Promise.all(ids.map(removeLeftover));
    const count = (of: string) => results.filter((result) => result === of).length;
    return { removed: count('removed'), kept: count('kept') };
  }

  async function write(file: string, bytes: Uint8Array): Promise<void> {
    const id = randomUUID();
    const folder = path.dirname(path.resolve(file));
    const unfinished = unfinishedIn(folder, id);
    await makeFolder(notes);
    await writeFile(noteOf(id), JSON.stringify({ folder }), { mode: 0o600, flag: 'wx', flush: true });
    try {
      await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx', flush: true });
      await rename(unfinished, file);
    } finally {
      if ((await remove(folder, id)) !== 'kept') await rm(noteOf(id), { force: true }).catch(() => undefined);
    }
  }

  const writing = new Set<Promise<void>>();
  return {
    async write(file, bytes) {
      const written = write(file, bytes);
      writing.add(written);
      try {
        await written;
      } finally {
        writing.delete(written);
      }
    },
    leftovers: removeLeftovers(idsIn(notes)),
    async settled() {
      await Promise.allSettled(writing);
    },
  };
}

function idsIn(notes: string): readonly string[] {
  try {
    return readdirSync(notes).flatMap((name) => noteName.exec(name)?.[1] ?? []);
  } catch {
    return []; // nothing was ever written
  }
}

/** Removes the unfinished file. `kept`: it is there, or it cannot be known, because its folder is out of reach. */
async function remove(folder: string, id: string): Promise<'removed' | 'none' | 'kept'> {
  try {
    await retryWhileLocked(() => rm(unfinishedIn(folder, id)));
    return 'removed';
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') return 'kept';
    return lstat(folder).then(
      () => 'none',
      () => 'kept',
    );
  }
}
