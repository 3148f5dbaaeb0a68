/**
 * The log: events as closed records, one JSON line each, so that there is no free text for a name, an NHS number or a
 * token to slip into. What a record may hold is a list of words; anything else does not compile. Every text still passes
 * the redactions on its way to the disk.
 */
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
  /** What came of looking for a new version; a failure is a fault. */
  | { readonly event: 'update'; readonly state: string; readonly version: string }
  /** What a sign-in has left at Care Identity or the platform could not be ended there. */
  | { readonly event: 'logout'; readonly step: string; readonly result: string }
  /** The log collector cannot be reached; the trail waits for it. */
  | { readonly event: 'forwarding'; readonly reason: string }
  /** Whether the lock of a Linux desktop can be heard of. */
  | {
      readonly event: 'desktop-lock';
      readonly bus: BusName;
      readonly state: BusState;
      readonly reason: string;
    }
  /** The run before this one was ended from outside, or crashed. `startedAt`: UTC, ISO 8601; empty where it is not known. */
  | { readonly event: 'former-run'; readonly ended: 'not-in-order'; readonly startedAt: string }
  /** A process of the viewer has ended by itself, or was ended because it did not leave. No dump of its memory is kept (H10). */
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
  /** Settles when everything written so far is on the disk. */
  settled(): Promise<void>;
  /** For Diagnostics: why the last line could not be written, as the file system's code; `undefined`: it was. */
  failure(): string | undefined;
  /** The newest lines, oldest first; for the support bundle. */
  newestLines(count: number): Promise<readonly string[]>;
}

/** Two files of this size at most are kept. Bytes. */
const largestFile = 512 * 1024;
const faultsRemembered = 20;

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

  /** Fails where another program holds the file, as Windows lets it: then the log goes on in the one that is full. */
  async function replaceIfFull(opened: FileHandle): Promise<FileHandle> {
    if ((await opened.stat()).size <= largestFile) return opened;
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
 * That an answer mentions a record is for the screen and the audit trail. For a help desk it is an answer that could not
 * be read: the time in the log and the service's reference would lead to the child (H10).
 */
function withoutContent(record: LogRecord): LogRecord {
  return record.event === 'fault' && record.kind === 'record-mentioned'
    ? { ...record, kind: 'answer-not-understood' }
    : record;
}

/** Nothing where there is no log; a log that could not be replaced may be larger than two. */
async function textOf(file: string): Promise<string> {
  const read = await readFileSafely(file, 16 * largestFile);
  return read.kind === 'read' ? read.bytes.toString('utf8') : '';
}

/** The texts of a record, each through the redactions. */
function redacted(record: LogRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
}
