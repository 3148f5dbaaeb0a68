/**
 * The log: events as closed records, one JSON line each, so that there is no free text for a name, an NHS number or a
 * token to slip into. What a record may hold is a list of words; anything else does not compile. Every text still passes
 * the redactions on its way to the disk.
 */
import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Fault } from '../../shared/fault.ts';
import type { Policy } from '../../shared/policy.ts';
import type { SessionView } from '../../shared/session.ts';
import type { BusName, BusState } from '../app/linux-desktop-lock.ts';
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
  let queue: Promise<void> = mkdir(folder, { recursive: true }).then(
    () => undefined,
    () => undefined,
  );

  async function append(line: string): Promise<void> {
    try {
      const size = await stat(file).then(
        (found) => found.size,
        () => 0,
      );
      if (size > largestFile) await rename(file, oldFile);
      await appendFile(file, line, { mode: 0o600 });
    } catch {
      // A full or read-only disk must not stop a clinician; the audit trail has its own, stricter rule.
    }
  }

  return {
    write(record) {
      const at = now().toISOString();
      if (record.event === 'fault') {
        faults.unshift({ at, kind: record.kind, reference: record.reference });
        faults.length = Math.min(faults.length, faultsRemembered);
      }
      if (level === 'faults' && record.event === 'session') return;
      queue = queue.then(() => append(`${JSON.stringify({ at, ...redacted(record) })}\n`));
    },
    recentFaults: () => [...faults],
    settled: () => queue,
    async newestLines(count) {
      await queue;
      const texts = await Promise.all([oldFile, file].map((name) => readFile(name, 'utf8').catch(() => '')));
      return texts.join('').trimEnd().split('\n').slice(-count);
    },
  };
}

/** The texts of a record, each through the redactions. */
function redacted(record: LogRecord): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );
}
