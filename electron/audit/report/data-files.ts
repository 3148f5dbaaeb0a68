/** A report for a spreadsheet (one long table) and for a program. */
import { csvLine, escapeInJson } from '../csv.ts';
import type { AuditReport, ShownWaits } from './audit-report.ts';
import type { ShownCount } from './small-numbers.ts';

/** As NHS England's statistics mark a count from 1 to 7; a spreadsheet would take `1-7` for a date. */
const suppressed = '*';

const value = (count: ShownCount) => (count === 'few' ? suppressed : count);

/** RFC 4180; a row for each number: table, row, column, value. */
export function reportCsv(report: AuditReport): string {
  const { checks, failures, paper, trails } = report;
  const rows: (readonly [table: string, row: string, column: string, value: string | number])[] = [
    ['report', 'made at (UTC)', '', report.madeAt.toISOString()],
    ['report', 'time zone of days and hours', '', report.timeZone],
    ['report', 'first day', '', report.period?.first ?? ''],
    ['report', 'last day', '', report.period?.last ?? ''],
    ['report', 'day of the first entry', '', report.entriesSpan?.first ?? ''],
    ['report', 'day of the last entry', '', report.entriesSpan?.last ?? ''],
    ['report', 'numbers', '', report.numbers],
    ['report', 'trails', '', trails.count],
    ['report', 'trails that are not whole', '', trails.notWhole.length],
    ['report', 'entries', '', trails.entries],
    ['report', 'workstations', '', report.workstations],
    ['report', 'users', '', value(report.users)],
    ...trails.notWhole.flatMap(({ number, problems }) =>
      problems.map((problem) => ['problem', `trail ${number}`, '', problem] as const),
    ),
    ['checks', 'all', '', value(checks.total)],
    ['checks', 'repeated', '', value(checks.repeated)],
    ['checks', 'not sent', '', value(checks.notSent)],
    ['checks', 'local authority notified', '', value(checks.notified)],
    ['checks', 'local authority may have been notified', '', value(checks.mayHaveNotified)],
    ...checks.byCareSetting.flatMap(({ name, outcomes }) =>
      outcomes.map(
        (outcome) =>
          ['checks by care setting and outcome', name, outcome.name, value(outcome.count)] as const,
      ),
    ),
    ...checks.byDay.map(({ day, count }) => ['checks by day', day, '', value(count)] as const),
    ...checks.byHour.map((count, hour) => ['checks by hour', String(hour), '', value(count)] as const),
    ...checks.byOrganisation.map(
      ({ name, count }) => ['checks by organisation', name, '', value(count)] as const,
    ),
    ...checks.byRole.map(({ name, count }) => ['checks by role', name, '', value(count)] as const),
    ...failures.map(({ step, kind, count }) => ['failures', step, kind, value(count)] as const),
    ...waitRows('found to answer', report.foundToAnswer),
    ...waitRows('asked to answer', report.askedToAnswer),
    ...Object.entries(paper).map(
      ([name, count]: [string, ShownCount]) => ['copies and prints', name, '', value(count)] as const,
    ),
  ];
  return [['table', 'row', 'column', 'value'], ...rows].map((row) => csvLine(row.map(String))).join('');
}

function waitRows(name: string, { answers, medianSeconds, p95Seconds }: ShownWaits) {
  return [
    [`${name}, seconds`, 'median', '', medianSeconds ?? suppressed],
    [`${name}, seconds`, '95th percentile', '', p95Seconds ?? suppressed],
    [`${name}, seconds`, 'answers', '', value(answers)],
  ] as const;
}

/** Counts from 1 to 7, and what would follow from them, are `"*"`. */
export function reportJson(report: AuditReport): string {
  const { checks, failures, paper, clockChanges, trails } = report;
  const counts = (rows: readonly { readonly name: string; readonly count: ShownCount }[]) =>
    rows.map(({ name, count }) => ({ name, count: value(count) }));
  const waits = ({ answers, medianSeconds, p95Seconds }: ShownWaits) => ({
    answers: value(answers),
    medianSeconds: medianSeconds ?? suppressed,
    p95Seconds: p95Seconds ?? suppressed,
  });
  const content = {
    format: 1,
    madeAt: report.madeAt.toISOString(),
    timeZone: report.timeZone,
    numbers: report.numbers,
    period: report.period ?? null,
    entriesSpan: report.entriesSpan ?? null,
    clockChanges,
    trails,
    workstations: report.workstations,
    users: value(report.users),
    checks: {
      all: value(checks.total),
      repeated: value(checks.repeated),
      notSent: value(checks.notSent),
      notified: value(checks.notified),
      mayHaveNotified: value(checks.mayHaveNotified),
      byDay: checks.byDay.map(({ day, count }) => ({ day, count: value(count) })),
      byHour: checks.byHour.map((count, hour) => ({ hour, count: value(count) })),
      byOrganisation: counts(checks.byOrganisation),
      byRole: counts(checks.byRole),
      byCareSettingAndOutcome: checks.byCareSetting.map(({ name, outcomes, total }) => ({
        careSetting: name,
        all: value(total),
        outcomes: counts(outcomes),
      })),
    },
    failures: failures.map(({ step, kind, count }) => ({ step, kind, count: value(count) })),
    foundToAnswer: waits(report.foundToAnswer),
    askedToAnswer: waits(report.askedToAnswer),
    copiesAndPrints: Object.fromEntries(
      Object.entries(paper).map(([name, count]: [string, ShownCount]) => [name, value(count)]),
    ),
  };
  return escapeInJson(`${JSON.stringify(content, undefined, 2)}\n`);
}
