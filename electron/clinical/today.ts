import { ukDate } from '../../shared/clinical/clinical-date.ts';

/** A day of the UK's calendar. */
export type Day = ReturnType<typeof ukDate>;

/** The days that today may be: more than one while the clocks of the services are in doubt (H20). */
export type Today = readonly [Day, ...Day[]];

/** `doubted`: another time that may be the right one. */
export function todayOf(now: Date, doubted: Date | undefined): Today {
  return [ukDate(now), ...(doubted === undefined ? [] : [ukDate(doubted)])];
}
