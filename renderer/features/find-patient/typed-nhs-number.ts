/** Reformats an NHS number while it is typed, with the caret after the same digit as before. */
import { formatNhsNumberAsTyped } from '../../../shared/clinical/nhs-number.ts';

export interface TypedText {
  readonly text: string;
  readonly caret: number;
}

/** `direction` is that of a deletion: after a forward one the caret must step over the space, or it never passes it. */
export function reformatNhsNumber(typed: TypedText, direction: 'forwards' | 'other'): TypedText {
  const text = formatNhsNumberAsTyped(typed.text);
  if (text === typed.text) return typed;
  const digitsBefore = countDigits(typed.text.slice(0, typed.caret));
  const caret = indexAfterDigit(text, digitsBefore);
  return { text, caret: direction === 'forwards' && text[caret] === ' ' ? caret + 1 : caret };
}

function countDigits(text: string): number {
  return text.match(/\p{Nd}/gu)?.length ?? 0;
}

function indexAfterDigit(text: string, count: number): number {
  let seen = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (seen === count) return index;
    if (text[index] !== ' ') seen += 1;
  }
  return text.length;
}
