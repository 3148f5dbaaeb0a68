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

/** A sealed NHS number (see `sealed-value.ts`); `null` where the site has set no key, and nothing is kept. */
type SealedNhsNumber = string | null;

export type SignInPurpose = 'sign-in' | 'unlock' | 'change-role';

/** A line that a crash or a full disk left unfinished. It was never counted as written. */
export type TornLine = { readonly bytes: number; readonly sha256: string };

export type AuditEvent =
  /** The first entry. `setAside`: the folder of an earlier trail of which nothing could be read. */
  | { readonly event: 'trail-begun'; readonly format: 1; readonly setAside: string | null }
  | { readonly event: 'lines-torn'; readonly lines: readonly TornLine[] }
  | {
      readonly event: 'trail-damaged';
      readonly found: 'entries-missing' | 'last-entry-replaced' | 'end-mark-missing';
    }
  | { readonly event: 'started'; readonly version: string; readonly environment: string }
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
  | { readonly event: 'support-bundle-saved' };

/** Who acted: as Care Identity names them. */
export type Actor = { readonly userId: string; readonly role: string; readonly organisation: string };
