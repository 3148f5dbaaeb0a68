/**
 * Makes the text of a service safe to show: removes control, line-breaking and invisible characters, among them those
 * that reverse the direction of writing and could make one number look like another, and limits the length with a mark
 * where text was cut.
 */

const longestCharacters = 200;
const mark = ' … (shortened)';

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const invisible = /\p{Cf}/gu;
const loneSurrogates = /\p{Cs}/gu;

/** Returns the text to show; a whole number becomes its digits. `undefined` if nothing can be shown. */
export function sanitiseText(value: unknown): string | undefined {
  if (typeof value === 'number') return digitsOf(value);
  if (typeof value !== 'string') return undefined;
  // A text of megabytes is cut before it is cleaned: cleaning never makes it longer.
  const text = value
    .slice(0, longestCharacters * 4)
    .replace(invisible, '')
    .replace(breaks, ' ')
    .replace(loneSurrogates, '\uFFFD')
    .trim();
  if (text === '') return undefined;
  const characters = Array.from(text);
  const isCut = characters.length > longestCharacters || value.length > longestCharacters * 4;
  return isCut ? `${characters.slice(0, longestCharacters).join('').trimEnd()}${mark}` : text;
}

/** Of a whole number; `undefined` for any other, which may have lost digits. */
export function digitsOf(value: number): string | undefined {
  return Number.isSafeInteger(value) ? String(value) : undefined;
}
