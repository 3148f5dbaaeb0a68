/** What the screens show of a CP-IS answer: small, closed, readonly, and already in the words of the screen. */
import type { DateText } from './clinical-date.ts';

/**
 * SNOMED CT: 342191000000101, 764841000000100, 818901000000100. `other` is a plan of a code that is not known here:
 * it is shown with its own text, never dropped (H11).
 */
export type PlanType =
  | 'child-protection-plan'
  | 'looked-after-child'
  | 'unborn-child-protection-plan'
  | 'other';

/**
 * `current`: in force today, UK time. `ended`: its end has passed. `future`: not yet begun. `unknown`: the dates do
 * not say. Only a date that is certain makes a plan "ended" (H6).
 */
export type PlanStatus = 'current' | 'ended' | 'future' | 'unknown';

export interface PhoneNumber {
  /** As shown: grouped where the number is understood, else exactly as it came. */
  readonly text: string;
  /** As copied. */
  readonly copy: string;
}

export interface CarePlanView {
  readonly type: PlanType;
  /** The heading of the card: "Child protection plan", "Unborn child of this patient: child protection plan" (H8). */
  readonly title: string;
  readonly status: PlanStatus;
  /** "Current", "Ended", "Not yet started", "Dates unclear"; or what contradicts the dates, such as a mark "inactive". */
  readonly statusText: string;
  readonly start: DateText;
  readonly end: DateText;
  readonly localAuthority: string;
  /** Office hours, the FHIR telecom use `work`. */
  readonly officeHours: readonly PhoneNumber[];
  /** The emergency duty team, out of hours: the FHIR telecom use `mobile`, which is not a mobile phone (H7). */
  readonly emergencyDutyTeam: readonly PhoneNumber[];
  /** Any other contact, with the purpose as it came; none is hidden (H7). */
  readonly otherContacts: readonly { readonly purpose: string; readonly number: PhoneNumber }[];
}

/** One earlier access. Texts as they come, "Not recorded" for a gap. */
export interface AccessView {
  readonly at: DateText;
  /** Sorts by time; the empty text where no time was recorded. */
  readonly atSortKey: string;
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
}

export interface HistoryView {
  /** Newest first. */
  readonly accesses: readonly AccessView[];
  /** Something of the history could not be read: what is shown is not all (H15). */
  readonly incomplete: string | undefined;
}

/** The accesses from the one that was asked for on: a long history crosses the bridge in parts. */
export interface HistoryPart extends HistoryView {
  /** How many accesses the whole history has. */
  readonly total: number;
}
