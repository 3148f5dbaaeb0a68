/** The fixed words of an outcome, on the screen and in a copy for the record. */
import type { PatientNote } from './clinical/patient.ts';
import type { Fault } from './fault.ts';

/** H1: this sentence alone, without anything that could reassure. */
export const noRecordSentence =
  'No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.';

/** H20: stands after a time. */
export const clockInDoubtWords = "this computer's clock may be wrong";

/** H2, H11: with records that may not be all. */
export const warnedSentence =
  'This answer from CP-IS may not be complete. There may be other records: phone the local authority.';

/** H2, H11: the same in a table. */
export const warnedInList = 'The answer may not be complete. There may be other records.';

/** H1: with a table, in which the words of the outcome stand alone. */
export const noRecordInList =
  '"No CP-IS record found" does not mean that there are no safeguarding concerns.';

/** The notes that stand with every answer. The others are said before the check, and one of them without a record. */
const withAnswer: Readonly<Record<PatientNote['kind'], boolean>> = {
  superseded: true,
  restricted: true,
  'restriction-unclear': true,
  deceased: true,
  'death-unclear': true,
  'name-unclear': true,
  incomplete: true,
  'left-england': true,
  'registration-unclear': true,
  'clock-doubted': true,
  'other-organisation': true,
  'young-baby': false,
  adult: false,
};

/** What a reader of any answer must know of the patient as well: on the screen, on paper and in a copy for the record. */
export function notesWithAnswer(notes: readonly PatientNote[]): readonly PatientNote[] {
  return notes.filter(({ kind }) => withAnswer[kind]);
}

/** H1: said with "no record" of a patient whose record is restricted, or may be. `undefined` for any other note. */
export function restrictedCaution(kind: PatientNote['kind']): string | undefined {
  const mayBeRestricted = kind === 'restricted' || kind === 'restriction-unclear';
  return mayBeRestricted ? 'A restricted patient may be missing from CP-IS.' : undefined;
}

/** H1, H8: what the notes on a patient mean where there is no record. */
export function cautionsWithoutRecord(notes: readonly PatientNote[]): readonly string[] {
  return notes.flatMap(({ kind, sentence }) =>
    kind === 'young-baby' ? [sentence] : (restrictedCaution(kind) ?? []),
  );
}

/** H2: what a failed check says of a record: never "no record", and never less than the answer contained. */
export function whatIsKnown({ kind }: Pick<Fault, 'kind'>): string {
  return kind === 'record-mentioned'
    ? 'There may be a CP-IS record for this patient. We do not know what it says.'
    : 'We do not know if there is a CP-IS record.';
}
