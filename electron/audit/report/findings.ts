import type { AuditReport, CountRow } from './audit-report.ts';
import type { Day } from './local-time.ts';
import { percentage, type ShownCount } from './small-numbers.ts';
import type { TimeUnit } from './time-units.ts';
import { countOf, countText, dayText, nameText, secondsText, unitText } from './words.ts';

export interface Findings {
  readonly overTime: string;
  readonly byHour: string;
  readonly byOutcome: string;
  readonly byOrganisation: string;
  readonly byRole: string;
  readonly failures: string;
  readonly waits: string;
  readonly paper: string;
}

/** The headings of the sections: what was found, not what is drawn. */
export function findingsOf(report: AuditReport): Findings {
  const { checks, failures, foundToAnswer, paper } = report;
  const number = (count: ShownCount, one: string, several: string) =>
    `${countText(count, report)} ${count === 1 ? one : several}`;
  /** "About 8 in 100 checks", or the count where that cannot be said. */
  const checksText = (part: ShownCount) => {
    const hundredths = percentage(part, checks.total);
    const about = report.numbers === 'protected' ? 'about ' : '';
    return capital(
      hundredths === undefined ? number(part, 'check', 'checks') : `${about}${hundredths} in 100 checks`,
    );
  };
  const busiest = largest(checks.overTime.rows.map(({ start, count }) => ({ name: start, count })));
  const most = busiest === undefined ? '' : `, most ${whenText(checks.overTime.unit, busiest.name)}`;
  const organisation = largest(checks.byOrganisation);
  const role = largest(checks.byRole);
  const failure = largest(failures.map(({ sentence, count }) => ({ name: sentence, count })));
  const zone = report.timeZone === 'UTC' ? ' UTC' : '';
  const about = {
    byOrganisation:
      organisation === undefined
        ? 'Checks by organisation'
        : `The most checks were made at ${nameText(organisation.name)}`,
    byRole:
      role === undefined ? 'Checks by role' : `The most checks were made in the role ${nameText(role.name)}`,
    failures: failureText(failures.length === 0, failure?.name),
    waits:
      foundToAnswer.medianSeconds === undefined
        ? 'Too few answers to say how long one takes'
        : `Half of the answers came within ${secondsText(foundToAnswer.medianSeconds)} of finding the patient`,
    paper: capital(
      `${number(paper.printed, 'print', 'prints')} and ${number(paper.recordCopied, 'copy', 'copies')} for the record were made`,
    ),
  };
  if (checks.total === 0)
    return {
      ...about,
      overTime: 'CP-IS was not checked',
      byHour: 'No check at any hour',
      byOutcome: 'No outcome',
    };
  return {
    ...about,
    overTime: `CP-IS was checked ${number(checks.total, 'time', 'times')}${most}`,
    byHour: `${checksText(checks.outOfHours)} came at night, from 20:00 to 07:00${zone}`,
    byOutcome: `${checksText(countOf(checks.byOutcome, 'found'))} found a record`,
  };
}

function failureText(isNone: boolean, sentence: string | undefined): string {
  if (isNone) return 'Nothing failed';
  if (sentence === undefined) return 'No failure stands out';
  return `The most frequent failure: “${sentence.replace(/\.$/, '')}”`;
}

/** The one row that is larger than the others, as far as the numbers show it. */
function largest(rows: readonly CountRow[]): CountRow | undefined {
  const value = ({ count }: CountRow) => (count === 'few' ? 0 : count);
  const [first, second] = rows.toSorted((one, other) => value(other) - value(one));
  if (first === undefined || value(first) === 0) return undefined;
  return second === undefined || value(first) > value(second) ? first : undefined;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

function whenText(unit: TimeUnit, start: Day): string {
  switch (unit) {
    case 'day':
      return `on ${dayText(start)}`;
    case 'week':
      return `in the week of ${dayText(start)}`;
    case 'month':
    case 'year':
      return `in ${unitText(unit, start)}`;
  }
}
