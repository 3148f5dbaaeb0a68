/** Sums days into the unit in which a period can be drawn and read: days, weeks, months or years. */
import { type Day, dayNumber, dayOf } from './local-time.ts';

export const timeUnits = ['day', 'week', 'month', 'year'] as const;
export type TimeUnit = (typeof timeUnits)[number];

export interface TimeRow {
  /** The first day of the unit, which may lie before the period. */
  readonly start: Day;
  readonly count: number;
}

/** Every unit from the first to the last day, also those without a count. */
export function sumBy(
  unit: TimeUnit,
  byDay: ReadonlyMap<Day, number>,
  { first, last }: { readonly first: Day; readonly last: Day },
): readonly TimeRow[] {
  const counts = new Map<Day, number>();
  for (let start = startOf(unit, first); dayNumber(start) <= dayNumber(last); start = next(unit, start))
    counts.set(start, 0);
  for (const [day, count] of byDay) {
    const start = startOf(unit, day);
    counts.set(start, (counts.get(start) ?? 0) + count);
  }
  return [...counts].map(([start, count]) => ({ start, count }));
}

/** Weeks begin on Monday. */
function startOf(unit: TimeUnit, day: Day): Day {
  switch (unit) {
    case 'day':
      return day;
    case 'week': {
      const number = dayNumber(day);
      // Day 0 of 1970 was a Thursday.
      return dayOf(number - ((((number + 3) % 7) + 7) % 7));
    }
    case 'month':
      return `${day.slice(0, 7)}-01`;
    case 'year':
      return `${day.slice(0, 4)}-01-01`;
  }
}

function next(unit: TimeUnit, start: Day): Day {
  const longestDays: Readonly<Record<TimeUnit, number>> = { day: 1, week: 7, month: 31, year: 366 };
  return startOf(unit, dayOf(dayNumber(start) + longestDays[unit]));
}

/** How many units the days span, without listing them. */
export function spanOf(unit: TimeUnit, first: Day, last: Day): number {
  const averageDays: Readonly<Record<TimeUnit, number>> = { day: 1, week: 7, month: 30.4, year: 365.2 };
  return Math.ceil((dayNumber(last) - dayNumber(first) + 1) / averageDays[unit]);
}
