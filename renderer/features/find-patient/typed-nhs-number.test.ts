import { expect, test } from 'vitest';
import { reformatNhsNumber } from './typed-nhs-number.ts';

/** The caret is written as `|`. */
function retyped(withCaret: string, direction: 'forwards' | 'other' = 'other'): string {
  const caret = withCaret.indexOf('|');
  const result = reformatNhsNumber({ text: withCaret.replace('|', ''), caret }, direction);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
}

test.each([
  ['999|', '999|'],
  ['9990|', '999 0|'],
  ['9990000018|', '999 000 0018|'],
  // A digit put into the middle stays before the caret.
  ['9919 000 001|', '991 900 0001|'],
  ['991|9 000 001', '991| 900 0001'],
  ['9991| 000 018', '999 1|00 0018'],
  // A paste with other separators.
  ['999-000-0018|', '999 000 0018|'],
  [' 999.000.0018|', '999 000 0018|'],
  ['|999-000-0018', '|999 000 0018'],
  // Digits of another width.
  ['９９９００|', '999 00|'],
])('%s becomes %s', (typed, expected) => {
  expect(retyped(typed)).toBe(expected);
});

test('what is not a number yet is left as it was typed', () => {
  expect(retyped('NHS 999|')).toBe('NHS 999|');
  expect(retyped('999 000 00181|')).toBe('999 000 00181|');
});

test('deleting the space forwards steps over it, so that the next digit can be reached', () => {
  expect(retyped('999|000 0018', 'forwards')).toBe('999 |000 0018');
  expect(retyped('999|000 0018', 'other')).toBe('999| 000 0018');
});
