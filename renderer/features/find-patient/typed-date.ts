/** A date of birth as three fields, and what is wrong with it in one sentence. */

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

/** `today` is the last day on which anybody can have been born. */
export function readDateOfBirth(typed: TypedDate, today: Date): DateOfBirth {
  const parts = [
    ['day', typed.day, /^\d{1,2}$/],
    ['month', typed.month, /^\d{1,2}$/],
    ['year', typed.year, /^\d{4}$/],
  ] as const;
  if (parts.every(([, text]) => text.trim() === '')) return invalid('day', 'Enter a date of birth');
  for (const [part, text] of parts) {
    if (text.trim() === '') return invalid(part, `Date of birth must include a ${part}`);
  }
  for (const [part, text, form] of parts) {
    if (!form.test(text.trim())) {
      return invalid(part, part === 'year' ? 'The year must have 4 digits' : `The ${part} must be a number`);
    }
  }
  const [day, month, year] = [Number(typed.day), Number(typed.month), Number(typed.year)];
  if (month < 1 || month > 12) return invalid('month', 'The month must be between 1 and 12');
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return invalid('day', 'Date of birth must be a real date');
  }
  if (date.getTime() > today.getTime()) return invalid('year', 'Date of birth must be in the past');
  return { kind: 'valid', iso: date.toISOString().slice(0, 10) };
}

function invalid(part: DatePart, message: string): DateOfBirth {
  return { kind: 'invalid', part, message };
}
