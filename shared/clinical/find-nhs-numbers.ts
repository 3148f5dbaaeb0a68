/**
 * Finds NHS numbers in any text: a patient banner, a line of a letter, a cell of a spreadsheet. Only what is written as one
 * number counts: ten digits together, or 3-3-4 with the same separator twice. Nothing is put together across a line or a
 * cell, out of a longer number, or out of digits that Unicode only makes look like these (H3).
 */
import { type NhsNumber, parseNhsNumber } from './nhs-number.ts';

export interface NumbersInText {
  /** Each once, in the order of the text. */
  readonly valid: readonly NhsNumber[];
  /** Ten digits each, whose check digit is wrong. */
  readonly invalid: readonly string[];
}

interface Token {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

/** Never throws; takes a time that grows with the length of the text alone. */
export function findNhsNumbers(text: string): NumbersInText {
  const plain = toPlainDigits(text);
  const tokens = Array.from(plain.matchAll(/\d+/g), ({ 0: digits, index }) => ({
    digits,
    start: index,
    end: index + digits.length,
  }));
  const candidates = new Set<string>();
  for (let at = 0; at < tokens.length; ) {
    const length = lengthOfGroup(plain, tokens, at);
    const group = tokens.slice(at, at + length);
    if (length > 0 && standsAlone(plain, tokens, at, length)) {
      candidates.add(group.map(({ digits }) => digits).join(''));
    }
    at += Math.max(1, length);
  }
  const valid: NhsNumber[] = [];
  const invalid: string[] = [];
  for (const digits of candidates) {
    const parsed = parseNhsNumber(digits);
    if (parsed.kind === 'valid') valid.push(parsed.nhsNumber);
    else invalid.push(digits);
  }
  return { valid, invalid };
}

/** Full-width digits are the only others that a keyboard types; invisible marks stand between digits after a paste. */
function toPlainDigits(text: string): string {
  return text
    .replace(/\p{Cf}/gu, '')
    .replace(/[\uff10-\uff19]/gu, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
}

/** How many tokens from here on have the form of an NHS number: 1, 3, or 0 for none. */
function lengthOfGroup(text: string, tokens: readonly Token[], at: number): 0 | 1 | 3 {
  const [first, second, third] = tokens.slice(at, at + 3);
  if (first?.digits.length === 10) return 1;
  if (first === undefined || second === undefined || third === undefined) return 0;
  const isThreeThreeFour = [first, second, third].map(({ digits }) => digits.length).join() === '3,3,4';
  const gaps = [text.slice(first.end, second.start), text.slice(second.end, third.start)];
  const kinds = new Set(gaps.map(kindOfSeparator));
  return isThreeThreeFour && kinds.size === 1 && !kinds.has(undefined) ? 3 : 0;
}

type Separator = 'blank' | 'dash' | 'dot';

/** A blank of any width but no tab or line break; a dash may have blanks around it. */
function kindOfSeparator(gap: string): Separator | undefined {
  if (/^\p{Zs}{1,2}$/u.test(gap)) return 'blank';
  if (/^\p{Zs}?\p{Pd}\p{Zs}?$/u.test(gap)) return 'dash';
  return gap === '.' ? 'dot' : undefined;
}

/** Not a part of a longer number, of a code with letters, or of an international phone number. */
function standsAlone(text: string, tokens: readonly Token[], at: number, length: number): boolean {
  const [before, first, last, after] = [
    tokens[at - 1],
    tokens[at],
    tokens[at + length - 1],
    tokens[at + length],
  ];
  if (first === undefined || last === undefined) return false;
  const left = text.slice(before?.end ?? 0, first.start);
  const right = text.slice(last.end, after?.start ?? text.length);
  // "NHSNo9990000018" is one word in some banners; any other letter makes it a code of another kind.
  const isAfterLabel = /(?:nhs|no|number)$/i.test(left);
  if (/[\p{L}\p{N}_]$/u.test(left) && !isAfterLabel) return false;
  if (/^[\p{L}\p{N}_]/u.test(right)) return false;
  if (/\+$/.test(left)) return false;
  return !joinsLeft(text, before, left, length) && !(after !== undefined && isTightSeparator(right));
}

/** A number directly before, with a separator between them, may be the beginning of this one. */
function joinsLeft(text: string, before: Token | undefined, gap: string, length: number): boolean {
  if (before === undefined) return false;
  if (isTightSeparator(gap)) return true;
  if (kindOfSeparator(gap) !== 'blank') return false;
  const isInternational = text[before.start - 1] === '+';
  return isInternational || (length === 3 && before.digits.length === 3);
}

/** As in 12-999-000-0018 or 1.9990000018; a comma separates two numbers. */
function isTightSeparator(gap: string): boolean {
  return /^[\p{Pd}./\\]$/u.test(gap);
}
