import { findNhsNumbers } from '../../../shared/clinical/find-nhs-numbers.ts';
import { type NhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';

export type PastedText =
  /** The field holds this number afterwards, valid or not. */
  | { readonly kind: 'number'; readonly digits: string; readonly beside: Beside }
  /** None is guessed: the user chooses. */
  | { readonly kind: 'several'; readonly nhsNumbers: readonly NhsNumber[]; readonly beside: Beside }
  /** Digits and separators: goes in where the caret is. */
  | { readonly kind: 'part' }
  | { readonly kind: 'none' };

/** Whether ten digits beside valid numbers are not one: they may be the patient's, mistyped, and the others a parent's (H3). */
type Beside = 'invalid' | 'nothing';

/** On one line: a number across two lines may be two numbers. */
const digitsAndSeparators = /^[\d\uff10-\uff19\p{Zs}\p{Pd}\p{Cf}./_]*$/u;

/** What the field "NHS number" does with a text that the user pastes. */
export function readPastedText(text: string): PastedText {
  const isPart = digitsAndSeparators.test(text.trim());
  const whole = parseNhsNumber(text);
  if (isPart && whole.kind === 'valid') return { kind: 'number', digits: whole.nhsNumber, beside: 'nothing' };
  const { valid, invalid } = findNhsNumbers(text);
  const [first, ...others] = valid.length > 0 ? valid : invalid;
  if (first === undefined) return { kind: isPart ? 'part' : 'none' };
  const beside = valid.length > 0 && invalid.length > 0 ? 'invalid' : 'nothing';
  if (others.length === 0) return { kind: 'number', digits: first, beside };
  return valid.length > 0 ? { kind: 'several', nhsNumbers: valid, beside } : { kind: 'none' };
}
