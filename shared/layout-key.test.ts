import { expect, test } from 'vitest';
import { latinKey } from './layout-key.ts';

test.each([
  ['QWERTY', 'l', 'KeyL', 'l'],
  ['caps lock', 'L', 'KeyL', 'l'],
  ['Cyrillic', 'д', 'KeyL', 'l'],
  ['Cyrillic', 'з', 'KeyP', 'p'],
  ['Greek', 'λ', 'KeyL', 'l'],
  ['Hebrew', 'ך', 'KeyL', 'l'],
  ['Arabic, where one key writes two letters', 'لا', 'KeyB', 'b'],
  ['a key of an input method', 'Process', 'KeyP', 'p'],
  ['a dead key', 'Dead', 'KeyL', 'l'],
  ['Dvorak: the key where QWERTY has P writes l', 'l', 'KeyP', 'l'],
  ['Dvorak: p is where QWERTY has R', 'p', 'KeyR', 'p'],
  ['Colemak: the key where QWERTY has P writes a sign', ';', 'KeyP', ';'],
  ['a Latin letter that is no shortcut', 'ö', 'KeyL', 'ö'],
  ['AZERTY: zero without Shift', 'à', 'Digit0', '0'],
  ['AZERTY: minus is where QWERTY has 6', '-', 'Digit6', '-'],
  ['Arabic-Indic zero', '٠', 'Digit0', '0'],
  ['Thai: minus', 'ข', 'Minus', '-'],
  ['German: no minus where QWERTY has it', 'ß', 'Minus', 'ß'],
  ['a named key', 'F1', 'F1', 'F1'],
  ['the number pad', '+', 'NumpadAdd', '+'],
])('H14: %s: %s at %s is %s', (_layout, key, code, latin) => {
  expect(latinKey({ key, code })).toBe(latin);
});
