/**
 * Dates and times as clinical screens show them: `14-Aug-1980`, 24-hour time, always UK local time.
 * Source: NHS Common User Interface, "Date and Time Display"; FHIR R4 `date`, `dateTime` and `instant`.
 * A FHIR date may be a year or a year and month: the screen shows no more than that.
 */

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** A calendar date of the UK, possibly partial. Months are 1 to 12. */
export type ClinicalDate =
  | { readonly precision: 'year'; readonly year: number }
  | { readonly precision: 'month'; readonly year: number; readonly month: number }
  | { readonly precision: 'day'; readonly year: number; readonly month: number; readonly day: number };

/** The text of a date: the short form, and the long one for assistive technology. */
export interface DateText {
  readonly short: string;
  readonly long: string;
}

const fhirDate = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;
const fhirDateTime =
  /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

/** No patient and no plan is older. Some systems write the first year of their calendar for a date that they do not have. */
export const earliestYear = 1800;

/** Reads a FHIR `date` or `dateTime`; of a time with an offset, its UK calendar date. `undefined` if malformed or too early. */
export function parseFhirDate(text: string): ClinicalDate | undefined {
  const match = fhirDate.exec(text);
  if (match === null) {
    const instant = parseFhirInstant(text);
    const date = instant && ukDate(instant);
    return date === undefined || date.year < earliestYear ? undefined : date;
  }
  const year = Number(match[1]);
  if (year < earliestYear) return undefined;
  if (match[2] === undefined) return { precision: 'year', year };
  const month = Number(match[2]);
  if (month < 1 || month > 12) return undefined;
  if (match[3] === undefined) return { precision: 'month', year, month };
  const day = Number(match[3]);
  return isCalendarDay(year, month, day) ? { precision: 'day', year, month, day } : undefined;
}

/** Reads a FHIR `instant` (or a `dateTime` with a time): it must carry its offset. `undefined` if malformed. */
export function parseFhirInstant(text: string): Date | undefined {
  const match = fhirDateTime.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second] = match.map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (!isCalendarDay(year, month, day)) return undefined;
  if (hour === undefined || hour > 23 || minute === undefined || minute > 59) return undefined;
  if (second !== undefined && second > 60) return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant;
}

/** The year's "0001" to "0099" are real years to `Date.UTC` only through `setUTCFullYear`. */
function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/**
 * Formatters are slow to create, so the first use creates them and start-up does not. The zone is always the UK's, not
 * the workstation's.
 */
let partsFormatter: Intl.DateTimeFormat | undefined;

function ukParts(instant: Date): Readonly<Record<'year' | 'month' | 'day' | 'hour' | 'minute', number>> {
  partsFormatter ??= new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/London',
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
  for (const { type, value } of partsFormatter.formatToParts(instant)) {
    if (type === 'year' || type === 'month' || type === 'day' || type === 'hour' || type === 'minute') {
      parts[type] = Number(value);
    }
  }
  return parts;
}

/** The UK calendar date of an instant. */
export function ukDate(instant: Date): Extract<ClinicalDate, { precision: 'day' }> {
  const { year, month, day } = ukParts(instant);
  return { precision: 'day', year, month, day };
}

/** The hour of the UK's day, 0 to 23. */
export function ukHour(instant: Date): number {
  return ukParts(instant).hour;
}

/** `14:32`, UK local time; in the hour that comes twice when the clocks go back, `01:30 BST` and then `01:30 GMT`. */
export function formatUkTime(instant: Date): string {
  return timeText(instant, ukParts(instant));
}

function timeText(instant: Date, { hour, minute }: ReturnType<typeof ukParts>): string {
  const time = clockTime(hour, minute);
  // Since 1972 no other hour comes twice, and a long history has many times.
  if (hour !== 1) return time;
  if (isSameTime(instant, 1, time)) return `${time} BST`;
  return isSameTime(instant, -1, time) ? `${time} GMT` : time;
}

