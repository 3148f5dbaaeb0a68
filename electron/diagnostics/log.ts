import { constants } from 'node:fs';
import { type FileHandle, rename } from 'node:fs/promises';
import path from 'node:path';
import type { Fault } from '../../shared/fault.ts';
import type { Policy } from '../../shared/policy.ts';
import type { SessionView } from '../../shared/session.ts';
import { makeFolder } from '../files/make-folder.ts';
import { openRegular } from '../files/open-regular.ts';
import { fileErrorCode, readFileSafely } from '../files/read-file.ts';
import type { BusName, BusState } from '../window/linux-desktop-lock.ts';
import { redact } from './redact.ts';

export type LogRecord =
  | {
      readonly event: 'started';
      readonly version: string;
      readonly electron: string;
      readonly environment: string;
    }
  | { readonly event: 'session'; readonly state: SessionView['state'] }
  /** Names of settings, never their values. */
  | { readonly event: 'policy'; readonly problem: string }
  | {
      readonly event: 'fault';
      readonly kind: Fault['kind'];
      readonly reference: string;
      readonly detail: string;
    }
  | {
      readonly event: 'signing-key';
      readonly use: string;
      readonly signer: string;
      readonly kid: string;
      readonly result: string;
      readonly reason: string;
    }
  /** The result of a check for a new version; a failure is logged as a fault. */
  | { readonly event: 'update'; readonly state: string; readonly version: string }
  /** A session or token could not be ended at Care Identity or at the platform. */
  | { readonly event: 'logout'; readonly step: string; readonly result: string }
  /** The log collector cannot be reached; the entries wait in the trail. */
  | { readonly event: 'forwarding'; readonly reason: string }
  /** Whether the viewer can receive the lock signal of a Linux desktop. */
  | {
      readonly event: 'desktop-lock';
      readonly bus: BusName;
      readonly state: BusState;
      readonly reason: string;
    }
  /** The previous run was killed or crashed. `startedAt`: UTC, ISO 8601; empty where it is not known. */
  | { readonly event: 'former-run'; readonly ended: 'not-in-order'; readonly startedAt: string }
  /**
   * Files that earlier runs left unfinished: how many are removed, cannot be reached yet, or are not tried any more.
   */
  | {
      readonly event: 'unfinished-files';
      readonly removed: number;
      readonly kept: number;
      readonly givenUp: number;
    }
  /** A file beside the executable asks the viewer to quit, or was left behind and is no request. */
  | { readonly event: 'quit-request'; readonly state: 'followed' | 'left-behind' }
  /**
   * A process of the viewer crashed, or was killed because it hung; or the page was loaded anew, because it did not load, made
   * a frame, or could not draw a screen. `crash-dumps.ts` says when a dump is kept (H10).
   */
  | {
      readonly event: 'process-gone';
      readonly process: string;
      readonly reason: string;
      readonly exitCode: number;
    };

/** `faults` leaves out the changes of the session. */
export type LogLevel = NonNullable<Policy['logLevel']>;

export interface Log {
  write(record: LogRecord): void;
  /** The last faults, newest first; for the Diagnostics screen. */
  recentFaults(): readonly { readonly at: string; readonly kind: string; readonly reference: string }[];
  settled(): Promise<void>;
  /** For Diagnostics: the file system's code where the last line could not be written; `undefined` where it was. */
  failure(): string | undefined;
  /** The newest lines, oldest first; for the support bundle. */
  newestLines(count: number): Promise<readonly string[]>;
}

/** The log keeps two files of at most this size. */
const largestFileBytes = 512 * 1024;
const faultsRemembered = 20;

/**
 * Writes the log: one JSON line for each event, from closed record types, so that no free text can contain a name, an NHS
 * number or a token. A record with any other member does not compile. Every text also passes the redactions before it is
 * written.
 */
export function openLog(folder: string, level: LogLevel, now: () => Date): Log {
  const file = path.join(folder, 'viewer.log');
  const oldFile = path.join(folder, 'viewer.old.log');
  const faults: { at: string; kind: string; reference: string }[] = [];
  let failure: string | undefined;
  let queue: Promise<void> = Promise.resolve();

  async function open(): Promise<FileHandle> {
    await makeFolder(folder);
    const opened = await openRegular(file, constants.O_APPEND | constants.O_CREAT);
    if (opened === undefined) throw new Error('The log is not a regular file.');
    return opened;
  }

  /** On Windows another program may lock the file, and renaming it fails: then the log continues in the full file. */
  async function replaceIfFull(opened: FileHandle): Promise<FileHandle> {
    if ((await opened.stat()).size <= largestFileBytes) return opened;
    await opened.close();
    await rename(file, oldFile).catch(() => undefined);
    return open();
  }

  async function append(line: string): Promise<void> {
    try {
      const opened = await replaceIfFull(await open());
      try {
        await opened.appendFile(line);
      } finally {
        await opened.close();
      }
      failure = undefined;
    } catch (error) {
      // A full or read-only disk must not stop a clinician; the audit trail has its own, stricter rule.
      failure = fileErrorCode(error) ?? 'not a regular file';
    }
  }

  return {
    write(given) {
      const at = now().toISOString();
      const record = withoutContent(given);
      if (record.event === 'fault') {
        faults.unshift({ at, kind: record.kind, reference: record.reference });
        faults.length = Math.min(faults.length, faultsRemembered);
      }
      if (level === 'faults' && record.event === 'session') return;
      queue = queue.then(() => append(`${JSON.stringify({ at, ...redacted(record) })}\n`));
    },
    recentFaults: () => [...faults],
    settled: () => queue,
    failure: () => failure,
    async newestLines(count) {
      await queue;
      const texts = await Promise.all([oldFile, file].map(textOf));
      return texts.join('').trimEnd().split('\n').slice(-count);
    },
  };
}

/**
 * Only the screen and the audit trail say that an answer mentions a record. The log calls it an answer that could not be
 * read: the time and the service's reference would lead support staff to the child (H10).
 */
function withoutContent(record: LogRecord): LogRecord {
  return record.event === 'fault' && record.kind === 'record-mentioned'
    ? { ...record, kind: 'answer-not-understood' }
    : record;
}

/** Reads a log file; empty where there is none. A log that could not be replaced may exceed `largestFileBytes`. */
async function textOf(file: string): Promise<string> {
  const read = await readFileSafely(file, 16 * largestFileBytes);
  return read.kind === 'read' ? read.bytes.toString('utf8') : '';
}

function redacted(record: LogRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
}
