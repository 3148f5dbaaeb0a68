/**
 * The audit of this workstation: who did what, written by the main process and by nobody else. What must not happen
 * unrecorded asks here first and goes ahead only when nothing comes back.
 */
import type { NhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { Actor, AuditEvent, RecordedFault } from './audit-event.ts';
import type { Sealer } from './sealed-value.ts';
import type { Trail } from './trail.ts';

export interface Audit {
  /** Settles once the entry is on the disk, with a fault if it is not. `actor`: where it is not who is signed in now. */
  record(event: AuditEvent, actor?: Actor | null): Promise<Fault | undefined>;
  /** Who is signed in now: kept by whoever records later what they began. */
  actor(): Actor | null;
  /** What the trail keeps of an NHS number; `null` where the site has set no key. */
  seal(nhsNumber: NhsNumber): string | null;
  /** Settles when everything recorded so far is written or refused. */
  settled(): Promise<void>;
  /** For Diagnostics: how the last write went. */
  state(): AuditState;
}

export interface AuditState {
  /** Whether any entry has been written in this run. */
  readonly hasWritten: boolean;
  readonly lastFailure: Fault | undefined;
  /** Which key NHS numbers are sealed to. */
  readonly keyId: string | undefined;
}

export interface AuditDependencies {
  readonly trail: Trail;
  readonly workstation: string;
  readonly sealer: Sealer | undefined;
  /** Who is signed in. */
  readonly actor: () => Actor | undefined;
  readonly newReference: () => string;
  /** Told of each failed write; `reason` is the file system's own code. */
  readonly onFailure: (fault: Fault, reason: string) => void;
}

export function createAudit(dependencies: AuditDependencies): Audit {
  const { trail, workstation, sealer, actor: signedIn, newReference, onFailure } = dependencies;
  let hasWritten = false;
  let lastFailure: Fault | undefined;

  return {
    async record(event, actor = actorOf(signedIn())) {
      try {
        await trail.append({ ...event, workstation, actor });
        hasWritten = true;
        lastFailure = undefined;
      } catch (error) {
        const reason = reasonOf(error);
        lastFailure = makeFault('audit-unavailable', newReference(), { happened: explain(reason) });
        onFailure(lastFailure, reason);
      }
      return lastFailure;
    },
    actor: () => actorOf(signedIn()),
    seal: (nhsNumber) => sealer?.seal(nhsNumber) ?? null,
    settled: trail.settled,
    state: () => ({ hasWritten, lastFailure, keyId: sealer?.kid }),
  };
}

export function recorded({ kind, reference }: Fault): RecordedFault {
  return { kind, reference };
}

/** The id alone: an auditor needs no more, and a trail keeps no name that it can do without. */
function actorOf(actor: Actor | undefined): Actor | null {
  if (actor === undefined) return null;
  const { userId, role, organisation } = actor;
  return { userId, role, organisation };
}

function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

function explain(reason: string): string {
  switch (reason) {
    case 'ENOSPC':
    case 'EDQUOT':
      return "This computer's disk is full: the audit trail could not be written, so nothing was asked.";
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The audit trail may not be written on this computer, so nothing was asked.';
    default:
      return 'The audit trail could not be written, so nothing was asked.';
  }
}
