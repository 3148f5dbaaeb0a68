/** The view models of a patient: demographic identifiers only, never an address, a phone or a GP (H13). */
import type { DateText } from './clinical-date.ts';
import type { NhsNumber } from './nhs-number.ts';
import type { SearchScope } from './patient-search.ts';

/** The patient banner's four items, in the order and form of the NHS Common User Interface standard. */
export interface PatientBannerText {
  /** `FAMILYNAME, Given (Title)` */
  readonly name: string;
  /** `14-Aug-2015 (11y)`, without the age once the patient has died; "Not known" for a gap. */
  readonly born: DateText;
  /** `Female`; "Not known" for a gap. */
  readonly gender: string;
  /** `999 000 0018` */
  readonly nhsNumber: string;
  readonly death: Death;
}

export type Death =
  /** PDS says nothing of a death, or that there is none. */
  | { readonly kind: 'none' }
  /** `14-Aug-2025 (10y)`, with the age at death; "Date not known" for a gap. */
  | { readonly kind: 'died'; readonly date: DateText }
  /** What PDS says of a death could not be read: the patient may be alive. */
  | { readonly kind: 'unclear' };

/**
 * A traced patient. `context` is opaque and names this patient in every later request (H3); the NHS number itself stays in
 * the main process.
 */
export interface PatientView {
  readonly context: string;
  readonly banner: PatientBannerText;
  /** Plain sentences for the clinician: number superseded, record restricted, details missing. */
  readonly notes: readonly PatientNote[];
  /** What the user searched for beside what PDS has; `undefined` for a patient who was found by NHS number. */
  readonly comparison: SearchComparison | undefined;
  readonly openedFrom: PatientSource;
}

/** Where the patient came from. */
export type PatientSource =
  | { readonly kind: 'viewer' }
  /** `at`: `02:10`, UK time. */
  | { readonly kind: 'record-system'; readonly at: string }
  | (WristbandView & { readonly kind: 'wristband' });

/** What the barcode of the wristband says beside the NHS number. */
export interface WristbandView {
  /** `same`: as PDS has it. */
  readonly dateOfBirth: 'same' | 'not-read';
  /** As on the band: `baby 1 of 2, baby of TESTMOTHER Mary`. */
  readonly baby: string | undefined;
}

/** `young-baby` and `adult` say on which number an unborn child's plan is, before the check (H8). */
export interface PatientNote {
  readonly kind:
    | 'superseded'
    | 'restricted'
    /** Whether the record is restricted, the patient has died, … could not be read, or is not said (H13). */
    | 'restriction-unclear'
    | 'deceased'
    | 'death-unclear'
    /** The name shown is not surely the one in use. */
    | 'name-unclear'
    | 'left-england'
    | 'registration-unclear'
    | 'young-baby'
    | 'adult'
    | 'incomplete'
    /** This computer's clock may be wrong (H20). */
    | 'clock-doubted'
    /** The record system is used in another organisation than the one of the user's role. */
    | 'other-organisation';
  readonly sentence: string;
}

/** One row of a search by name and date of birth. */
export interface PatientMatch {
  readonly nhsNumber: NhsNumber;
  readonly banner: PatientBannerText;
  readonly comparison: SearchComparison;
}

/** A match of a search compared with what the user searched for (H3). */
export interface SearchComparison {
  /** The details by which this patient was found: those in use, a previous name, or only similar ones. */
  readonly foundBy: SearchScope;
  /** The details that differ, and those that PDS does not have. */
  readonly differences: readonly SearchDifference[];
}

export interface SearchDifference {
  readonly detail: 'family-name' | 'given-names' | 'date-of-birth';
  readonly searched: DateText;
  /** As the banner shows it, with the other name that explains the match where PDS has one. */
  readonly recorded: DateText;
}
