import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNhsNumber } from '../testing/nhs-numbers.ts';
import { explainForeignBarcode } from './gs1.ts';
import { parseNhsNumber } from './nhs-number.ts';
import { readBarcode } from './wristband.ts';

const gs = '\u001d';

function checkDigit(digits: string): string {
  const sum = [...digits]
    .reverse()
    .reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** 8018, a prefix of 7 digits that is nobody's, the number, and the check digit. */
function recipient(nhsNumber: string, prefix = '9999999'): string {
  return `8018${prefix}${nhsNumber}${checkDigit(prefix + nhsNumber)}`;
}

const amber = recipient('9990000018');
const whole = `${amber}${gs}91RXX^123456${gs}93TESTCHILD Amber 14-Aug-2015`;

test.each([
  ['with its symbology prefix', `]d2${whole}`],
  ['without', whole],
  ['of a scanner with the capital lock on', `]D2${whole}`],
  ['with a leading FNC1', `${gs}${whole}`],
  ['without separators', whole.replaceAll(gs, '')],
  ['with another sign for the separator', whole.replaceAll('^', ' ').replaceAll(gs, '|')],
  ['with the separator in words', whole.replaceAll(gs, '<GS>')],
  ['with brackets', `(8018)${amber.slice(4)}(91)RXX123456(93)TESTCHILD Amber 14-Aug-2015`],
  ['with its fields in another order', `93TESTCHILD Amber 14-Aug-2015${gs}${amber}`],
])('a band %s', (_how, scanned) => {
  expect(readBarcode(scanned)).toEqual({
    kind: 'wristband',
    band: { nhsNumber: '9990000018', bornOn: '2015-08-14', baby: undefined },
  });
});

test.each([
  '14-Aug-2015',
  '14 AUGUST 2015',
  '14/08/2015',
  '14082015',
  '20150814',
  '2015-08-14',
  '2015-08-14 06:15',
  '14-Aug-201506:15',
])('the date of birth %s', (born) => {
  for (const lost of ['', gs]) {
    expect(readBarcode(`${amber}${lost}91RXX00012345${lost}93TESTCHILD^Amber^${born}`)).toMatchObject({
      band: { bornOn: '2015-08-14' },
    });
  }
});

describe('H3: a date of birth that is not certain is none', () => {
  test.each([
    ['none', `${amber}`],
    ['two', `${amber}${gs}93TESTCHILD 14-Aug-2015 15-Aug-2015`],
    ['a day that no month has', `${amber}${gs}93TESTCHILD 31-Feb-2015`],
    ['a year of two digits', `${amber}${gs}93TESTCHILD 14/08/15`],
    ['digits of the hospital number', `${amber}${gs}9120150814`],
  ])('%s', (_what, scanned) => {
    expect(readBarcode(scanned)).toMatchObject({ kind: 'wristband', band: { bornOn: undefined } });
  });
});

test.each([
  ['921/2TESTMOTHER^Mary', 'baby 1 of 2, baby of TESTMOTHER Mary'],
  ["922/2|O'TEST|", "baby 2 of 2, baby of O'TEST"],
  ['92TESTMOTHER', 'baby of TESTMOTHER'],
  ['92', undefined],
])('baby details: %s', (field, baby) => {
  expect(readBarcode(`${amber}${gs}${field.replaceAll('|', ' ')}${gs}93TESTBABY 14-Aug-2015`)).toMatchObject({
    band: { bornOn: '2015-08-14', baby },
  });
});

test('baby details without separators', () => {
  expect(readBarcode(`${amber}921/2TESTMOTHER Mary93TESTBABY 14-Aug-2015`)).toMatchObject({
    band: { bornOn: '2015-08-14', baby: 'baby 1 of 2, baby of TESTMOTHER Mary' },
  });
});

describe('H3: a band that may be another patient\u2019s is not taken', () => {
  test('H3: any single wrong digit of the barcode', () => {
    for (let at = 4; at < amber.length; at += 1) {
      for (let more = 1; more < 10; more += 1) {
        const wrong = amber.slice(0, at) + ((Number(amber[at]) + more) % 10) + amber.slice(at + 1);
        expect(readBarcode(wrong), wrong).toEqual({ kind: 'unreadable' });
      }
    }
  });

  test('H3: an NHS number with a wrong check digit, under a right check digit of GS1', () => {
    expect(readBarcode(recipient('9990000019'))).toEqual({ kind: 'unreadable' });
  });

  test('H3: two bands in one scan', () => {
    const other = recipient('9990000026');
    for (const several of [
      `${amber}${gs}${other}`,
      `${amber}${gs}93Amber${other}`,
      `${amber}${gs}93Amber]d2${other}`,
    ]) {
      expect(readBarcode(several), several).toEqual({ kind: 'unreadable' });
    }
  });

  test('H3: a digit too many, or one lost', () => {
    expect(readBarcode(`${amber}0`)).toEqual({ kind: 'unreadable' });
    expect(readBarcode(amber.slice(0, -1))).toEqual({ kind: 'unreadable' });
    // Without separators; of 5103088 9990000018 9 with a 5 in its number, whose first 18 digits are another patient's.
    expect(readBarcode('8018510308899590000018991RXX 123456')).toEqual({ kind: 'unreadable' });
  });
});

test.each([
  ['a medicine', `]d20105012345678900${gs}10ABC`, 'product'],
  ['a medicine without its prefix', '010501234567890017260101', 'product'],
  ['a box from a shop', '5012345678900', 'product'],
  ['a pallet', '(00)050123456789012345', 'package'],
  ['a staff badge', ']d28017999999900000000012', 'staff'],
  ['a bed', ']d24145012345000008', 'place'],
  ['a pump', ']d28004505520710125452', 'equipment'],
  ['a card of another kind', 'N1234567', 'unknown'],
  ['a web address', 'https://example.invalid/', 'unknown'],
  ['nothing', '', 'unknown'],
] as const)('%s says what it is not', (_what, scanned, what) => {
  expect(readBarcode(scanned)).toEqual({ kind: 'foreign', what });
  expect(explainForeignBarcode(what)).toMatch(/^This barcode is not an NHS wristband: /);
});

const names = fc.stringMatching(/^[A-Z][A-Za-z' -]{1,20}[a-z]$/);
const days = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

test('H3: generated bands, with kept, replaced and lost separators: the number that was put in, and no other date', () => {
  fc.assert(
    fc.property(
      anyNhsNumber,
      fc.stringMatching(/^\d{7}$/),
      fc.stringMatching(/^[A-Z0-9]{0,20}$/),
      names,
      days,
      fc.constantFrom('', gs, '|', '<GS>'),
      fc.constantFrom('', ']d2', ']C1'),
      (nhsNumber, prefix, hospital, name, born, between, symbology) => {
        const scanned = [recipient(nhsNumber, prefix), `91${hospital}`, `93${name} ${born}`].join(between);
        const barcode = readBarcode(symbology + scanned);
        expect(barcode).toMatchObject({ kind: 'wristband', band: { nhsNumber } });
        if (barcode.kind === 'wristband' && between !== '') expect(barcode.band.bornOn).toBe(born);
      },
    ),
  );
});

test('H3: whatever is scanned, nothing is thrown, and a number has both check digits behind 8018', () => {
  const pieces = fc.oneof(
    fc.string(),
    fc.constantFrom(']d2', '8018', '(8018)', gs, '91', '92', '93', amber, '9990000018', '14-Aug-2015', '1/2'),
    fc.stringMatching(/^\d{1,20}$/),
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
      const barcode = readBarcode(parts.join(''));
      if (barcode.kind !== 'wristband') return;
      const { nhsNumber } = barcode.band;
      expect(parseNhsNumber(nhsNumber)).toEqual({ kind: 'valid', nhsNumber });
      const found = Array.from(parts.join('').matchAll(/8018\)?(?=(\d{7})(\d{10})(\d))/g));
      expect(
        found.some(
          ([, prefix = '', number = '', check]) =>
            number === nhsNumber && checkDigit(prefix + number) === check,
        ),
      ).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('H3: a band that loses, doubles or swaps characters gives its own number or none', () => {
  fc.assert(
    fc.property(
      anyNhsNumber,
      fc.nat({ max: 21 }),
      fc.constantFrom('lose', 'double', 'swap'),
      (nhsNumber, at, how) => {
        const band = recipient(nhsNumber);
        const [one = '', two = ''] = [band[at], band[at + 1]];
        const slip = { lose: two, double: one + one + two, swap: two + one }[how];
        const barcode = readBarcode(band.slice(0, at) + slip + band.slice(at + 2));
        if (barcode.kind === 'wristband') expect(barcode.band.nhsNumber).toBe(nhsNumber);
      },
    ),
    { numRuns: 2_000 },
  );
});
