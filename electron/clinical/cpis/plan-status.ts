import type { PlanStatus } from '../../../shared/clinical/cp-is.ts';

/** The words for the status of a plan, and for dates of a phone number that decide nothing. */
export const statusTexts: Readonly<Record<PlanStatus, string>> = {
  current: 'Current',
  ended: 'Ended',
  future: 'Not yet started',
  unknown: 'Dates unclear',
};
