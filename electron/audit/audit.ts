/**
 * Records in the audit trail what each user did; only the main process writes it. An action that must not happen
 * unrecorded is recorded first, and goes ahead only when `record` returns no fault. An event that has already happened
 * waits in memory while the disk refuses it, and is written later in its order, behind an entry that says since when and
 * why the trail was interrupted.
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
   * Settles once the entry is on the disk, or with a fault: an action that must be written first must then not be done,
   * and an event that has happened waits in memory. `actor`: needed where the signed-in user is not the actor.
   */
  record(event: AuditEvent, actor?: Actor | null): Promise<Fault | undefined>;
  /** The user who is signed in now, for code that records the outcome later. */
  actor(): Actor | null;
  /** Encrypts an NHS number for the trail; `null` where the site has set no key. */
  encrypt(nhsNumber: NhsNumber): string | null;
  /** Returns `work`. `end` waits until `work` has settled, since its outcome is still to be recorded. */
  whileUnderWay<Outcome>(work: Promise<Outcome>): Promise<Outcome>;
  /** Tries once more to write the waiting entries; settles when every entry so far is written or refused. */
  settled(): Promise<void>;
  /** Records the orderly end of the viewer, behind the outcomes of pending work if they come soon. */
  end(): Promise<void>;
  state(): AuditState;
}

export interface AuditState {
  readonly hasWritten: boolean;
  readonly lastFailure: Fault | undefined;
  readonly waiting: number;
  /** The id of the key that NHS numbers are encrypted to. */
  readonly keyId: string | undefined;
}

export interface AuditDependencies {
  readonly trail: Trail;
  readonly workstation: string;
  readonly encrypter: Encrypter | undefined;
  readonly actor: () => Actor | undefined;
  readonly now: () => Date;
  readonly newReference: () => string;
  /** Called at each failed write; `reason` is the error code of the file system. */
  readonly onFailure: (fault: Fault, reason: string) => void;
  readonly retryAfterMs?: number;
  /** The most entries that wait in memory; further ones are counted, and lost. */
  readonly mostWaiting?: number;
}

/** Aborted requests settle at once with the session; any other work must not keep the viewer from closing. */
const longestWaitForOutcomesMs = 500;

interface Waiting {
  readonly event: AuditEvent;
  readonly actor: Actor | null;
  readonly at: Date;
}

/** A period in which the trail could not be written. */
interface Interruption {
  readonly since: Date;
  readonly reason: string;
  refused: number;
  lost: number;
}

/** Over one trail, for one run of the viewer. */
export function createAudit(dependencies: AuditDependencies): Audit {
  const { trail, workstation, encrypter, now, newReference, onFailure } = dependencies;
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

  /** Writes the waiting entries in their order. Rejects with the error of the file system; written entries wait no more. */
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

  /** Settles with a fault where writing failed. `entry`: the new entry, written behind the waiting ones. */
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
    encrypt: (nhsNumber) => encrypter?.encrypt(nhsNumber) ?? null,
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
    state: () => ({ hasWritten, lastFailure, waiting: waiting.length, keyId: encrypter?.kid }),
  };
}

/** The fault as the trail has it: without its words. */
export function recorded({ kind, reference }: Fault): RecordedFault {
  return { kind, reference };
}

/** Copies only these members: the caller's object may also hold the user's name, which the trail must not contain. */
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
