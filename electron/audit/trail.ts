/**
 * The trail: appends entries one after the other, each on the disk before `append` settles. Nothing is ever changed or
 * cut off; whatever a crash left unfinished stays, and the next entry says so.
 */
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '../files/make-folder.ts';
import { openRegular } from '../files/open-regular.ts';
import { fileErrorCode } from '../files/read-file.ts';
import { chainStart, type EntryContent, makeEntry, type WrittenEntry } from './entry.ts';
import { recoverTrail, type TrailEnd } from './recover.ts';
import type { AuditEvent } from './trail-event.ts';
import { formatTailMarker, TrailFileUnreadable, tailMarkerFile, trailFileFor } from './trail-folder.ts';

export interface Trail {
  /**
   * Settles when the entry is on the disk; rejects with what the file system said, and then nothing may be relied on.
   * `at`: when it happened, where that is not now.
   */
  append(content: EntryContent, at?: Date): Promise<void>;
  /** Settles when every entry asked for so far is written or refused. */
  settled(): Promise<void>;
}

export interface TrailDependencies {
  readonly folder: string;
  readonly workstation: string;
  readonly now: () => Date;
  /** A file longer than this is not continued. Bytes. */
  readonly largestFile?: number;
  /** Called with each line once it is on the disk, in their order. */
  readonly onWritten?: (entry: WrittenEntry, event: AuditEvent) => void;
}

/** Some 6,000 to 9,000 entries, by what is in them. */
const defaultLargestFile = 4 * 1024 * 1024;

interface Recovered {
  readonly end: TrailEnd;
  readonly toSay: readonly AuditEvent[];
}

export function openTrail(dependencies: TrailDependencies): Trail {
  const { folder, workstation, now, largestFile = defaultLargestFile, onWritten } = dependencies;
  let end: TrailEnd | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  async function append(content: EntryContent, at: Date): Promise<void> {
    if (end !== undefined && (await lengthOf(end.file.path)) !== end.bytes) end = undefined;
    const about = (event: AuditEvent): EntryContent => ({ ...event, workstation, actor: null });
    try {
      if (end === undefined) {
        const recovered = await recover();
        end = recovered.end;
        for (const event of recovered.toSay) end = await write(end, about(event), now());
      }
      end = await write(end, content, at);
    } catch (error) {
      end = undefined; // as after a crash: the next attempt looks at the disk again
      throw error;
    }
  }

  async function recover(): Promise<Recovered> {
    await makeFolder(folder);
    const recovery = recoverTrail(folder);
    if (recovery.kind === 'found') {
      return recovery.end.seq === chainStart.seq ? begin(recovery.end, recovery.toSay, null) : recovery;
    }
    const setAside = `${path.basename(folder)}-unreadable-${now().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(folder, path.join(path.dirname(folder), setAside));
    await makeFolder(folder);
    const file = trailFileFor(folder, chainStart.seq + 1);
    return begin({ ...chainStart, file, bytes: 0, unfinished: false }, [], setAside);
  }

  /** The end mark is there before any entry, so that its absence always means something. */
  async function begin(
    end: TrailEnd,
    toSay: readonly AuditEvent[],
    setAside: string | null,
  ): Promise<Recovered> {
    const mark = await openEndMark(folder);
    try {
      await writeDurably(mark, formatTailMarker(chainStart), 0);
    } finally {
      await mark.close();
    }
    const begun: AuditEvent = { event: 'trail-begun', format: 1, setAside };
    return { end, toSay: [...toSay, begun] };
  }

  async function write(end: TrailEnd, content: EntryContent, at: Date): Promise<TrailEnd> {
    const entry = makeEntry(end, at, content);
    const isFull = end.bytes > largestFile;
    const file = isFull ? trailFileFor(folder, entry.seq) : end.file;
    // A line that something stopped is closed, never completed: it is not an entry.
    const text = `${end.unfinished && !isFull ? '\n' : ''}${entry.line}\n`;
    // Opened first: where it is held or may not be written, no entry is left that counts as not written.
    const mark = await openEndMark(folder);
    try {
      await appendDurably(file.path, text);
      if (isFull || end.bytes === 0) await syncFolder(folder);
      // After the entry: an end mark may lag one entry behind, and never runs ahead.
      await writeDurably(mark, formatTailMarker(entry), 0);
    } finally {
      await mark.close();
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
      queue = result.catch(() => undefined);
      return result;
    },
    settled: async () => void (await queue),
  };
}

async function openOfTrail(file: string, flags: number): Promise<FileHandle> {
  const opened = await patiently(() => openRegular(file, flags));
  if (opened !== undefined) return opened;
  throw new TrailFileUnreadable(file, { problem: 'is not a regular file', code: undefined });
}

/**
 * A scanner or a copying program holds a file for a moment: Windows then refuses to open it, with EBUSY or EPERM.
 * Tried for about a second before that counts.
 */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attemptsLeft = 20; ; attemptsLeft -= 1) {
    try {
      return await work();
    } catch (error) {
      const code = fileErrorCode(error);
      const isHeld = code === 'EBUSY' || (process.platform === 'win32' && code === 'EPERM');
      if (!isHeld || attemptsLeft === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function appendDurably(file: string, text: string): Promise<void> {
  const opened = await openOfTrail(file, constants.O_APPEND | constants.O_CREAT);
  try {
    await writeDurably(opened, text, null);
  } finally {
    await opened.close();
  }
}

/** `position`: `null` behind the end. */
async function writeDurably(opened: FileHandle, text: string, position: number | null): Promise<void> {
  const bytes = Buffer.from(text, 'utf8');
  for (let done = 0; done < bytes.length; ) {
    const at = position === null ? null : position + done;
    done += (await opened.write(bytes, done, bytes.length - done, at)).bytesWritten;
  }
  await opened.sync();
}

/** Only one that is not there is made: one that is held, or that may not be written, is not replaced. */
async function openEndMark(folder: string): Promise<FileHandle> {
  const file = tailMarkerFile(folder);
  try {
    return await openOfTrail(file, 0);
  } catch (error) {
    if (fileErrorCode(error) !== 'ENOENT') throw error;
    return openOfTrail(file, constants.O_CREAT | constants.O_EXCL);
  }
}

/** A new file's name is on the disk only when its folder is. Windows has no such thing, and keeps names by itself. */
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
