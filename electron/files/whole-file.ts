/**
 * Writes a file whole, or leaves nothing of it: also where the process is killed meanwhile or the computer loses its power. No
 * system takes such a file back by itself in every folder. So the bytes go into a file of another name first, and a note in the
 * user's data says in which folder it is, so that the next start removes it. Neither name holds anything of the file's own.
 * The note is not sealed, though the folder's path can name a patient: one that cannot be unsealed, because a keyring
 * is locked or new, would leave the file itself, which says more.
 */
import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { lstat, rename, rm, stat, writeFile } from 'node:fs/promises';
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
   * Removes what earlier runs left unfinished, one file after the other: a folder that does not answer takes one thread
   * of Node's, and not all of them. Never rejects.
   */
  removeLeftovers(): Promise<Leftovers>;
  /** Settles when no file is being written. */
  settled(): Promise<void>;
}

/** How many files. */
export interface Leftovers {
  readonly removed: number;
  /** Their folder is out of reach, they are locked, or their notes cannot be read. The next start tries them again. */
  readonly kept: number;
  /** As `kept`, but for longer than `longestTryMs`: their notes are gone. */
  readonly givenUp: number;
}

/** A drive or a share that is out of reach for longer is taken to be gone for good: its note would stay for ever. */
const longestTryMs = 30 * 24 * 60 * 60_000;

const noteSchema = v.object({ folder: v.string(), volume: v.string() });
type Note = v.InferOutput<typeof noteSchema>;
const noteName = /^([0-9a-f-]{36})\.json$/;

const unfinishedIn = (folder: string, id: string) => path.join(folder, `cp-is-${id}.unfinished`);

/** `notes`: a folder for the notes, made when it is first needed. Those that are there now are of earlier runs. */
export function openWholeFiles(notes: string): WholeFiles {
  const earlier = idsIn(notes);
  const noteOf = (id: string) => path.join(notes, `${id}.json`);

  async function removeLeftover(id: string): Promise<Removal | 'given-up'> {
    const note = noteOf(id);
    const removal = await removeNoted(note, id);
    const result = removal === 'kept' && (await isTooOld(note)) ? 'given-up' : removal;
    if (result !== 'kept') await rm(note, { force: true }).catch(() => undefined);
    return result;
  }

  async function removeLeftovers(): Promise<Leftovers> {
    const count = { removed: 0, none: 0, kept: 0, 'given-up': 0 };
    for (const id of earlier) count[await removeLeftover(id)] += 1;
    return { removed: count.removed, kept: count.kept, givenUp: count['given-up'] };
  }

  async function write(file: string, bytes: Uint8Array): Promise<void> {
    const id = randomUUID();
    const folder = path.dirname(path.resolve(file));
    const note: Note = { folder, volume: await volumeOf(folder) };
    const unfinished = unfinishedIn(folder, id);
    await makeFolder(notes);
    await writeFile(noteOf(id), JSON.stringify(note), { mode: 0o600, flag: 'wx', flush: true });
    try {
      await writeFile(unfinished, bytes, { mode: 0o600, flag: 'wx', flush: true });
      await rename(unfinished, file);
    } finally {
      if ((await remove(note, id)) !== 'kept') await rm(noteOf(id), { force: true }).catch(() => undefined);
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
    removeLeftovers,
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

/**
 * Of an unfinished file. `kept`: it is there, or it cannot be known, because its folder or its note is out of reach.
 */
type Removal = 'removed' | 'none' | 'kept';

async function removeNoted(note: string, id: string): Promise<Removal> {
  const read = await readJsonFile(note);
  // By the system's error: it can be held for a moment, and says nothing of the file.
  if (read.kind === 'unreadable' && read.code !== undefined) return 'kept';
  const parsed = v.safeParse(noteSchema, read.kind === 'read' ? read.value : undefined);
  // A note that its run did not finish: that run wrote nothing else.
  return parsed.success ? remove(parsed.output, id) : 'none';
}

async function remove({ folder, volume }: Note, id: string): Promise<Removal> {
  try {
    await retryWhileLocked(() => rm(unfinishedIn(folder, id)));
    return 'removed';
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') return 'kept';
    const standing = await volumeOf(folder).catch(() => undefined);
    return standing === volume ? 'none' : 'kept';
  }
}

/**
 * The number of the volume that a folder is on, on Windows its serial number: another drive, or none, can be in the
 * place of a drive. Linux can give one number to two drives that are plugged in in turn. Rejects with the error of the
 * file system.
 */
async function volumeOf(folder: string): Promise<string> {
  return String((await stat(folder, { bigint: true })).dev);
}

async function isTooOld(note: string): Promise<boolean> {
  return lstat(note).then(
    ({ mtimeMs }) => Date.now() - mtimeMs > longestTryMs,
    () => false,
  );
}
