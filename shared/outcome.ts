/**
 * The closed unions of answers. Every screen switches over them exhaustively, so a new kind breaks the build until
 * each screen handles it.
 */
import type { CarePlanView, HistoryPart } from './clinical/cp-is.ts';
import type { PatientMatch, PatientView } from './clinical/patient.ts';
import type { Fault } from './fault.ts';
import type { TakenTime } from './taken-time.ts';

/** Unscheduled care notifies the local authority; scheduled care is a silent read. */
export type CareSetting = 'unscheduled' | 'scheduled';

/** Whether the check notified the local authority. */
export type Notification = 'sent' | 'not-sent' | 'unknown';

/** When and how CP-IS was checked; shown with every outcome (H5, H12). */
export interface Retrieval {
  /** Opaque: names this answer in the request for its history. */
  readonly checkId: string;
  /** UTC, ISO 8601. */
  readonly retrievedAt: string;
  /** This computer's clock may be wrong, and with it `retrievedAt` (H20). */
  readonly clockInDoubt: boolean;
  /** "Retrieved 14:32. Unscheduled care: the local authority is notified of this attendance. This is not a referral." */
  readonly sentence: string;
  readonly careSetting: CareSetting;
  readonly notification: Notification;
}

export type CheckOutcome =
  | {
      readonly kind: 'found';
      readonly retrieval: Retrieval;
      /** Never empty; current first. */
      readonly plans: readonly [CarePlanView, ...CarePlanView[]];
      /** CP-IS added a warning, or a part of its answer may be of another record: these may not be all (H2, H11). */
      readonly warned: boolean;
      /** Whether this service keeps an access history at all (Patient Flags does not). */
      readonly history: 'ask' | 'not-offered';
    }
  | { readonly kind: 'no-record'; readonly retrieval: Retrieval }
  | { readonly kind: 'denied'; readonly retrieval: Retrieval; readonly fault: Fault }
  | { readonly kind: 'could-not-check'; readonly retrieval: Retrieval; readonly fault: Fault }
  /**
   * Nothing was sent: an unscheduled query for this patient was sent already, or may have been, and another needs a new yes
   * (H4). `not-known`: an earlier session of this user ended with the viewer, and its patients are stored nowhere.
   */
  | {
      readonly kind: 'confirm-repeat';
      readonly askedBefore: TakenTime;
      readonly about: 'this-patient' | 'not-known';
    }
  /** Nothing was sent. */
  | { readonly kind: 'not-asked'; readonly fault: Fault };

/** The outcome of a check that was sent. */
export type CheckedOutcome = Extract<CheckOutcome, { readonly retrieval: Retrieval }>;

export type HistoryOutcome =
  | { readonly kind: 'read'; readonly history: HistoryPart }
  | { readonly kind: 'could-not-read'; readonly fault: Fault };

export type TraceOutcome =
  | { readonly kind: 'traced'; readonly patient: PatientView }
  | { readonly kind: 'not-found'; readonly fault: Fault }
  | { readonly kind: 'could-not-trace'; readonly fault: Fault };

export type SearchOutcome =
  | {
      readonly kind: 'matches';
      /** In the order of PDS, best first. */
      readonly matches: readonly [PatientMatch, ...PatientMatch[]];
      /** Further matches whose records cannot be read safely, or do not belong to this search (H3). */
      readonly notShown: number;
      /** This computer's clock may be wrong, and with it the ages (H20). */
      readonly clockInDoubt: boolean;
    }
  /** There are matches, and none can be shown (H3). */
  | { readonly kind: 'none-shown'; readonly fault: Fault }
  | { readonly kind: 'none'; readonly fault: Fault }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'could-not-search'; readonly fault: Fault };
