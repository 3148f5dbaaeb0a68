/**
 * The calendar day and the hour of an entry. The trail is in UTC; a report is read by people who live by UK time, where a
 * night's checks belong to the day of the night shift's clock, and the hour from 01:00 comes twice when the clocks go back.
 */
import { ukDate, ukHour } from '../../../shared/clinical/clinical-date.ts';

export type ReportTimeZone = 'Europe/London' | 'UTC';

/** `2026-11-23` */
export type Day = string;

export interface LocalHour {
  readonly day: Day;
  readonly hour: number;
}

const hourMs = 3_600_000;

/** Of an instant in milliseconds since 1970. Entries come in their order, so the hour of the last one is remembered. */
export function createLocalClock(timeZone: ReportTimeZone): (instantMs: number) => LocalHour {
  let lastHour: number | undefined;
  let last: LocalHour = { day: '', hour: 0 };
  return (instantMs) => {
    const utcHour = Math.floor(instantMs / hourMs);
    if (utcHour !== lastHour) {
      lastHour = utcHour;
      // In both zones an offset changes on a whole hour of UTC.
      last = localHour(new Date(utcHour * hourMs), timeZone);
    }
    return last;
  };
}

function localHour(instant: Date, timeZone: ReportTimeZone): LocalHour {
  if (timeZone === 'UTC') return { day: instant.toISOString().slice(0, 10), hour: instant.getUTCHours() };
  const { year, month, day } = ukDate(instant);
  return { day: [pad(year, 4), pad(month, 2), pad(day, 2)].join('-'), hour: ukHour(instant) };
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}

/** Midnight UTC of a calendar day, for counting in days: never a moment of the trail. */
export function dayNumber(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`) / (24 * hourMs);
}

/** The reverse of `dayNumber`. */
export function dayOf(number: number): Day {
  return new Date(number * 24 * hourMs).toISOString().slice(0, 10);
}

export interface ClockChange {
  readonly day: Day;
  readonly direction: 'forward' | 'back';
}

/**
 * The days of the period on which UK clocks change: the last Sundays of March and of October.
 * Source: the Summer Time Order 2002, article 2.
 */
export function clockChanges(first: Day, last: Day): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  for (let year = Number(first.slice(0, 4)); year <= Number(last.slice(0, 4)); year += 1) {
    changes.push({ day: lastSunday(year, 3), direction: 'forward' });
    changes.push({ day: lastSunday(year, 10), direction: 'back' });
  }
  return changes.filter(({ day }) => first <= day && day <= last);
}

/** Of a month with 31 days. */
function lastSunday(year: number, month: 3 | 10): Day {
  const end = dayNumber(`${pad(year, 4)}-${pad(month, 2)}-31`);
  // Day 0 of 1970 was a Thursday.
  return dayOf(end - ((end + 4) % 7));
}
