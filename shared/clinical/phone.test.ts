import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatPhone } from './phone.ts';

describe('phone numbers', () => {
  test.each([
    ['02079460123', '020 7946 0123'],
    ['020 7946 0123', '020 7946 0123'],
    ['+44 20 7946 0123', '020 7946 0123'],
    ['+44 (0)20 7946 0123', '020 7946 0123'],
    ['0044 20 7946 0123', '020 7946 0123'],
    ['(0118) 496-0123', '0118 496 0123'],
    ['01214960123', '0121 496 0123'],
    ['01632960001', '01632 960001'],
    ['01697712345', '016977 12345'],
    ['07700900123', '07700 900123'],
    ['03069990123', '0306 999 0123'],
    ['0800123456', '0800 123456'],
    ['08081570123', '0808 157 0123'],
  ])('%j shows as %j', (given, text) => {
    expect(formatPhone(given)).toEqual({ text, copy: text.replaceAll(' ', ''), looksIncomplete: false });
  });

  test.each([
    // The guide's own samples, one digit short of a London and a mobile number.
    '0207527200',
    '0734577777',
    '0163296000',
    '+1 212 555 2368',
    '020 7946 0123 ext 4',
    '01632 960001 (ask for the duty worker)',
    '999',
    '960001',
    'Not known',
    '',
    '0016 32960001',
  ])('H7: %j is not understood and is shown exactly as given', (given) => {
    expect(formatPhone(given)).toMatchObject({ text: given, copy: given });
  });

  test.each([
    ['0207527200', true],
    ['0734577777', true],
    ['0163296000', true],
    ['+44 20 7946 012', true],
    ['960001', true],
    ['1632960001', true],
    ['7946 0102', true],
    ['020 7946 0102', false],
    ['0800 123456', false],
    ['999', false],
    ['111', false],
    ['+1 212 555 2368', false],
    ['020 7946 0123 ext 4', false],
    ['Not known', false],
    ['', false],
  ])('H7: whether %j looks incomplete: %s', (given, incomplete) => {
    expect(formatPhone(given).looksIncomplete).toBe(incomplete);
  });

  test('H7: no digit of a number is ever lost, changed or moved', () => {
    const digitsOf = (text: string) => text.replace(/^(\+|00)44/, '0').replace(/\D/g, '');
    fc.assert(
      fc.property(fc.stringMatching(/^(0|\+44)[1-9]\d{6,11}$/), (given) => {
        const { text, copy } = formatPhone(given);
        expect(digitsOf(text)).toBe(digitsOf(given));
        expect(digitsOf(copy ?? '')).toBe(digitsOf(given));
      }),
    );
  });
});
