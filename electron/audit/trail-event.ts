/**
 * What the trail records, as one closed list. No name, no date of birth, no text of a patient's record: a patient is a
 * sealed NHS number, an answer is its kind. See `docs/audit.md`.
 */
import type { FaultKind } from '../../shared/fault.ts';
import type {
  CareSetting,
  CheckOutcome,
  HistoryOutcome,
  Notification,
  SearchOutcome,
  TraceOutcome,
} from '../../shared/outcome.ts';

/** What went wrong, as a help desk and the service's own logs know it. */
export type RecordedFault = { readonly kind: FaultKind; readonly reference: string };

/** A sealed NHS number (see `jwe.ts`); `null` where the site has set no key, and nothing is kept. */
type SealedNhsNumber = string | null;

export type SignInPurpose = 'sign-in' | 'unlock' | 'change-role';

/** A line that a crash or a full disk left unfinished. It was never counted as written. */
export type IncompleteLine = { readonly bytes: number; readonly sha256: string };

export type AuditEvent =
  /** The first entry. `setAside`: the folder of an earlier trail of which nothing could be read. */
  | { readonly event: 'trail-begun'; readonly format: 1; readonly setAside: string | null }
  | { readonly event: 'lines-torn'; readonly lines: readonly IncompleteLine[] }
  | {
      readonly event: 'trail-damaged';
      readonly found: 'entries-missing' | 'last-entry-replaced' | 'end-mark-missing';
    }
  /**
   * The trail could not be written since then, and can be again. `late`: so many entries that happened meanwhile follow,
   * each with its own time. `refused`: so many things were not done, because they must be written first. `lost`: so many
   * entries were more than the memory kept.
   */
  | {
      readonly event: 'trail-interrupted';
      readonly since: string;
      /** The file system's own code. */
      readonly reason: string;
      readonly late: number;
      readonly refused: number;
      readonly lost: number;
    }
  | {
      readonly event: 'started';
      readonly version: string;
      readonly environment: string;
      /** This version records `ended`, so that a start without an end before it shows that something may be missing. */
      readonly recordsEnd: true;
    }
  /** The viewer was closed in order; everything that happened before is written. */
  | { readonly event: 'ended' }
  /** At a start: the session of this actor has no end in the trail, because the viewer crashed, was killed or lost its power. */
  | { readonly event: 'session-interrupted' }
  | { readonly event: 'signed-in'; readonly purpose: SignInPurpose }
  /** A failed change of role ends the session that it was asked for in. */
  | { readonly event: 'sign-in-failed'; readonly purpose: SignInPurpose; readonly fault: RecordedFault }
  | { readonly event: 'locked' }
  | { readonly event: 'signed-out'; readonly fault: RecordedFault | null }
  /** Written before PDS is asked. */
  | {
      readonly event: 'patient-trace';
      readonly patient: SealedNhsNumber;
      /** Typed or chosen here, or brought by the record system. */
      readonly from: 'viewer' | 'launch';
    }
  | {
      readonly event: 'patient-trace-outcome';
      readonly outcome: TraceOutcome['kind'];
      /** The number that PDS answered with, where it traced a patient: it may have superseded the one asked for. */
      readonly patient: SealedNhsNumber;
      readonly fault: RecordedFault | null;
    }
  /** Written before PDS is asked. What was searched for is not kept. */
  | { readonly event: 'patient-search' }
  | {
      readonly event: 'patient-search-outcome';
      readonly outcome: SearchOutcome['kind'];
      readonly fault: RecordedFault | null;
    }
  /** The user has confirmed the patient and asked. Written before CP-IS is asked. */
  | {
      readonly event: 'cpis-query';
      readonly query: 'check' | 'history';
      readonly checkId: string;
      readonly patient: SealedNhsNumber;
      readonly careSetting: CareSetting;
      readonly mayNotify: boolean;
      readonly repeat: 'first' | 'again';
    }
  | {
      readonly event: 'cpis-outcome';
      readonly query: 'check';
      /** `null`: nothing was asked. */
      readonly checkId: string | null;
      readonly outcome: Exclude<CheckOutcome['kind'], 'confirm-repeat'>;
      readonly notification: Notification;
      readonly fault: RecordedFault | null;
    }
  | {
      readonly event: 'cpis-outcome';
      readonly query: 'history';
      readonly checkId: string;
      readonly outcome: HistoryOutcome['kind'];
      readonly fault: RecordedFault | null;
    }
  /** Written before the text is on the clipboard, or the system's print dialogue opens. */
  | { readonly event: 'copied' }
  | { readonly event: 'print' }
  /** What came of it. `sent`: the system's print queue, or a file, has it. */
  | {
      readonly event: 'print-outcome';
      readonly outcome: 'sent' | 'cancelled' | 'failed';
      readonly fault: RecordedFault | null;
    }
  /** Text of the page was on the clipboard that no `copied` accounts for; it has been removed. */
  | { readonly event: 'unrecorded-copy-removed' }
  | { readonly event: 'support-bundle-saved' };

/**
 * The user who acted, as Care Identity identifies them, and never by name: the twelve digits of the user id, and the
 * role (`person_roleid`) with what it is called.
 */
export type Actor = {
  readonly userId: string;
  readonly roleId: string;
  readonly role: string;
  readonly organisation: string;
};

/** Whether the log collector is sent the entry at once, and not with what comes in the next seconds. */
export function isForwardedAtOnce(event: AuditEvent): boolean {
  return mustBeWrittenFirst(event) || event.event === 'trail-damaged' || event.event === 'trail-interrupted';
}

/** Whether the entry has to be on the disk before what it tells of is done, or tells of something that has happened. */
export function mustBeWrittenFirst({ event }: AuditEvent): boolean {
  switch (event) {
    case 'patient-trace':
    case 'patient-search':
    case 'cpis-query':
    case 'copied':
    case 'print':
      return true;
    case 'trail-begun':
    case 'lines-torn':
    case 'trail-damaged':
    case 'trail-interrupted':
    case 'started':
    case 'ended':
    case 'session-interrupted':
    case 'signed-in':
    case 'sign-in-failed':
    case 'locked':
    case 'signed-out':
    case 'patient-trace-outcome':
    case 'patient-search-outcome':
    case 'cpis-outcome':
    case 'print-outcome':
    case 'unrecorded-copy-removed':
    case 'support-bundle-saved':
      return false;
  }
}
