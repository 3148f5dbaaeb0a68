/** The view of a clinic list: what its table shows, row by row, and the words for it on the screen and in a copy. */
import type { DateText } from './clinical/clinical-date.ts';
import type { PatientNote, PatientView } from './clinical/patient.ts';
import type { Fault } from './fault.ts';
import type { CheckedOutcome } from './outcome.ts';
import { restrictedCaution } from './outcome-words.ts';

export type ClinicListOutcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'checking' }
  /** `warned`: there may be other records (see `CheckOutcome`). */
  | { readonly kind: 'found'; readonly warned: boolean }
  | { readonly kind: 'no-record' }
  /** H2: whether there is a record is not known. */
  | { readonly kind: 'denied'; readonly fault: Fault }
  | { readonly kind: 'could-not-check'; readonly fault: Fault }
  /** The line, or its patient, is not certain: CP-IS was not asked (H3). */
  | { readonly kind: 'by-hand'; readonly why: string }
  /** The list was stopped first. */
  | { readonly kind: 'not-checked' };

export interface ClinicListRow {
  /** The number of the line in the user's text: names the row. */
  readonly line: number;
  /** As PDS has it; of a patient who is not certain, as the list has it, without a name. */
  readonly patient:
    | { readonly name: string | undefined; readonly born: DateText; readonly nhsNumber: string }
    /** A line that could not be read, as it was written. */
    | { readonly text: string };
  readonly notes: readonly PatientNote['kind'][];
  readonly outcome: ClinicListOutcome;
  /** Of the answer: `28-Nov-2026 14:32`. With its date, because a list can be open past midnight (H12). */
  readonly at: DateText | undefined;
  /** Whether the row has a result to open. */
  readonly opens: boolean;
}

export type ClinicListProgress =
  | { readonly kind: 'running'; readonly leftMs: number }
  | { readonly kind: 'paused' }
  /** The service is too busy: it has said when to go on. `14:32`. */
  | { readonly kind: 'held'; readonly until: string }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'finished' };

export interface ClinicListView {
  readonly progress: ClinicListProgress;
  readonly rows: readonly ClinicListRow[];
}

export type ClinicListStart =
  | { readonly kind: 'started' }
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'not-started'; readonly fault: Fault };

export type ClinicListFile =
  | { readonly kind: 'read'; readonly text: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'refused'; readonly problem: string };

/** The kept result of a row. `ageMs`: since CP-IS answered. */
export type OpenedRow =
  | {
      readonly kind: 'opened';
      readonly patient: PatientView;
      readonly outcome: CheckedOutcome;
      readonly ageMs: number;
    }
  | { readonly kind: 'gone'; readonly fault: Fault };

export const clinicListWords: Readonly<Record<ClinicListOutcome['kind'], string>> = {
  waiting: 'Waiting',
  checking: 'Checking…',
  found: 'CP-IS record found',
  'no-record': 'No CP-IS record found',
  denied: 'Access denied',
  'could-not-check': 'Could not check',
  'by-hand': 'Check by hand',
  'not-checked': 'Not checked',
};

/** The notes that the result of the row says in full. */
const noteSentences: Readonly<Record<PatientNote['kind'], string | undefined>> = {
  superseded: 'The NHS number in the list has been replaced by this one.',
  restricted: 'Restricted record.',
  'restriction-unclear': 'May be a restricted record.',
  deceased: 'Recorded as having died.',
  'death-unclear': 'May have died.',
  'name-unclear': 'The name may not be the one in use.',
  incomplete: 'Some details are not known or could not be read.',
  'left-england': 'No longer registered in England.',
  'registration-unclear': 'May no longer be registered in England.',
  'clock-doubted': "This computer's clock may be wrong.",
  'young-baby': "Check the mother's NHS number as well.",
  adult: undefined,
  'other-organisation': undefined, // of a launch alone
};

/** A sentence each, for those that have one; and what they mean where there is no record (H1). */
export function describeNotes({
  notes,
  outcome,
}: Pick<ClinicListRow, 'notes' | 'outcome'>): readonly string[] {
  const cautions = outcome.kind === 'no-record' ? notes.map(restrictedCaution) : [];
  return [...notes.map((note) => noteSentences[note]), ...cautions].filter(
    (sentence) => sentence !== undefined,
  );
}

/** Whether the line has no outcome yet. */
export function isLeft({ outcome }: Pick<ClinicListRow, 'outcome'>): boolean {
  return outcome.kind === 'waiting' || outcome.kind === 'checking';
}

/** "12 checked: 1 record found, 10 no record, 1 could not be checked." A denied check could not be checked either (H2). */
export function summariseClinicList(rows: readonly ClinicListRow[]): string {
  const count = (...kinds: ClinicListOutcome['kind'][]) =>
    rows.filter(({ outcome }) => kinds.includes(outcome.kind)).length;
  const [found, none, failed] = [count('found'), count('no-record'), count('denied', 'could-not-check')];
  const [byHand, left] = [count('by-hand'), count('waiting', 'checking', 'not-checked')];
  return [
    `${found + none + failed} checked: ${found} ${found === 1 ? 'record' : 'records'} found, ${none} no record, ${failed} could not be checked.`,
    ...(byHand > 0 ? [`${byHand} to check by hand.`] : []),
    ...(left > 0 ? [`${left} not checked.`] : []),
  ].join(' ');
}
