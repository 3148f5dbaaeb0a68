import {
  type ClinicListOutcome,
  type ClinicListRow,
  type ClinicListView,
  clinicListWords,
  describeNotes,
  summariseClinicList,
} from '../../../shared/clinic-list.ts';
import { formatUkDateTime } from '../../../shared/clinical/clinical-date.ts';
import { noRecordInList, warnedInList } from '../../../shared/outcome-words.ts';
import { onOneLine, type RecordContext } from '../check-record.ts';

/** A clinic list as plain text, to be pasted: composed here, so that nothing that runs in the page can change a word of it. */
export function composeList({ rows }: ClinicListView, at: Date, context: RecordContext): string {
  const { user, environmentTag, live, lineEnd } = context;
  const lines = [
    ...(live ? [] : [`NOT REAL PATIENTS: ${environmentTag}`]), // H16
    'CP-IS clinic list (Child Protection - Information Sharing)',
    `Copied: ${formatUkDateTime(at).short} (UK time) by ${user.name}, ${user.role}, ${user.organisation}`,
    'How: Scheduled care: nobody is notified.',
    summariseClinicList(rows),
    noRecordInList, // H1
    ...rows.map(describeRow),
  ];
  return lines.map(onOneLine).join(lineEnd);
}

function describeRow(row: ClinicListRow): string {
  const { line, patient, outcome, at } = row;
  const who =
    'text' in patient
      ? patient.text
      : [patient.name, `born ${patient.born.short}`, `NHS number ${patient.nhsNumber}`]
          .filter((part) => part !== undefined)
          .join(', ');
  const words = clinicListWords[outcome.kind];
  const why = reasonOf(outcome);
  const what = `${words}${at === undefined ? '' : ` (${at.short})`}${why === undefined ? '' : `. ${why}`}`;
  return [`Line ${line}: ${who}: ${what}`, ...describeNotes(row)].join(' | ');
}

function reasonOf(outcome: ClinicListOutcome): string | undefined {
  switch (outcome.kind) {
    case 'found':
      return outcome.warned ? warnedInList : undefined;
    case 'by-hand':
      return outcome.why;
    case 'denied':
    case 'could-not-check':
      return outcome.fault.happened;
    case 'waiting':
    case 'checking':
    case 'no-record':
    case 'not-checked':
      return undefined;
  }
}
