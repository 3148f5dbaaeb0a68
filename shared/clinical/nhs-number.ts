/**
 * NHS numbers: ten digits whose last is a Modulus 11 check digit.
 * Source: NHS Data Dictionary, "NHS Number"; display 3-3-4 from the NHS Common User Interface standard
 * and the NHS digital service manual ("NHS numbers" pattern).
 */

declare const nhsNumberBrand: unique symbol;

/** Ten digits, no separators, check digit verified. Only `parseNhsNumber` makes one. */
export type NhsNumber = string & { readonly [nhsNumberBrand]: true };

export type NhsNumberParse =
  | { readonly kind: 'valid'; readonly nhsNumber: NhsNumber }
  | {
      readonly kind: 'invalid';
      readonly reason: 'empty' | 'not-digits' | 'too-short' | 'too-long' | 'check-digit';
    };

/** Spaces (of any width), dashes (of any length), dots, slashes and the invisible marks that a paste brings. */
const separators = /[\s\p{Zs}\p{Pd}\p{Cf}./_]/gu;

const tenDigits = /^\d{10}$/;

/** Removes what people and other systems put between the digits. */
function stripSeparators(text: string): string {
  return text.normalize('NFKC').replace(separators, '');
}

function hasValidCheckDigit(tenDigitsText: string): boolean {
  const digits = Array.from(tenDigitsText, Number);
  const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (10 - index), 0);
  const remainder = 11 - (sum % 11);
  // 11 means a check digit of 0; 10 can never match a single digit, so such numbers are never issued.
  return (remainder === 11 ? 0 : remainder) === digits[9];
}

function isNhsNumber(text: string): text is NhsNumber {
  return tenDigits.test(text) && hasValidCheckDigit(text);
}

/** Reads an NHS number as typed, pasted or received; separators are accepted anywhere. Never throws. */
export function parseNhsNumber(text: string): NhsNumberParse {
  const digits = stripSeparators(text);
  if (digits === '') return { kind: 'invalid', reason: 'empty' };
  if (!/^\d+$/.test(digits)) return { kind: 'invalid', reason: 'not-digits' };
  if (digits.length < 10) return { kind: 'invalid', reason: 'too-short' };
  if (digits.length > 10) return { kind: 'invalid', reason: 'too-long' };
  return isNhsNumber(digits)
    ? { kind: 'valid', nhsNumber: digits }
    : { kind: 'invalid', reason: 'check-digit' };
}

/** "9990000018" as "999 000 0018". */
export function formatNhsNumber(nhsNumber: NhsNumber): string {
  return groupThreeThreeFour(nhsNumber);
}

/**
 * What a field shows while a number is being typed: digits in groups of 3-3-4. Text with anything but digits
 * and separators is returned as it came, so that nothing the user typed is lost.
 */
export function formatNhsNumberAsTyped(text: string): string {
  const digits = stripSeparators(text);
  return /^\d{0,10}$/.test(digits) ? groupThreeThreeFour(digits) : text;
}

function groupThreeThreeFour(digits: string): string {
  return [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)].filter((group) => group !== '').join(' ');
}

/** The sentence a field shows for a number that does not pass. */
export function explainInvalidNhsNumber(
  reason: Extract<NhsNumberParse, { kind: 'invalid' }>['reason'],
): string {
  switch (reason) {
    case 'empty':
      return 'Enter an NHS number';
    case 'not-digits':
      return 'The NHS number must be made of digits only';
    case 'too-short':
      return 'The NHS number is too short: it has 10 digits';
    case 'too-long':
      return 'The NHS number is too long: it has 10 digits';
    case 'check-digit':
      return 'This is not a valid NHS number: check each digit';
  }
}
