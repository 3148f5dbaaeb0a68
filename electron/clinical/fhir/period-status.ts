/** Whether a period runs, on the UK's calendar. Only a date that is certain makes it "ended" (H6). */

import {
  type ClinicalDate,
  compareWithDay,
  earliestYear,
  parseFhirDate,
  sortKey,
} from '../../../shared/clinical/clinical-date.ts';
import type { Day, Today } from '../today.ts';
import type { Period } from './elements.ts';

export type PeriodStatus = 'current' | 'ended' | 'future' | 'unknown';

/**
 * A period still runs on its end date. Where a partial date, or the lack of a start, leaves the status open, or the dates
 * contradict each other, the status is `unknown`.
 */
export function statusOnDay(period: Period, today: Day): PeriodStatus {
  const start = readDate(period.start);
  const end = readDate(period.end);
  if (start.kind === 'date' && end.kind === 'date' && isOutOfOrder(start.date, end.date)) return 'unknown';
  if (end.kind === 'date' && compareWithDay(end.date, today) === 'before') return 'ended';
  if (start.kind !== 'date' || end.kind === 'unreadable') return 'unknown';
  switch (compareWithDay(start.date, today)) {
    case 'after':
      return 'future';
    case 'before':
      return isOpenOn(end, today) ? 'current' : 'unknown';
    case 'within':
      return start.date.precision === 'day' && isOpenOn(end, today) ? 'current' : 'unknown';
  }
}

/**
 * Whether what has this period (a phone number, a name) is in use. Without a start it always has been. `unknown` also
 * where the days that today may be do not agree (H20).
 */
export function periodStatusOn(period: Period, today: Today): PeriodStatus {
  const begun = { ...period, start: period.start ?? String(earliestYear) };
  const [status = 'unknown', ...others] = new Set(today.map((day) => statusOnDay(begun, day)));
  return others.length === 0 ? status : 'unknown';
}

type ReadDate =
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'date'; readonly date: ClinicalDate };

function readDate(text: string | undefined): ReadDate {
  if (text === undefined) return { kind: 'none' };
  const date = parseFhirDate(text);
  return date === undefined ? { kind: 'unreadable' } : { kind: 'date', date };
}

function isOpenOn(end: Exclude<ReadDate, { kind: 'unreadable' }>, today: Day): boolean {
  if (end.kind === 'none' || end.date.precision === 'day') return true;
  return compareWithDay(end.date, today) === 'after';
}

/** Compares only the parts that both dates have: "2026" is not before "2026-03". */
function isOutOfOrder(start: ClinicalDate, end: ClinicalDate): boolean {
  const length = Math.min(...[start, end].map(({ precision }) => ({ year: 4, month: 6, day: 8 })[precision]));
  return sortKey(start).slice(0, length) > sortKey(end).slice(0, length);
}
