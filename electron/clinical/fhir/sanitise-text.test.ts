import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sanitiseText } from './sanitise-text.ts';

test.each([
  ['  Midwifery sister ', 'Midwifery sister'],
  ['two\r\nlines\tand a tab', 'two lines and a tab'],
  ['01632\u202e 960001', '01632 960001'],
  ['\u2066safe\u2069\u200b\u00ad', 'safe'],
  ['bell\u0007', 'bell'],
  ['broken \ud800', 'broken \uFFFD'],
  ['Żółć O’Test', 'Żółć O’Test'],
  [17, '17'],
  [' \u200b ', undefined],
  ['', undefined],
  [null, undefined],
  [{}, undefined],
])('%j shows as %j', (given, shown) => {
  expect(sanitiseText(given)).toBe(shown);
});

test('a long text is cut where it can be seen, and never within a character', () => {
  const shown = sanitiseText('😀'.repeat(5_000));
  expect(shown).toBe(`${'😀'.repeat(200)} … (shortened)`);
  expect(sanitiseText('x'.repeat(200))).toBe('x'.repeat(200));
  expect(sanitiseText('x'.repeat(201))).toMatch(/ … \(shortened\)$/);
});

test('nothing that controls a screen or turns the direction of writing is left', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (given) => {
      const shown = sanitiseText(given);
      if (shown === undefined) return;
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(Array.from(shown).length).toBeLessThanOrEqual(220);
    }),
  );
});
