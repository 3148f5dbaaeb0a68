/**
 * Text of a service's, made safe to show: control, line-breaking and invisible characters (among them those that turn
 * the direction of writing, which could make one number look like another) are taken out, and the length is bounded
 * with a mark where something was cut.
 */

const longest = 200;
const mark = ' … (shortened)';

const breaks = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
const invisible = /\p{Cf}/gu;
const loneSurrogates = /\p{Cs}/gu;

/** The text as shown; numbers are taken as their digits. `undefined` if there is nothing to show. */
export function sanitiseText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return undefined;
  // A text of megabytes is cut before it is cleaned: cleaning never makes it longer.
  const text = value
    .slice(0, longest * 4)
    .replace(invisible, '')
    .replace(breaks, ' ')
    .replace(loneSurrogates, '\uFFFD')
    .trim();
  if (text === '') return undefined;
  const characters = Array.from(text);
  const isCut = characters.length > longest || value.length > longest * 4;
  return isCut ? `${characters.slice(0, longest).join('').trimEnd()}${mark}` : text;
}
