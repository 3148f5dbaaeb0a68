import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldWords, isWord } from './fold-name.ts';

test.each([
  ["O'Reilly", ['oreilly']],
  ['O’TÉST-Child', ['otest', 'child']],
  ['Kociński', ['kocinski']],
  ['Łukasz Bjørn Strauß', ['lukasz', 'bjorn', 'strauss']],
  ['Mary–Jane', ['mary', 'jane']],
  ['Sm*t', ['sm*t']],
  [' - ', []],
])('%s', (name, words) => {
  expect(foldWords(name)).toEqual(words);
});

test.each([
  ['sm*', 'smith', true],
  ['sm*h', 'smith', true],
  ['sm*t*', 'smythe', true],
  ['sm*', 'sm', true],
  ['sm*', 'jones', false],
  ['sm*x', 'smith', false],
  ['aa*a', 'aa', false],
  ['smith', 'smith', true],
  ['smith', 'smithers', false],
])('%s finds %s: %s', (searched, recorded, expected) => {
  expect(isWord(searched, recorded)).toBe(expected);
});

test('a wildcard means what a regular expression says', () => {
  const word = fc.stringMatching(/^[ab]{0,6}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*]{0,6}$/), word, (searched, recorded) => {
      const pattern = new RegExp(`^${searched.replaceAll('*', '.*')}$`);
      expect(isWord(searched, recorded)).toBe(pattern.test(recorded));
    }),
  );
});

test('never throws', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => void foldWords(name)));
});
