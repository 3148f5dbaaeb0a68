import { ukDate, ukHour } from './clinical-date.ts';

/**
 * Whether a local authority's office is closed for certain: from 20:00 to 07:00 and at weekends, UK time. At any other time
 * it may be open or closed (office hours differ, and bank holidays are not known here), so nothing is said then (H7).
 */
export function isCertainlyOutOfHours(instant: Date): boolean {
  const { year, month, day } = ukDate(instant);
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
  const hour = ukHour(instant);
  return weekday === 0 || weekday === 6 || hour < 7 || hour >= 20;
}
