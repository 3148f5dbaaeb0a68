import { expect, test } from 'vitest';
import { soundex } from './soundex.ts';

test.each([
  ['Smith', 'S530'],
  ['Smythe', 'S530'],
  ['Ashcraft', 'A261'],
  ['Tymczak', 'T522'],
  ['Pfister', 'P236'],
  ['Kociński', 'K252'],
  ["O'Reilly", 'O640'],
  ['Lee', 'L000'],
  ['*', ''],
])('%s is %s', (name, code) => {
  expect(soundex(name)).toBe(code);
});
