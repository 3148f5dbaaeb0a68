import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { retryWhileLocked } from '../files/locked-file.ts';
import { makeFolder } from '../files/make-folder.ts';
import { openRegular } from '../files/open-regular.ts';
import { fileErrorCode } from '../files/read-file.ts';
import { chainStart, type EntryContent, makeEntry, type WrittenEntry } from './entry.ts';
import { recoverTrail, type TrailEnd } from './recover.ts';
import type { AuditEvent } from './trail-event.ts';
import { formatTailMarker, TrailFileUnreadable, tailMarkerFile, trailFileFor } from './trail-folder.ts';

export interface Trail {
  /**
   * Settles when the entry is on the disk; rejects with the error of the file system, and the entry may then be missing.
   * `at`: the time of the event, by default now.
   */
  append(content: EntryContent, at?: Date): Promise<void>;
  settled(): Promise<void>;
}

export interface TrailDependencies {
  readonly folder: string;
  readonly workstation: string;
  readonly now: () => Date;
  /** A longer file is not continued. */
  readonly largestFileBytes?: number;
  /** Called with each line once it is on the disk, in their order. */
  readonly onWritten?: (entry: WrittenEntry, event: AuditEvent) => void;
}

/** About 6,000 to 9,000 entries. */
const defaultLargestFileBytes = 4 * 1024 * 1024;

interface Recovered {
  readonly end: TrailEnd;
  readonly pendingEvents: readonly AuditEvent[];
}

/**
 * Appends entries to the trail one after the other, each on the disk before `append` settles. The viewer never changes or
 * truncates the trail; an incomplete line of a crash stays, and the next entry records it.
 */
export function openTrail(dependencies: TrailDependencies): Trail {
  const { folder, workstation, now, largestFileBytes = defaultLargestFileBytes, onWritten } = dependencies;
  let end: TrailEnd | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  /** The files of the last entry: the next entry waits until they are closed, and the caller does not. */
  let closing: Promise<unknown> = Promise.resolve();

  async function append(content: EntryContent, at: Date): Promise<void> {
    if (end !== undefined && (await lengthOf(end.file.path)) !== end.bytes) end = undefined;
    const about = (event: AuditEvent): EntryContent => ({ ...event, workstation, actor: null });
    try {
      if (end === undefined) {
        const recovered = await recover();
        end = recovered.end;
        for (const event of recovered.pendingEvents) end = await write(end, about(event), now());
      }
      end = await write(end, content, at);
    } catch (error) {
      end = undefined; // as after a crash: the next attempt reads the end of the trail again
      throw error;
    }
  }

  async function recover(): Promise<Recovered> {
    await makeFolder(folder);
    const recovery = await retryWhileLocked(() => recoverTrail(folder));
    if (recovery.kind === 'found') {
      return recovery.end.seq === chainStart.seq
        ? begin(recovery.end, recovery.pendingEvents, null)
        : recovery;
    }
    const quarantinedFolder = `${path.basename(folder)}-unreadable-${now().toISOString().replaceAll(/[:.]/g, '-')}`;
    const quarantined = path.join(path.dirname(folder), quarantinedFolder);
    await retryWhileLocked(() => rename(folder, quarantined));
    await makeFolder(folder);
    const file = trailFileFor(folder, chainStart.seq + 1);
    return begin({ ...chainStart, file, bytes: 0, unfinished: false }, [], quarantinedFolder);
  }

  /** Writes the tail marker before the first entry, so that a missing marker always means damage. */
  async function begin(
    end: TrailEnd,
    pendingEvents: readonly AuditEvent[],
    quarantinedFolder: string | null,
  ): Promise<Recovered> {
    const marker = await openTailMarker(folder);
    try {
      await writeDurably(marker, formatTailMarker(chainStart), 0);
    } finally {
      await marker.close();
    }
    const begun: AuditEvent = { event: 'trail-begun', format: 1, setAside: quarantinedFolder };
    return { end, pendingEvents: [...pendingEvents, begun] };
  }

  async function write(end: TrailEnd, content: EntryContent, at: Date): Promise<TrailEnd> {
    const entry = makeEntry(end, at, content);
    const isFull = end.bytes > largestFileBytes;
    const file = isFull ? trailFileFor(folder, entry.seq) : end.file;
    // An incomplete line gets a line end and is never completed: it is not an entry.
    const text = `${end.unfinished && !isFull ? '\n' : ''}${entry.line}\n`;
    // Both first: where the marker cannot be written, no entry is written that would count as not written.
    const [marker, entries] = await openBoth(
      openTailMarker(folder),
      openOfTrail(file.path, constants.O_APPEND | constants.O_CREAT),
    );
    try {
      await writeDurably(entries, text, null);
      if (isFull || end.bytes === 0) await syncFolder(folder);
      // After the entry: the tail marker may lag one entry behind, and never runs ahead.
      await writeDurably(marker, formatTailMarker(entry), 0);
    } finally {
      closing = Promise.allSettled([marker.close(), entries.close()]);
    }
    onWritten?.(entry, content);
    const before = isFull ? 0 : end.bytes;
    return {
      seq: entry.seq,
      hash: entry.hash,
      file,
      bytes: before + Buffer.byteLength(text),
      unfinished: false,
    };
  }

  return {
    append(content, at = now()) {
      const result = queue.then(() => append(content, at));
      queue = result.catch(() => undefined).then(() => closing);
      return result;
    },
    settled: async () => void (await queue),
  };
}

async function openOfTrail(file: string, flags: number): Promise<FileHandle> {
  const opened = await retryWhileLocked(() => openRegular(file, flags));
  if (opened !== undefined) return opened;
  throw new TrailFileUnreadable(file, { problem: 'is not a regular file', code: undefined });
}

/** Rejects where one of them does, and leaves no file open. */
async function openBoth(
  marker: Promise<FileHandle>,
  entries: Promise<FileHandle>,
): Promise<readonly [FileHandle, FileHandle]> {
  try {
    return await Promise.all([marker, entries]);
  } catch (error) {
    for (const opened of await Promise.allSettled([marker, entries])) {
      if (opened.status === 'fulfilled') await opened.value.close();
    }
    throw error;
  }
}

/** `position` in bytes; `null` appends. */
async function writeDurably(opened: FileHandle, text: string, position: number | null): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) {
    const at = position === null ? null : position + done;
    done += (await opened.write(bytes, done, bytes.length - done, at)).bytesWritten;
  }
  await opened.sync();
}

/** Creates only a missing marker: a marker that is locked or may not be written is not replaced. */
async function openTailMarker(folder: string): Promise<FileHandle> {
  const file = tailMarkerFile(folder);
  try {
    return await openOfTrail(file, 0);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    return openOfTrail(file, constants.O_CREAT | constants.O_EXCL);
  }
}

/** The name of a new file is on the disk only after its folder is synced. Windows has no such call and needs none. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r');
  try {
    await opened.sync();
  } finally {
    await opened.close();
  }
}

async function lengthOf(file: string): Promise<number | undefined> {
  return lstat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
