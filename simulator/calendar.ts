/** Dates relative to today, so that a "current" plan stays current however old the simulator is. */
import { ukDate } from '../shared/clinical/clinical-date.ts';

export interface Calendar {
  /** `2026-11-23`: the UK date so many months and days from today. */
  readonly date: (from: {
    readonly years?: number;
    readonly months?: number;
    readonly days?: number;
  }) => string;
  /** An instant as CP-IS writes it, so many minutes before now: `2026-11-23T14:02:00+00:00`. */
  readonly minutesAgo: (minutes: number) => string;
}

/** `now`: its UK date is today. */
export function calendarOf(now: Date): Calendar {
  const today = ukDate(now);
  return {
    date: ({ years = 0, months = 0, days = 0 }) => {
      const first = new Date(Date.UTC(today.year + years, today.month - 1 + months, 1));
      const lastDay = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
      // 31 August and a month is 30 September, not 1 October.
      const day = Math.min(today.day, lastDay) + days;
      return new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), day)).toISOString().slice(0, 10);
    },
    minutesAgo: (minutes) => fhirInstant(new Date(now.getTime() - minutes * 60_000)),
  };
}

/** With the offset written out, as the platform does. */
export function fhirInstant(instant: Date): string {
  return `${instant.toISOString().slice(0, 19)}+00:00`;
}