function isSameTime(instant: Date, hoursLater: number, time: string): boolean {
  const { hour, minute } = ukParts(new Date(instant.getTime() + hoursLater * 3_600_000));
  return clockTime(hour, minute) === time;
}

function clockTime(hour: number, minute: number): string {
  return `${pad(hour)}:${pad(minute)}`;
}

/** `14-Aug-2026 14:32`, with the long form `14 August 2026 at 14:32`, UK local time. */
export function formatUkDateTime(instant: Date): DateText {
  const parts = ukParts(instant);
  const date = formatDate({ precision: 'day', year: parts.year, month: parts.month, day: parts.day });
  const time = timeText(instant, parts);
  return { short: `${date.short} ${time}`, long: `${date.long} at ${time}` };
}

/** `14-Aug-1980`, `Aug-1980` or `1980`, each with its long form. */
export function formatDate(date: ClinicalDate): DateText {
  const year = String(date.year).padStart(4, '0');
  switch (date.precision) {
    case 'year':
      return { short: year, long: year };
    case 'month': {
      const month = monthName(date.month);
      return { short: `${month.slice(0, 3)}-${year}`, long: `${month} ${year}` };
    }
    case 'day': {
      const month = monthName(date.month);
      return { short: `${pad(date.day)}-${month.slice(0, 3)}-${year}`, long: `${date.day} ${month} ${year}` };
    }
  }
}

function monthName(month: number): string {
  return months[month - 1] ?? '';
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

/**
 * Compares a possibly partial date with a day: before, on or within, or after it. A partial date that spans the
 * day is `within`: an unknown date decides nothing (H6).
 */
export function compareWithDay(
  date: ClinicalDate,
  day: Extract<ClinicalDate, { precision: 'day' }>,
): 'before' | 'within' | 'after' {
  const given = [date.year, ...('month' in date ? [date.month] : []), ...('day' in date ? [date.day] : [])];
  const reference = [day.year, day.month, day.day];
  for (const [index, part] of given.entries()) {
    const against = reference[index];
    if (against === undefined || part === against) continue;
    return part < against ? 'before' : 'after';
  }
  return 'within';
}

/** A sortable text of a date: partial dates sort before the full dates they contain. */
export function sortKey(date: ClinicalDate): string {
  const month = 'month' in date ? pad(date.month) : '00';
  const day = 'day' in date ? pad(date.day) : '00';
  return `${String(date.year).padStart(4, '0')}${month}${day}`;
}

/** The age on a day in whole months; `undefined` for a birth after it. */
export function wholeMonths(
  born: Extract<ClinicalDate, { precision: 'day' }>,
  today: Extract<ClinicalDate, { precision: 'day' }>,
): number | undefined {
  if (sortKey(born) > sortKey(today)) return undefined;
  return (today.year - born.year) * 12 + (today.month - born.month) - (today.day < born.day ? 1 : 0);
}

/** Whole years, months, weeks or days of age on a day, in the CUI's form: `11y`, `14m`, `5w`, `3d`. */
export function formatAge(
  born: Extract<ClinicalDate, { precision: 'day' }>,
  today: Extract<ClinicalDate, { precision: 'day' }>,
): DateText | undefined {
  const months = wholeMonths(born, today);
  if (months === undefined) return undefined;
  const days = Math.round((utcDay(today) - utcDay(born)) / 86_400_000);
  if (months >= 24) return age(Math.floor(months / 12), 'y', 'year');
  if (days >= 365) return age(months, 'm', 'month');
  if (days >= 28) return age(Math.floor(days / 7), 'w', 'week');
  return age(days, 'd', 'day');
}

function age(count: number, unit: string, word: string): DateText {
  return { short: `${count}${unit}`, long: `${count} ${word}${count === 1 ? '' : 's'} old` };
}

function utcDay(date: Extract<ClinicalDate, { precision: 'day' }>): number {
  return new Date(0).setUTCFullYear(date.year, date.month - 1, date.day);
}
