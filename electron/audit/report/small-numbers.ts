/**
 * Disclosure control: a board paper is often published, and a count of one can say of one child that there is a record. So
 * counts from 1 to 7 are not shown, and all others only to the nearest 5, so that no small one follows by subtraction.
 * Source: NHS England, "Disclosure control methodology for Hospital Episode Statistics (HES) and Emergency Care Data Set
 * (ECDS)", September 2018, below national level. Counts of computers are not protected: they are nobody's.
 */

/** A count as a report shows it. `few`: from 1 to 7. */
export type ShownCount = number | 'few';

export type NumbersShown = 'protected' | 'exact';

/** 0, `few` from 1 to 7, else the nearest 5; the count itself where exact numbers were asked for. */
export function shownCount(count: number, numbers: NumbersShown): ShownCount {
  if (numbers === 'exact' || count === 0) return count;
  return count < fewest ? 'few' : Math.round(count / 5) * 5;
}

/** The smallest count that is shown, and the fewest values that a median is given of. */
export const fewest = 8;

/** In whole hundredths, from what is shown; `undefined` where that says nothing. */
export function percentage(part: ShownCount, whole: ShownCount): number | undefined {
  if (part === 'few' || whole === 'few' || whole === 0) return undefined;
  return Math.min(100, Math.round((100 * part) / whole));
}
