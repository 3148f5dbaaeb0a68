/**
 * The result of a check as plain text, to be pasted into the patient's record. Composed here, from what the main process
 * has kept of the check, so that nothing that runs in the page can change a word of it. Lines of "label: value" in plain
 * characters, without tabs or marks, since record systems take little else.
 *
 * It never holds an NHS number that has been superseded: that of a child before an adoption must not come into the record
 * of the child after it.
 */

import { formatUkDateTime } from '../../shared/clinical/clinical-date.ts';
import type { CarePlanView, PhoneNumber, PlanType } from '../../shared/clinical/cp-is.ts';
import { describeDeath } from '../../shared/clinical/describe-death.ts';
import type { PatientBannerText, PatientNote } from '../../shared/clinical/patient.ts';
import type { CheckedOutcome } from '../../shared/outcome.ts';
import {
  cautionsWithoutRecord,
  clockInDoubtWords,
  noRecordSentence,
  notesWithAnswer,
  warnedSentence,
  whatIsKnown,
} from '../../shared/outcome-words.ts';
import type { UserView } from '../../shared/session.ts';

export interface KeptCheck {
  readonly banner: PatientBannerText;
  readonly notes: readonly PatientNote[];
  readonly outcome: CheckedOutcome;
}

export interface RecordContext {
  readonly user: UserView;
  readonly environmentTag: string;
  readonly live: boolean;
  readonly lineEnd: string;
}

/** Ends without a line end, so that it can be pasted into a line. */
export function composeRecord(check: KeptCheck, context: RecordContext): string {
  const { banner, notes, outcome } = check;
  const { user, environmentTag, live, lineEnd } = context;
  const { retrieval } = outcome;
  const death = describeDeath(banner.death);
  const at = formatUkDateTime(new Date(retrieval.retrievedAt)).short;
  const lines = [
    ...(live ? [] : [`NOT A REAL PATIENT: ${environmentTag}`]), // H16
    'CP-IS check (Child Protection - Information Sharing)',
    `Patient: ${banner.name}`,
    `Born: ${banner.born.short}`,
    ...(death === undefined ? [] : [`${death.name}: ${death.value.short}`]),
    `NHS number: ${banner.nhsNumber}`,
    ...notesWithAnswer(notes).map(noteLine),
    `Checked: ${at} (UK time) by ${user.name}, ${user.role}, ${user.organisation}`,
    ...(retrieval.clockInDoubt
      ? [`Note: The time of this check may be wrong, since ${clockInDoubtWords}.`]
      : []),
    `How: ${withoutTime(retrieval.sentence)}`,
    ...outcomeLines(outcome, notes),
    `CP-IS check reference: ${retrieval.checkId}`,
    'Phoned: ______',
  ];
  return lines.map(onOneLine).join(lineEnd);
}

function noteLine({ kind, sentence }: PatientNote): string {
  return kind === 'superseded'
    ? 'The NHS number that was asked for has been superseded by this one.'
    : `Note: ${sentence}`;
}

function outcomeLines(outcome: CheckedOutcome, notes: readonly PatientNote[]): readonly string[] {
  switch (outcome.kind) {
    case 'found': {
      const count = outcome.plans.length;
      return [
        `Outcome: CP-IS record found (${count === 1 ? '1 record' : `${count} records`})`,
        ...(outcome.warned ? [`Note: ${warnedSentence}`] : []),
        ...outcome.plans.flatMap((plan, index) => planLines(plan, `Record ${index + 1} of ${count}`)),
      ];
    }
    case 'no-record':
      // H1, H8
      return [
        `Outcome: ${noRecordSentence}`,
        ...cautionsWithoutRecord(notes).map((caution) => `Note: ${caution}`),
      ];
    case 'denied':
      return [`Outcome: Access denied. ${failureText(outcome)}`];
    case 'could-not-check':
      return [`Outcome: Could not check CP-IS. ${failureText(outcome)}`];
  }
}

/** H2 */
function failureText({ fault }: Extract<CheckedOutcome, { kind: 'denied' | 'could-not-check' }>): string {
  return `${fault.happened} ${whatIsKnown(fault)} Support reference: ${fault.reference}`;
}

function planLines(plan: CarePlanView, record: string): readonly string[] {
  const code = snomedCodes[plan.type];
  return [
    `${record}: ${plan.title}${code === undefined ? '' : ` (SNOMED CT ${code})`}`,
    `Status: ${plan.statusText}`,
    `Start: ${plan.start.short}`,
    `End: ${plan.end.short}`,
    `Local authority: ${plan.localAuthority}`,
    ...phoneLines('Office hours', plan.officeHours),
    ...phoneLines('Emergency duty team (out of hours)', plan.emergencyDutyTeam),
    ...plan.otherContacts.flatMap(({ purpose, number }) => phoneLines(purpose, [number])),
  ];
}

/** H7: as on the screen. */
function phoneLines(purpose: string, numbers: readonly PhoneNumber[]): readonly string[] {
  if (numbers.length === 0) return [`${purpose}: Not recorded`];
  return numbers.map(({ text, looksIncomplete, validity }) => {
    const incomplete = looksIncomplete ? ' (this number looks incomplete)' : '';
    return `${purpose}: ${text}${incomplete}${validity === undefined ? '' : ` (${validity.short})`}`;
  });
}

/** Source: CP-IS consumer guide, SNOMED CT UK codes. A record of another type has its own text alone (H11). */
const snomedCodes: Readonly<Record<PlanType, string | undefined>> = {
  'child-protection-plan': '342191000000101',
  'looked-after-child': '764841000000100',
  'unborn-child-protection-plan': '818901000000100',
  other: undefined,
};

/** The sentence begins with "Retrieved 14:32. ", and the lines above have the time with its date. */
function withoutTime(sentence: string): string {
  return sentence.replace(/^(?:Retrieved|Tried) [^.]*\. /, '');
}

/** A service's text may hold line ends, which could pass for lines of ours. */
export function onOneLine(line: string): string {
  return line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
