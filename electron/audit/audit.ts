/**
 * The audit of this workstation: who did what, written by the main process and by nobody else. What must not happen
 * unrecorded asks here first and goes ahead only when nothing comes back. What has happened already is kept in memory
 * where it cannot be written, and written in its order once the disk takes it; an entry before it says since when and why.
 */
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import { auditDetails, type Fault, type FaultDetail, makeFault } from '../../shared/fault.ts';
import { fileErrorCode } from '../files/read-file.ts';
import { within } from '../within.ts';
import type { Encrypter } from './jwe.ts';
import type { Trail } from './trail.ts';
import { type Actor, type AuditEvent, mustBeWrittenFirst, type RecordedFault } from './trail-event.ts';

export interface Audit {
  /**
   * Settles once the entry is on the disk, with a fault if it is not: what must be written first must then not be done,
   * and what has happened is kept for later. `actor`: where it is not the user who is signed in now.
   */
  record(event: AuditEvent, actor?: Actor | null): Promise<Fault | undefined>;
  /** The user who is signed in now: kept by code that records later what this user began. */
  actor(): Actor | null;
  /** What the trail keeps of an NHS number; `null` where the site has set no key. */
  seal(nhsNumber: NhsNumber): string | null;
  /** Gives what it is given. Until that has settled, an outcome may be recorded, for which `end` waits. */
  whileUnderWay<Outcome>(work: Promise<Outcome>): Promise<Outcome>;
  /** Tries once more to write what is kept; settles when everything recorded so far is written or refused. */
  settled(): Promise<void>;
  /** Records that the viewer is closed in order, behind the outcomes of what is under way, if they come soon. */
  end(): Promise<void>;
  /** For Diagnostics: how the last write went. */
  state(): AuditState;
}

export interface AuditState {
  /** Whether any entry has been written in this run. */
  readonly hasWritten: boolean;
  readonly lastFailure: Fault | undefined;
  /** How many entries wait in memory for the disk. */
  readonly waiting: number;
  /** Which key NHS numbers are sealed to. */
  readonly keyId: string | undefined;
}

export interface AuditDependencies {
  readonly trail: Trail;
  readonly workstation: string;
  readonly sealer: Encrypter | undefined;
  /** Who is signed in. */
  readonly actor: () => Actor | undefined;
  readonly now: () => Date;
  readonly newReference: () => string;
  /** Told of each failed write; `reason` is the file system's own code. */
  readonly onFailure: (fault: Fault, reason: string) => void;
  /** After how long a failed write is tried again by itself. */
  readonly retryAfterMs?: number;
  /** How many entries are kept in memory at most; those beyond are counted, and lost. */
  readonly mostWaiting?: number;
}

/** A request that was ended with the session settles at once; another must not keep the viewer from closing. */
const longestWaitForOutcomesMs = 500;

interface Waiting {
  readonly event: AuditEvent;
  readonly actor: Actor | null;
  readonly at: Date;
}

/** A time in which the trail could not be written. */
interface Interruption {
  readonly since: Date;
  readonly reason: string;
  refused: number;
  lost: number;
}

export function createAudit(dependencies: AuditDependencies): Audit {
  const { trail, workstation, sealer, now, newReference, onFailure } = dependencies;
  const { retryAfterMs = 10_000, mostWaiting = 1_000 } = dependencies;
  const waiting: Waiting[] = [];
  let interruption: Interruption | undefined;
  let hasWritten = false;
  let lastFailure: Fault | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let retry: ReturnType<typeof setTimeout> | undefined;

  const underWay = new Set<Promise<unknown>>();

  const signedIn = () => actorOf(dependencies.actor());

  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = queue.then(work);
    queue = result.catch(() => undefined);
    return result;
  }

  const append = ({ event, actor, at }: Waiting) => trail.append({ ...event, workstation, actor }, at);

  /** Writes what waits, in its order. Rejects with what the file system said; what is written waits no longer. */
  async function writeWaiting(): Promise<void> {
    if (interruption !== undefined) {
      const { since, reason, refused, lost } = interruption;
      const event: AuditEvent = {
        event: 'trail-interrupted',
        since: since.toISOString(),
        reason,
        late: waiting.length,
        refused,
        lost,
      };
      await append({ event, actor: null, at: now() });
      interruption = undefined;
    }
    for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
      await append(next);
      waiting.shift();
    }
  }

  /** Settles with a fault where it failed. `entry`: what is recorded now, behind what waits. */
  async function write(entry: Waiting | undefined): Promise<Fault | undefined> {
    clearTimeout(retry);
    try {
      await writeWaiting();
      if (entry !== undefined) await append(entry);
      hasWritten = true;
      lastFailure = undefined;
    } catch (error) {
      const reason = fileErrorCode(error) ?? (error instanceof Error ? error.name : 'unknown');
      interruption ??= { since: entry?.at ?? now(), reason, refused: 0, lost: 0 };
      if (entry !== undefined) keep(entry, interruption);
      lastFailure = makeFault('audit-unavailable', newReference(), explain(reason));
      onFailure(lastFailure, reason);
      retry = setTimeout(() => void inTurn(() => write(undefined)), retryAfterMs);
      retry.unref?.();
    }
    return lastFailure;
  }

  function keep(entry: Waiting, during: Interruption): void {
    if (mustBeWrittenFirst(entry.event)) during.refused += 1;
    else if (waiting.length < mostWaiting) waiting.push(entry);
    else during.lost += 1;
  }

  function record(event: AuditEvent, actor = signedIn()): Promise<Fault | undefined> {
    const entry: Waiting = { event, actor: actorOf(actor ?? undefined), at: now() };
    return inTurn(() => write(entry));
  }

  async function settled(): Promise<void> {
    await inTurn(async () => {
      if (interruption !== undefined || waiting.length > 0) await write(undefined);
      clearTimeout(retry);
    });
    await trail.settled();
  }

  return {
    record,
    actor: signedIn,
    seal: (nhsNumber) => sealer?.seal(nhsNumber) ?? null,
    async whileUnderWay(work) {
      underWay.add(work);
      try {
        return await work;
      } finally {
        underWay.delete(work);
      }
    },
    settled,
    async end() {
      await within(longestWaitForOutcomesMs, Promise.allSettled(underWay));
      void record({ event: 'ended' }, null);
      await settled();
    },
    state: () => ({ hasWritten, lastFailure, waiting: waiting.length, keyId: sealer?.kid }),
  };
}

export function recorded({ kind, reference }: Fault): RecordedFault {
  return { kind, reference };
}

/** These members and no other: a caller's object may also hold the user's name, which no trail keeps. */
function actorOf(actor: Actor | undefined): Actor | null {
  if (actor === undefined) return null;
  const { userId, roleId, role, organisation } = actor;
  return { userId, roleId, role, organisation };
}

/** Of other reasons no more is known than that. */
function explain(reason: string): FaultDetail | undefined {
  switch (reason) {
    case 'ENOSPC':
    case 'EDQUOT':
      return auditDetails.diskFull;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return auditDetails.notAllowed;
    default:
      return undefined;
  }
}
