/** An instant of the contract (UTC, ISO 8601) as a screen shows it: `23-Nov-2026 14:32`, UK local time. */
import { formatUkDateTime, parseFhirInstant } from '../../shared/clinical/clinical-date.ts';
import { clockWords, type TakenTime } from '../../shared/taken-time.ts';

/** With what is known of the clock that it is by. */
export function formatTaken(taken: TakenTime): string {
  return `${formatInstant(taken.at)}${clockWords(taken)}`;
}

/** Returns text that is no instant unchanged. */
export function formatInstant(instant: string): string {
  const parsed = parseFhirInstant(instant);
  return parsed === undefined ? instant : formatUkDateTime(parsed).short;
}
