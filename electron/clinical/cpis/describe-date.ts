import { type DateText, formatDate, parseFhirDate } from '../../../shared/clinical/clinical-date.ts';
import { sanitiseText } from '../fhir/sanitise-text.ts';

export const notRecorded = 'Not recorded';

/** A date that cannot be parsed is shown as the service sent it: a clinician may still understand it. */
export function describeDate(given: string | undefined, gap: string): DateText {
  if (given === undefined) return { short: gap, long: gap };
  const date = parseFhirDate(given);
  if (date !== undefined) return formatDate(date);
  const text = sanitiseText(given) ?? gap;
  return { short: text, long: text };
}
