/** The view models of a CP-IS answer: small, closed, readonly, with texts ready for the screen. */
import type { DateText } from './clinical-date.ts';

/**
 * SNOMED CT: 342191000000101, 764841000000100, 818901000000100. `other` is a plan with an unknown code: the
 * screen shows its own text and never drops it (H11).
 */
export type PlanType =
  | 'child-protection-plan'
  | 'looked-after-child'
  | 'unborn-child-protection-plan'
  | 'other';

/**
 * `current`: in force today, UK time. `ended`: its end has passed. `future`: not yet begun. `unknown`: the dates do
 * not tell. Only a date that is certain makes a plan "ended" (H6).
 */
export type PlanStatus = 'current' | 'ended' | 'future' | 'unknown';

export interface PhoneNumber {
  /** For the screen: grouped where the number is recognised, otherwise unchanged. */
  readonly text: string;
  /** For the clipboard; `undefined` where `text` says why there is no number. */
  readonly copy: string | undefined;
  /** It has too few digits for a number of the UK: the screen says so (H7). */
  readonly looksIncomplete: boolean;
  /** Stands with a number that is not surely in use today: "Ended 31-Dec-2025", "Starts 01-Jan-2027", "Dates unclear" (H7). */
  readonly validity?: DateText;
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
  /** It is certain that this entry is the check on the screen. */
  readonly isThisCheck?: true;
}

export interface HistoryView {
  /** Newest first. */
  readonly accesses: readonly AccessView[];
  /** The sentence that a part of the history could not be read (H15). */
  readonly incomplete: string | undefined;
}

/** A part of the history, from the requested access on: a long history crosses the bridge in parts. */
export interface HistoryPart extends HistoryView {
  /** How many accesses the whole history has. */
  readonly total: number;
}
