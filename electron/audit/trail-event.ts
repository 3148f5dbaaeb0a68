/**
 * The events of the trail, as one closed list. They contain no name, no date of birth and no text of a record: a patient
 * is an encrypted NHS number, an answer only its kind. See `docs/audit.md`.
 */
import type { SearchScope } from '../../shared/clinical/patient-search.ts';
import type { FaultKind } from '../../shared/fault.ts';
import type {
  CareSetting,
  CheckOutcome,
  HistoryOutcome,
  Notification,
  SearchOutcome,
  TraceOutcome,
} from '../../shared/outcome.ts';

/** A fault, by the kind and the reference that the support staff and the service's logs use. */
export type RecordedFault = { readonly kind: FaultKind; readonly reference: string };

/** An encrypted NHS number (see `jwe.ts`); `null` where the site has set no key, and nothing is stored. */
type EncryptedNhsNumber = string | null;

/** `sign-in-again`: the signed-in user, before the session ends. */
export type SignInPurpose = 'sign-in' | 'unlock' | 'change-role' | 'sign-in-again';

/** A line that a crash or a full disk left incomplete. The viewer never counted it as written. */
export type IncompleteLine = { readonly bytes: number; readonly sha256: string };

export type AuditEvent =
  /** The first entry. `setAside`: the quarantined folder of an earlier trail that could not be read. */
  | { readonly event: 'trail-begun'; readonly format: 1; readonly setAside: string | null }
  | { readonly event: 'lines-torn'; readonly lines: readonly IncompleteLine[] }
  | {
      readonly event: 'trail-damaged';
      readonly found: 'entries-missing' | 'last-entry-replaced' | 'end-mark-missing';
    }
  /**
   * The trail could not be written since `since`, and can be written again. `late`: the number of entries of that period
   * that follow, each with its own time. `refused`: the number of actions that were not done, because they must be written
   * first. `lost`: the number of entries beyond the limit in memory.
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
      /** This version records `ended`: a start without an `ended` before it shows that entries may be missing. */
      readonly recordsEnd: true;
    }
  /** The viewer ended in order; every earlier event is written. */
  | { readonly event: 'ended' }
  /** Written at a start: this actor's session has no end in the trail, since the viewer crashed, was killed or lost power. */
  | { readonly event: 'session-interrupted' }
  | { readonly event: 'signed-in'; readonly purpose: SignInPurpose }
  /** A failed change of role ends its session. */
  | { readonly event: 'sign-in-failed'; readonly purpose: SignInPurpose; readonly fault: RecordedFault }
  | { readonly event: 'locked' }
  | { readonly event: 'signed-out'; readonly fault: RecordedFault | null }
  /** Written before the request to PDS. */
  | {
      readonly event: 'patient-trace';
      readonly patient: EncryptedNhsNumber;
      /**
       * `viewer`: typed or chosen here. `wristband`: scanned. `launch`: given by the record system. `clinic-list`: a
       * line of one.
       */
      readonly from: 'viewer' | 'wristband' | 'launch' | 'clinic-list';
    }
  | {
      readonly event: 'patient-trace-outcome';
      readonly outcome: TraceOutcome['kind'];
      /** The number that PDS returned for a traced patient: it may supersede the requested one. */
      readonly patient: EncryptedNhsNumber;
      readonly fault: RecordedFault | null;
    }
  /** Written before the request to PDS. The searched details are not recorded. */
  | { readonly event: 'patient-search'; readonly scope: SearchScope }
  | {
      readonly event: 'patient-search-outcome';
      readonly outcome: Exclude<SearchOutcome['kind'], 'none-shown'>;
      readonly fault: RecordedFault | null;
    }
  /** Written before the request to CP-IS, after the user has confirmed the patient or started a clinic list. */
  | {
      readonly event: 'cpis-query';
      readonly query: 'check' | 'history';
      readonly checkId: string;
      readonly patient: EncryptedNhsNumber;
      readonly careSetting: CareSetting;
      readonly mayNotify: boolean;
      readonly repeat: 'first' | 'again';
    }
  | {
      readonly event: 'cpis-outcome';
      readonly query: 'check';
      /** `null`: no request was sent. */
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
  /** The result of this check as text for the patient's record; written before it is on the clipboard. */
  | { readonly event: 'record-copied'; readonly checkId: string }
  | { readonly event: 'print' }
  /** The outcome of a print. `sent`: the system's print queue, or a file, has the page. */
  | {
      readonly event: 'print-outcome';
      readonly outcome: 'sent' | 'cancelled' | 'failed';
      readonly fault: RecordedFault | null;
    }
  /** Written before the dialogue opens in which the user chooses the file. */
  | { readonly event: 'save-pdf' }
  | {
      readonly event: 'save-pdf-outcome';
      readonly outcome: 'saved' | 'cancelled' | 'failed';
      readonly fault: RecordedFault | null;
    }
  /** The clipboard held text of the page without a `copied` entry; the viewer has removed the text. */
  | { readonly event: 'unrecorded-copy-removed' }
  | { readonly event: 'support-bundle-saved' };

/**
 * The user who acted, by the identifiers of Care Identity and never by name: the twelve digits of the user id, and the
 * role (`person_roleid`) with its title.
 */
export type Actor = {
  readonly userId: string;
  readonly roleId: string;
  readonly role: string;
  readonly organisation: string;
};

/** Whether the entry is forwarded to the log collector at once, without waiting for further entries. */
export function isForwardedAtOnce(event: AuditEvent): boolean {
  return mustBeWrittenFirst(event) || event.event === 'trail-damaged' || event.event === 'trail-interrupted';
}

/** Whether the entry must be on the disk before its action is done; the other events have already happened. */
export function mustBeWrittenFirst({ event }: AuditEvent): boolean {
  switch (event) {
    case 'patient-trace':
    case 'patient-search':
    case 'cpis-query':
    case 'copied':
    case 'record-copied':
    case 'print':
    case 'save-pdf':
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
    case 'save-pdf-outcome':
    case 'unrecorded-copy-removed':
    case 'support-bundle-saved':
      return false;
  }
}
