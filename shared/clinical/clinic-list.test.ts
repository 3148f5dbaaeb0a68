import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyNhsNumber } from '../testing/nhs-numbers.ts';
import { longestClinicList, mostClinicListLines, readClinicList } from './clinic-list.ts';

const today = { precision: 'day', year: 2026, month: 11, day: 27 } as const;
const read = (text: string) => {
  const list = readClinicList(text, today);
  return list.kind === 'read' ? list.lines : list.problem;
};
const child = { kind: 'patient', line: 1, nhsNumber: '9990000018', bornOn: '2015-08-14' };

test.each([
  '9990000018 14/08/2015',
  '999 000 0018, 14-08-2015',
  '999-000-0018;14.8.2015',
  '14-Aug-2015\t999 000 0018',
  '"999 000 0018","14 August 2015"',
  'TESTCHILD, Amber (Miss), 14 Aug 2015, NHS 9990000018',
  '2015-08-14,9990000018',
])('reads a number and a date in the forms that lists have: %s', (line) => {
  expect(read(line)).toEqual([child]);
});

test('keeps the numbers of the lines, and leaves out empty ones and the heading of a file', () => {
  expect(read('NHS number,Date of birth\r\n\r\n9990000018,14/08/2015\r\n,,\r\n')).toEqual([
    { ...child, line: 3 },
  ]);
});

test.each(['DOBSON, Amber', 'TESTCHILD, Amber, no NHS number', 'DOBSON, Amber: NHS number not known'])(
  'H22: a first line about a patient is not the heading of a file: %s',
  (line) => {
    expect(read(`${line}\n9990000018 14/08/2015`)).toEqual([
      { kind: 'problem', line: 1, text: line, problem: expect.stringContaining('no NHS number') },
      { ...child, line: 2 },
    ]);
  },
);

test.each([
  ['9990000019 14/08/2015', 'not a valid NHS number'],
  ['999000001 14/08/2015', 'no NHS number'],
  ['9.99E+09,14/08/2015', 'no NHS number'],
  ['TESTCHILD, Amber', 'no NHS number'],
  ['9990000018', 'no whole date of birth'],
  ['9990000018 08/2015', 'no whole date of birth'],
  ['9990000018 14/08/15', 'must have 4 digits'],
  ['9990000018 14-Aux-2015', 'must be a real date'],
  ['9990000018 31/02/2015', 'must be a real date'],
  ['9990000018 08/14/2015', 'must be a real date'],
  ['9990000018 28/11/2026', 'in the past'],
  ['9990000018 9990000026 14/08/2015', 'more than one NHS number'],
  ['9990000018 14/08/2015 15/08/2015', 'more than one date'],
  ['09:30, 9990000018, 14/08/2015', 'other numbers'],
  ['9990000018 14/08/2015 ٣', 'other numbers'],
  ['14/08/2015㏠9990000018', 'other numbers'],
  ['999 000 14/08/2015 0018', 'no NHS number'],
])('H3, H22: names what is wrong with a line, and keeps the line: %s', (line, problem) => {
  expect(read(`\n${line}`)).toEqual([
    { kind: 'problem', line: 2, text: line, problem: expect.stringContaining(problem) },
  ]);
});

test('H3, H22: the same number again may be a slip of either line', () => {
  expect(read('9990000018 14/08/2015\n999 000 0018 15/08/2015')).toMatchObject([
    child,
    { kind: 'problem', problem: expect.stringContaining('is on line 1 too') },
  ]);
});

describe('H22: refuses in words', () => {
  test('a list without a line', () => expect(read(' \n,;\n')).toContain('Enter an NHS number'));
  test('more lines than it checks at once, of which none is dropped', () => {
    const lines = (count: number) => '9990000018 14/08/2015\n'.repeat(count);
    expect(read(lines(mostClinicListLines))).toHaveLength(mostClinicListLines);
    expect(read(lines(mostClinicListLines + 1))).toContain('61 lines. Enter at most 60: remove 1 line,');
  });
  test('more text than a list has', () =>
    expect(read('x'.repeat(longestClinicList + 1))).toContain('too long'));
});

test('H3, H22: never throws, loses no line, and gives no number or date that the line does not have as one', () => {
  const piece = fc.oneof(
    anyNhsNumber,
    fc.constantFrom('14/08/2015', '2015-08-14', '14 Aug 2015', '999', '000', '0018', '08/2015', '3'),
    fc.constantFrom(' ', ',', '\t', '-', '/', '.', '"', 'A', '\u200b', '４'),
    fc.string({ unit: 'grapheme', maxLength: 4 }),
  );
  const anyLine = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 5 }), (written) => {
      const text = written.join('\n');
      const list = readClinicList(text, today);
      if (list.kind === 'refused') return;
      const lines = text.split(/\r\n|[\n\r\u2028\u2029]/);
      const filled = lines.filter((line) => /[\p{L}\p{N}]/u.test(line)).length;
      expect([filled, filled - 1]).toContain(list.lines.length);
      for (const line of list.lines) {
        const source = lines[line.line - 1] ?? '';
        if (line.kind === 'problem') {
          expect(line.text).toBe(source.trim());
          continue;
        }
        // Every digit of the line is one of the number or of the date, in the line's order.
        const digits = source.normalize('NFKC').replaceAll(/[^\d]/g, '');
        const [year = '', month = '', day = ''] = line.bornOn.split('-');
        const inOrder = (order: string) =>
          digits === `${line.nhsNumber}${order}` || digits === `${order}${line.nhsNumber}`;
        const short = String(Number(day));
        const orders = [
          `${year}${month}${day}`,
          ...[day, short].flatMap((each) => [
            `${each}${month}${year}`,
            `${each}${Number(month)}${year}`,
            `${each}${year}`,
          ]),
        ];
        expect(orders.some(inOrder)).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

test('reads back every number and date that is written as one', () => {
  const birthdays = fc
    .date({
      min: new Date('1900-01-01T00:00:00Z'),
      max: new Date('2026-11-26T00:00:00Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString().slice(0, 10));
  fc.assert(
    fc.property(anyNhsNumber, birthdays, fc.boolean(), (nhsNumber, bornOn, dayFirst) => {
      const written = dayFirst ? bornOn.split('-').toReversed().join('/') : bornOn;
      expect(read(`${nhsNumber}, ${written}`)).toEqual([{ kind: 'patient', line: 1, nhsNumber, bornOn }]);
    }),
  );
});
