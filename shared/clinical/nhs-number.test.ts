import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNhsNumber, formatNhsNumberAsTyped, parseNhsNumber } from './nhs-number.ts';

describe('parseNhsNumber', () => {
  test.each([
    '9990000018',
    '999 000 0018',
    '999-000-0018',
    '999–000–0018',
    ' 999\u00a0000\u20090018 ',
    '999.000.0018',
    '\u200e9990000018\u200f',
    '９９９０００００１８',
  ])('accepts %j', (text) => {
    expect(parseNhsNumber(text)).toEqual({ kind: 'valid', nhsNumber: '9990000018' });
  });

  test.each([
    ['', 'empty'],
    ['  - ', 'empty'],
    ['999000001', 'too-short'],
    ['99900000181', 'too-long'],
    ['999000001X', 'not-digits'],
    ['9990000017', 'check-digit'],
    ['9912003890', 'check-digit'],
  ])('refuses %j as %s', (text, reason) => {
    expect(parseNhsNumber(text)).toEqual({ kind: 'invalid', reason });
  });

  test('H3: any single wrong digit is found', () => {
    fc.assert(
      fc.property(fc.nat(9), fc.integer({ min: 1, max: 9 }), (position, change) => {
        const digits = Array.from('9990000018', Number);
        digits[position] = ((digits[position] ?? 0) + change) % 10;
        expect(parseNhsNumber(digits.join(''))).toEqual({ kind: 'invalid', reason: 'check-digit' });
      }),
    );
  });

  test('never throws, and a valid number survives its own formatting', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.stringMatching(/^\d{10}$/)), (text) => {
        const parsed = parseNhsNumber(text);
        if (parsed.kind === 'valid') {
          expect(parseNhsNumber(formatNhsNumber(parsed.nhsNumber))).toEqual(parsed);
        }
      }),
    );
  });
});

test('a number is grouped as it is typed, and nothing typed is lost', () => {
  expect(formatNhsNumberAsTyped('9990')).toBe('999 0');
  expect(formatNhsNumberAsTyped('9990000018')).toBe('999 000 0018');
  expect(formatNhsNumberAsTyped('999000001x')).toBe('999000001x');
  expect(formatNhsNumberAsTyped('99900000181')).toBe('99900000181');
});
