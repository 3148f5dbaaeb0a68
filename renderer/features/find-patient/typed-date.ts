/** A date of birth as three fields, and what is wrong with it in one sentence. */
import { compareWithDay, parseFhirDate, type ukDate } from '../../../shared/clinical/clinical-date.ts';

type Day = ReturnType<typeof ukDate>;

export interface TypedDate {
  readonly day: string;
  readonly month: string;
  readonly year: string;
}

export type DatePart = keyof TypedDate;

export type DateOfBirth =
  /** `YYYY-MM-DD` */
  | { readonly kind: 'valid'; readonly iso: string }
  | { readonly kind: 'invalid'; readonly part: DatePart; readonly message: string };

/**
 * `today`, the date of the United Kingdom, is the latest valid date of birth. `name` is what the sentences call the date, such as
 * "earliest date of birth".
 */
export function readDateOfBirth(typed: TypedDate, today: Day, name = 'date of birth'): DateOfBirth {
  const sentenceName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const parts = [
    ['day', typed.day, /^\d{1,2}$/],
    ['month', typed.month, /^\d{1,2}$/],
    ['year', typed.year, /^\d{4}$/],
  ] as const;
  if (parts.every(([, text]) => text.trim() === ''))
    return invalid('day', name === 'date of birth' ? 'Enter a date of birth' : `Enter the ${name}`);
  for (const [part, text] of parts) {
    if (text.trim() === '') return invalid(part, `${sentenceName} must include a ${part}`);
  }
  for (const [part, text, form] of parts) {
    if (!form.test(text.trim())) {
      return invalid(part, part === 'year' ? 'The year must have 4 digits' : `The ${part} must be a number`);
    }
  }
  const [day, month, year] = [Number(typed.day), Number(typed.month), Number(typed.year)];
  if (month < 1 || month > 12) return invalid('month', 'The month must be between 1 and 12');
  const iso = [String(year).padStart(4, '0'), pad(month), pad(day)].join('-');
  const date = parseFhirDate(iso);
  if (date === undefined) return invalid('day', `${sentenceName} must be a real date`);
  if (compareWithDay(date, today) === 'after') {
    return invalid('year', `${sentenceName} must be today or in the past`);
  }
  return { kind: 'valid', iso };
}

function pad(part: number): string {
  return String(part).padStart(2, '0');
}

function invalid(part: DatePart, message: string): DateOfBirth {
  return { kind: 'invalid', part, message };
}
