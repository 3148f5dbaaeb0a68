import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNhsNumbers } from './find-nhs-numbers.ts';
import { formatNhsNumber, type NhsNumber, parseNhsNumber } from './nhs-number.ts';

const valid = (text: string) => findNhsNumbers(text).valid;

describe('the one number in whatever was pasted', () => {
  test.each([
    '9990000018',
    'NHS No: 999 000 0018 (verified)',
    'NHSNo9990000018',
    'TESTCHILD, Amber (Miss)  Born 14-Aug-2015 (11y)  Gender Female  NHS No. 999 000 0018',
    'Born 14/08/2015 999 000 0018 Ward 7',
    '[999 000 0018]',
    '"999 000 0018", "TESTCHILD"',
    '‘999-000-0018’,',
    '999 – 000 – 0018',
    '999.000.0018.',
    '999\u00a0000\u00a00018',
    '\u202f999\u2009000\u20090018\u200b',
    '９９９　０００　００１８',
    '\u200e9990000018\u200f',
    'Tel 01632 960900\nNHS 9990000018\nHosp. 1234567',
    'Tel 020 7946 0101, NHS number 999 000 0018',
    '9990000018\t14/08/2015\tTESTCHILD',
    '9990000018, 999 000 0018',
    'Bed 4: 9990000018; 1st visit',
  ])('%j', (text) => {
    expect(valid(text)).toEqual(['9990000018']);
  });
});

test.each([
  'NHS 999 000 0018 and 999 000 0026',
  '9990000018,9990000026',
  '999 000 0018 999 000 0026',
  '9990000018\r\n9990000026',
])('two different numbers are both given, in their order: %j', (text) => {
  expect(valid(text)).toEqual(['9990000018', '9990000026']);
});

test.each([
  ['a number across two lines', '99900\n00018'],
  ['groups across lines', '999\n000\n0018'],
  ['groups across cells', '999\t000\t0018'],
  ['two kinds of separator', '999 000-0018'],
  ['a part of a longer number', '19990000018'],
  ['a longer number in groups', '123-999-000-0018'],
  ['a decimal', '1.9990000018'],
  ['a longer number in blanks', '123 999 000 0018'],
  ['a code with letters', 'RX9990000018'],
  ['a code that ends with a letter', '9990000018X'],
  ['an international phone number', '+44 999 000 0018'],
  ['the same, together', '+9990000018'],
  ['a raised digit', '999000001\u2078'],
  ['digits in circles', '\u2468990000018'],
  ['nothing', ''],
])('H3: %s is no number: %j', (_name, text) => {
  expect(findNhsNumbers(text)).toEqual({ valid: [], invalid: [] });
});

test('H3: ten digits whose check digit is wrong are not valid, and are not mended', () => {
  expect(findNhsNumbers('NHS No 999 000 0019')).toEqual({ valid: [], invalid: ['9990000019'] });
});

describe('H3: in any text', () => {
  const number = fc
    .tuple(fc.constantFrom('9990000018', '9990000026', '9990000034', '4505577104', '9876543210'))
    .map(([digits]) => {
      const parsed = parseNhsNumber(digits);
      if (parsed.kind === 'invalid') throw new Error(digits);
      return parsed.nhsNumber;
    });
  const written = (nhsNumber: NhsNumber) => {
    const grouped = formatNhsNumber(nhsNumber);
    return fc.constantFrom(
      nhsNumber,
      grouped,
      grouped.replaceAll(' ', '-'),
      grouped.replaceAll(' ', '\u00a0'),
    );
  };
  /** Words and punctuation as letters and banners have them, without a digit. */
  const words = fc.stringMatching(/^[a-z ,;:()"'[\]\n\t]{0,30}$/).map((text) => `${text} `);

  test('a number between words is found, and no other', () => {
    fc.assert(
      fc.property(
        number.chain((one) => fc.tuple(fc.constant(one), written(one))),
        words,
        words,
        ([one, text], before, after) => {
          expect(valid(`${before}${text} ${after}`)).toEqual([one]);
        },
      ),
    );
  });

  test('several between words are all found', () => {
    const several = fc.array(
      number.chain((one) => fc.tuple(fc.constant(one), written(one), words)),
      { minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(several, (numbers) => {
        const text = numbers.map(([, one, word]) => `${one} ${word}`).join(', ');
        expect(valid(text)).toEqual([...new Set(numbers.map(([one]) => one))]);
      }),
    );
  });

  test('whatever it holds: never a throw, and never digits that do not stand together on one line', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.stringMatching(/^[0-9 .\-+\n\ta]{0,60}$/),
      fc
        .array(fc.constantFrom('999', '000', '0018', '9990000018', ' ', '-', '\n', '+', '1', 'x'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const { valid: found, invalid } = findNhsNumbers(text);
        const lines = text
          .replace(/\p{Cf}/gu, '')
          .replace(/[\uff10-\uff19]/gu, (digit) => digit.normalize('NFKC'))
          .split(/[\n\t]/)
          .map((line) => line.replace(/[\p{Zs}\p{Pd}.]/gu, ''));
        for (const one of [...found, ...invalid]) expect(lines.some((line) => line.includes(one))).toBe(true);
        for (const one of found) expect(parseNhsNumber(one).kind).toBe('valid');
      }),
      { numRuns: 2_000 },
    );
  });

  test('a text of a million characters is read in a moment', () => {
    expect(valid(`${'12 34-56. '.repeat(100_000)} NHS 999 000 0018`)).toEqual(['9990000018']);
  });
});
