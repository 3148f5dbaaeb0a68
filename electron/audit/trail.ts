/**
 * The trail: appends entries one after the other, each on the disk before `append` settles. Nothing is ever changed or
 * cut off; whatever a crash left unfinished stays, and the next entry says so.
 */
import { mkdir, open, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { AuditEvent } from './audit-event.ts';
import { type ChainEnd, chainStart, type EntryContent, makeEntry, type WrittenEntry } from './entry.ts';
import { recoverTrail, type TrailEnd } from './recover.ts';
import { endMarkFile, formatEndMark, trailFileFor } from './trail-folder.ts';

export interface Trail {
  /** Settles when the entry is on the disk; rejects with what the file system said, and then nothing may be relied on. */
  append(content: EntryContent): Promise<void>;
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
  readonly onWritten?: (entry: WrittenEntry) => void;
}

/** Some 6,000 to 9,000 entries, by what is in them. */
const defaultLargestFile = 4 * 1024 * 1024;

export function openTrail(dependencies: TrailDependencies): Trail {
  const { folder, workstation, now, largestFile = defaultLargestFile, onWritten } = dependencies;
  let end: TrailEnd | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  async function append(content: EntryContent): Promise<void> {
    if (end !== undefined && (await lengthOf(end.file.path)) !== end.bytes) end = undefined;
    const about = (event: AuditEvent): EntryContent => ({ ...event, workstation, actor: null });
    try {
      if (end === undefined) {
        const recovered = await recover();
        end = recovered.end;
        for (const event of recovered.toSay) end = await write(end, about(event));
      }
      end = await write(end, content);
    } catch (error) {
      end = undefined; // as after a crash: the next attempt looks at the disk again
      throw error;
    }
  }

  async function recover(): Promise<{ readonly end: TrailEnd; readonly toSay: readonly AuditEvent[] }> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const recovery = recoverTrail(folder);
    if (recovery.kind === 'found') {
      return recovery.end.seq === chainStart.seq ? begin(recovery.end, recovery.toSay, null) : recovery;
    }
    const setAside = `${path.basename(folder)}-unreadable-${now().toISOString().replaceAll(/[:.]/g, '-')}`;
    await rename(folder, path.join(path.dirname(folder), setAside));
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = trailFileFor(folder, chainStart.seq + 1);
    return begin({ ...chainStart, file, bytes: 0, unfinished: false }, [], setAside);
  }

  /** The end mark is there before any entry, so that its absence always means something. */
  async function begin(at: TrailEnd, toSay: readonly AuditEvent[], setAside: string | null) {
    await writeEndMark(folder, chainStart);
    const begun: AuditEvent = { event: 'trail-begun', format: 1, setAside };
    return { end: at, toSay: [...toSay, begun] };
  }

  async function write(at: TrailEnd, content: EntryContent): Promise<TrailEnd> {
    const entry = makeEntry(at, now(), content);
    const isFull = at.bytes > largestFile;
    const file = isFull ? trailFileFor(folder, entry.seq) : at.file;
    // A line that something stopped is closed, never completed: it is not an entry.
    const text = `${at.unfinished && !isFull ? '\n' : ''}${entry.line}\n`;
    await appendDurably(file.path, text);
    if (isFull || at.bytes === 0) await syncFolder(folder);
    await writeEndMark(folder, entry);
    onWritten?.(entry);
    const before = isFull ? 0 : at.bytes;
    return {
      seq: entry.seq,
      hash: entry.hash,
      file,
      bytes: before + Buffer.byteLength(text),
      unfinished: false,
    };
  }

  return {
    append(content) {
      const result = queue.then(() => append(content));
      queue = result.catch(() => undefined);
      return result;
    },
    settled: async () => void (await queue),
  };
}

async function appendDurably(file: string, text: string): Promise<void> {
  const opened = await open(file, 'a', 0o600);
  try {
    await opened.appendFile(text);
    await opened.sync();
  } finally {
    await opened.close();
  }
}

/** After the entry: an end mark may lag one entry behind, and never runs ahead. */
async function writeEndMark(folder: string, end: ChainEnd): Promise<void> {
  const file = endMarkFile(folder);
  const opened = await open(file, 'r+').catch(() => open(file, 'wx', 0o600));
  try {
    await opened.write(formatEndMark(end), 0, 'utf8');
    await opened.sync();
  } finally {
    await opened.close();
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
  return stat(file).then(
    ({ size }) => size,
    () => undefined,
  );
}
