/**
 * A clinic list: lines of NHS number and date of birth, pasted or from a text or CSV file. Every line with content is either a
 * patient or a problem in words; none is left out. Every digit of a patient's line belongs to its one NHS number or its one date
 * of birth, so that no other number can be taken for either (H3).
 */
import { compareWithDay, parseFhirDate, type ukDate } from './clinical-date.ts';
import { findNhsNumbers } from './find-nhs-numbers.ts';
import { explainInvalidNhsNumber, formatNhsNumber, type NhsNumber } from './nhs-number.ts';

export type ClinicListLine =
  | {
      readonly kind: 'patient';
      /** The number of the line in the text, from 1. */
      readonly line: number;
      readonly nhsNumber: NhsNumber;
      /** `YYYY-MM-DD` */
      readonly bornOn: string;
    }
  | {
      readonly kind: 'problem';
      readonly line: number;
      /** The line itself, so that the user finds it again. */
      readonly text: string;
      readonly problem: string;
    };

export type ReadClinicList =
  | { readonly kind: 'read'; readonly lines: readonly ClinicListLine[] }
  /** Nothing of it can be checked. */
  | { readonly kind: 'refused'; readonly problem: string };

/** The most lines that are checked at once. */
export const mostClinicListLines = 60;
/** Some 300 characters a line: far more than a number, a date and a name. */
export const longestClinicList = 20_000;

type Day = ReturnType<typeof ukDate>;

/** Never throws. `today`, the date of the United Kingdom, is the latest date of birth. */
export function readClinicList(text: string, today: Day): ReadClinicList {
  if (text.length > longestClinicList) {
    return refused(`The list is too long: enter at most ${mostClinicListLines} lines`);
  }
  const filled = text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((content, index) => ({ line: index + 1, text: content.trim() }))
    .filter((each) => /[\p{L}\p{N}]/u.test(each.text));
  const [first, ...rest] = filled;
  const counted = first !== undefined && isHeading(first.text) ? rest : filled;
  const excess = counted.length - mostClinicListLines;
  if (counted.length === 0) return refused('Enter an NHS number and a date of birth on each line');
  if (excess > 0) {
    return refused(
      `The list has ${counted.length} lines. Enter at most ${mostClinicListLines}: remove ${excess === 1 ? '1 line' : `${excess} lines`}, and check them afterwards`,
    );
  }
  const lineOf = new Map<NhsNumber, number>();
  const lines = counted.map((each): ClinicListLine => {
    const { line } = each;
    const read = readLine(each.text, today);
    if (typeof read === 'string') return { kind: 'problem', ...each, problem: read };
    const earlier = lineOf.get(read.nhsNumber);
    if (earlier !== undefined) {
      const problem = `The NHS number ${formatNhsNumber(read.nhsNumber)} is on line ${earlier} too: check which line is right`;
      return { kind: 'problem', ...each, problem };
    }
    lineOf.set(read.nhsNumber, line);
    return { kind: 'patient', line, ...read };
  });
  return { kind: 'read', lines };
}

function refused(problem: string): ReadClinicList {
  return { kind: 'refused', problem };
}

/**
 * The first line of a CSV file: it names both columns and has no digit. A line about a patient may have one of the
 * words: Dobson.
 */
function isHeading(text: string): boolean {
  return /nhs/i.test(text) && /birth|(?<![a-z])dob(?![a-z])/i.test(text) && !/\p{N}/u.test(text);
}

/** `14/08/2015`, `14-Aug-2015`, `14 August 2015` (day first, as in the UK), and `2015-08-14`. */
const dates =
  /(?<![\p{L}\p{N}/.-])(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{2,4})|(\d{1,2})[ -]?([A-Za-z]{3,9})[ -]?(\d{2,4})|(\d{4})-(\d{2})-(\d{2}))(?![\p{L}\p{N}/.-])/gu;

/** The patient, or what is wrong with the line, in words. */
function readLine(
  text: string,
  today: Day,
): { readonly nhsNumber: NhsNumber; readonly bornOn: string } | string {
  const found = [...text.matchAll(dates)];
  const [date] = found;
  // A tab joins no digits to a number.
  const rest = text.replace(dates, '\t');
  const { valid, invalid } = findNhsNumbers(rest);
  const [nhsNumber] = valid;
  if (valid.length + invalid.length > 1) return 'The line has more than one NHS number';
  if (invalid.length > 0) return explainInvalidNhsNumber('check-digit');
  if (nhsNumber === undefined) return 'The line has no NHS number of 10 digits';
  if (date === undefined) return 'The line has no whole date of birth, such as 14/08/2015';
  if (found.length > 1) return 'The line has more than one date: leave the date of birth alone';
  // Unfolded first: Unicode has signs, such as that of a day of a month, that hold digits.
  if ((rest.normalize('NFKC').match(/\p{N}/gu) ?? []).length !== nhsNumber.length) {
    return 'The line has other numbers beside the NHS number and the date of birth';
  }
  const bornOn = isoDate(date);
  if (bornOn === undefined) return 'The year of birth must have 4 digits';
  const parsed = parseFhirDate(bornOn);
  if (parsed === undefined) return 'The date of birth must be a real date';
  if (compareWithDay(parsed, today) === 'after') return 'The date of birth must be today or in the past';
  return { nhsNumber, bornOn };
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
const monthNames =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/i;

/**
 * `undefined` for a year of two or three digits, whose century is not known. A month that is none gives no date of a
 * calendar.
 */
function isoDate(match: RegExpMatchArray): string | undefined {
  const [, day, , month, year, namedDay, name = '', namedYear, isoYear, isoMonth, isoDay] = match;
  if (isoYear !== undefined) return [isoYear, isoMonth, isoDay].join('-');
  if (year !== undefined) return iso(year, month, day);
  const named = monthNames.test(name) ? months.findIndex((each) => name.toLowerCase().startsWith(each)) : -1;
  return iso(namedYear, String(named + 1), namedDay);
}

function iso(year = '', month = '', day = ''): string | undefined {
  return year.length === 4 ? [year, month.padStart(2, '0'), day.padStart(2, '0')].join('-') : undefined;
}
