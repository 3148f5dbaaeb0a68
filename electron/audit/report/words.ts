/** The names, numbers and days of a report in words. */
import { formatDate, formatUkDateTime, parseFhirDate } from '../../../shared/clinical/clinical-date.ts';
import type { AuditReport, CountRow } from './audit-report.ts';
import type { Day } from './local-time.ts';
import type { ShownCount } from './small-numbers.ts';
import type { TimeUnit } from './time-units.ts';
import { type FailedStep, noOutcome } from './usage.ts';

const careSettingNames: Readonly<Record<string, string>> = {
  unscheduled: 'Unscheduled care',
  scheduled: 'Scheduled care',
};

/** An unknown name stays as it is. */
export const careSettingName = (name: string) => careSettingNames[name] ?? name;

const outcomeNames: Readonly<Record<string, string>> = {
  found: 'Record found',
  'no-record': 'No record',
  denied: 'Access denied',
  'could-not-check': 'Could not check',
  [noOutcome]: 'Outcome missing',
};

/** Of a check; an unknown name stays as it is. */
export const outcomeName = (name: string) => outcomeNames[name] ?? name;

/** Where a failure happened. */
export const stepNames: Readonly<Record<FailedStep, string>> = {
  'sign-in': 'Sign in',
  session: 'Session ended by itself',
  'find-patient': 'Find a patient',
  check: 'Check CP-IS',
  history: 'Access history',
  print: 'Print',
  'save-pdf': 'Save as PDF',
};

/** `about`: of protected numbers, which are rounded. */
export function countText(count: ShownCount, { numbers }: Pick<AuditReport, 'numbers'>): string {
  if (count === 'few') return 'fewer than 8';
  return `${numbers === 'protected' && count > 0 ? 'about ' : ''}${wholeNumber(count)}`;
}

/** In a table and at a bar. */
export function countCell(count: ShownCount): string {
  return count === 'few' ? '1 to 7' : wholeNumber(count);
}

function wholeNumber(count: number): string {
  return count.toLocaleString('en-GB');
}

/** `3.2 seconds`, `45 seconds`, `3 minutes` */
export function secondsText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} seconds`;
  if (seconds < 120) return `${Math.round(seconds)} seconds`;
  return `${Math.round(seconds / 60)} minutes`;
}

/** `23-Nov-2026` */
export function dayText(day: Day): string {
  const date = parseFhirDate(day);
  return date === undefined ? day : formatDate(date).short;
}

/** A unit of time by its first day. */
export function unitText(unit: TimeUnit, start: Day): string {
  switch (unit) {
    case 'day':
    case 'week':
      return dayText(start);
    case 'month':
      return dayText(start).slice(3);
    case 'year':
      return start.slice(0, 4);
  }
}

/** The heading of a column of units. */
export function unitHeading(unit: TimeUnit): string {
  return { day: 'Day', week: 'Week from Monday', month: 'Month', year: 'Year' }[unit];
}

/** `23-Nov-2026 14:32 UK time` */
export function madeText(madeAt: Date): string {
  return `${formatUkDateTime(madeAt).short} UK time`;
}

/** The report's title, with its period. */
export function title(report: AuditReport): string {
  const { period } = report;
  if (period === undefined) return 'Use of CP-IS: no entry';
  if (period.first === period.last) return `Use of CP-IS on ${dayText(period.first)}`;
  return `Use of CP-IS, ${dayText(period.first)} to ${dayText(period.last)}`;
}

/** A name from the trail, which may be empty. */
export function nameText(name: string): string {
  return name === '' ? '(not given)' : name;
}

/** 0 where no row has the name. */
export function countOf(rows: readonly CountRow[], name: string): ShownCount {
  return rows.find((row) => row.name === name)?.count ?? 0;
}
