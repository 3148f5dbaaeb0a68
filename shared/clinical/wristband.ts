/**
 * Reads the barcode of an NHS wristband, a GS1 DataMatrix, as a scanner types it. The application identifiers are those of
 * DCB1077, "AIDC for Patient Identification": 8018 with a GS1 company prefix of 7 digits, the NHS number and a check digit; 91
 * hospital identifiers; 92 baby details; 93 family name, given name, date and time of birth. The form inside 91 to 93 was not
 * found in a public source: what they hold helps the user to compare, and identifies nobody (H3).
 */
import { parseFhirDate } from './clinical-date.ts';
import { type ForeignBarcode, foreignBarcode, hasValidGs1CheckDigit } from './gs1.ts';
import { type NhsNumber, parseNhsNumber } from './nhs-number.ts';

export interface Wristband {
  readonly nhsNumber: NhsNumber;
  /** `YYYY-MM-DD`; `undefined` where the band has no date of birth, or none that can be read beyond doubt. */
  readonly bornOn: string | undefined;
  /** As on the band, to be shown; `undefined` for anyone but a newborn. */
  readonly baby: string | undefined;
}

export type ScannedBarcode =
  | { readonly kind: 'wristband'; readonly band: Wristband }
  /** A wristband whose number is not taken. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'foreign'; readonly what: ForeignBarcode };

/** A scanner keeps FNC1 as GS, drops it, or types another sign or a word for it. */
const separator = '\u001d';
/** A sign that may stand inside a field as well counts only where a field can begin behind it. */
const typedSeparators = /\u241d|<GS>|\{GS\}|\[GS\]|\\x1d|\\u001d|[|~^#](?=\(?(?:8018|8019|9\d)|$)/gi;
const symbologyPrefix = /^\][A-Za-z]\d/;
/**
 * After 8018 and its 18 digits nothing follows in the field, or another identifier of a band. Of no other: of one digit
 * too many, such as a key that was typed twice, a check digit 9 and the 91 behind it would make a 99 that ends another
 * number (H3).
 */
const recipient = /^\(?8018\)?(\d{18})(?=$|\(|8019|9[1-3])/;
/** Two bands that were scanned one right after the other may stand without a separator between them. */
const anyRecipient = /8018\)?\d{18}/g;
/** What the longest band holds is far shorter. */
const longestCharacters = 1_000;

/** Never throws. A number comes from behind the identifier 8018 alone, with both check digits right (H3). */
export function readBarcode(scanned: string): ScannedBarcode {
  if (scanned.length > longestCharacters) return { kind: 'foreign', what: 'unknown' };
  const text = scanned.replace(symbologyPrefix, '').replace(typedSeparators, separator).trim();
  const fields = text.split(separator).filter((field) => field !== '');
  const [start, another] = fields.filter((field) => /^\(?8018/.test(field));
  if (start === undefined) return { kind: 'foreign', what: foreignBarcode(scanned, fields) };
  const digits = recipient.exec(start)?.[1];
  const isSeveral = another !== undefined || (text.match(anyRecipient) ?? []).length > 1;
  if (digits === undefined || isSeveral || !hasValidGs1CheckDigit(digits)) {
    return { kind: 'unreadable' };
  }
  const parsed = parseNhsNumber(digits.slice(7, 17));
  if (parsed.kind !== 'valid') return { kind: 'unreadable' };
  const rest = fields.flatMap((field) => splitField(field.replace(recipient, '')));
  return {
    kind: 'wristband',
    band: { nhsNumber: parsed.nhsNumber, bornOn: readBornOn(rest), baby: readBaby(rest) },
  };
}

/**
 * Without separators the fields follow each other, and only 93 and 92 have a beginning that can be told: a name, and the number
 * of babies.
 */
function splitField(field: string): readonly string[] {
  return field
    .split(/(?=\(?93\)?[^\p{L}\d]?\p{L}{2})|(?=\(?92\)?[1-9]\/[1-9])/u)
    .filter((part) => part !== '')
    .map((part) => part.replace(/^\((\d{2,4})\)/, '$1'));
}

function readBornOn(fields: readonly string[]): string | undefined {
  const dates = new Set(
    fields.filter((field) => field.startsWith('93')).flatMap((field) => datesIn(field.slice(2))),
  );
  const [only, ...others] = dates;
  return others.length === 0 ? only : undefined;
}

const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `18-Jan-1980`, `18/01/1980`, `18011980`, `1980-01-18` and `19800118`, each as `YYYY-MM-DD`. */
function datesIn(text: string): readonly string[] {
  const forms: readonly (readonly [RegExp, (match: RegExpMatchArray) => string])[] = [
    [
      /(?<!\d)(\d{2})[-/. ]?([a-z]{3})[a-z]*[-/. ]?((?:19|20)\d{2})/gi,
      ([, day, month, year]) =>
        `${year}-${String(monthNames.indexOf((month ?? '').toLowerCase()) + 1).padStart(2, '0')}-${day}`,
    ],
    [
      /(?<!\d)(\d{2})([-/.]?)(\d{2})\2((?:19|20)\d{2})(?!\d)/g,
      ([, day, , month, year]) => `${year}-${month}-${day}`,
    ],
    [
      /(?<!\d)((?:19|20)\d{2})([-/.]?)(\d{2})\2(\d{2})(?!\d)/g,
      ([, year, , month, day]) => `${year}-${month}-${day}`,
    ],
  ];
  return forms
    .flatMap(([form, order]) => Array.from(text.matchAll(form), order))
    .filter((date) => parseFhirDate(date) !== undefined);
}

/** `Baby 1 of 2, baby of TESTMOTHER Mary`, from the number of babies and the mother's names. */
function readBaby(fields: readonly string[]): string | undefined {
  const details = fields.find((field) => /^92./.test(field))?.slice(2);
  if (details === undefined) return undefined;
  const [, which, count, names = details] = /^([1-9])\/([1-9])(.*)$/s.exec(details) ?? [];
  const mother = names
    .replace(/[^\p{L}\p{M}'’-]+/gu, ' ')
    .trim()
    .slice(0, 80);
  const parts = [
    ...(which === undefined || count === undefined ? [] : [`baby ${which} of ${count}`]),
    ...(mother === '' ? [] : [`baby of ${mother}`]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}
