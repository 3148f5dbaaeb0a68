import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import { readPastedText } from './pasted-text.ts';

test.each([
  ['NHS No: 999 000 0018 (verified)', { kind: 'number', digits: '9990000018', beside: 'nothing' }],
  ['99 90 00 00 18', { kind: 'number', digits: '9990000018', beside: 'nothing' }],
  ['999/000/0018', { kind: 'number', digits: '9990000018', beside: 'nothing' }],
  ['９９９０００００１８\r\n', { kind: 'number', digits: '9990000018', beside: 'nothing' }],
  ['NHS No 999 000 0019', { kind: 'number', digits: '9990000019', beside: 'nothing' }],
  [
    '9990000018 or 9990000026',
    { kind: 'several', nhsNumbers: ['9990000018', '9990000026'], beside: 'nothing' },
  ],
  ['999 00', { kind: 'part' }],
  ['99900000181', { kind: 'part' }],
  ['', { kind: 'part' }],
  ['TESTCHILD, Amber', { kind: 'none' }],
  ['9990000019, 9990000027', { kind: 'none' }],
  // The field would join the lines to a valid number.
  ['99900\n00018', { kind: 'none' }],
  ['999\t000\t0018', { kind: 'none' }],
])('%j', (text, expected) => {
  expect(readPastedText(text)).toEqual(expected);
});

test('H3: an invalid number beside valid ones is given as such', () => {
  expect(readPastedText('Child 9990000019, mother 9990000034')).toEqual({
    kind: 'number',
    digits: '9990000034',
    beside: 'invalid',
  });
  expect(readPastedText('9990000018, 9990000019, 9990000026')).toMatchObject({
    kind: 'several',
    beside: 'invalid',
  });
});

test('H3: no text makes it throw, and what it gives is valid or said to be wrong by its check digit', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^[0-9 .\-/\n\tNHSo:]{0,60}$/));
  fc.assert(
    fc.property(text, (pasted) => {
      const read = readPastedText(pasted);
      if (read.kind === 'number') {
        const parsed = parseNhsNumber(read.digits);
        expect(parsed.kind === 'valid' || parsed.reason === 'check-digit').toBe(true);
      }
      if (read.kind === 'several') expect(new Set(read.nhsNumbers).size).toBeGreaterThan(1);
    }),
    { numRuns: 2_000 },
  );
});
