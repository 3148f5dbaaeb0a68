import { expect, test } from 'vitest';
import { readRows } from './read-rows.ts';

const control = 'Each question says its consequence';
const inFile = '  in renderer/question.tsx';
const shownBy = '  shown by renderer/question.test.tsx: H4: says: its consequence';

const read = (...lines: readonly string[]) => readRows('H4', `${[control, ...lines].join('\n')}\n`);

test('lines that are taken out and put in keep their blanks, and an empty one is a line', () => {
  expect(read(inFile, '  -   first', '  -', '  - last', '  + instead', shownBy)).toEqual([
    {
      hazard: 'H4',
      control,
      file: 'renderer/question.tsx',
      find: '  first\n\nlast',
      replace: 'instead',
      testFile: 'renderer/question.test.tsx',
      test: 'H4: says: its consequence',
    },
  ]);
});

test('a row that is not switched off says why, with a test or without', () => {
  const row = { hazard: 'H4', control, file: 'renderer/question.tsx', why: 'several lines hold it' };
  const why = '  not switched off: several lines hold it';
  expect(read(inFile, why)).toEqual([row]);
  expect(read(inFile, shownBy, why)).toEqual([
    { ...row, testFile: 'renderer/question.test.tsx', test: 'H4: says: its consequence' },
  ]);
});

test.each([
  ['a line without a mark', [inFile, '  - text', 'more text', shownBy]],
  ['no file', ['  - text', shownBy]],
  ['nothing that is taken out', [inFile, shownBy]],
  ['no test', [inFile, '  - text']],
  ['a test without its file', [inFile, '  - text', '  shown by a test']],
  ['two files', [inFile, inFile, '  - text', shownBy]],
  ['two tests', [inFile, '  - text', shownBy, shownBy]],
  ['two reasons', [inFile, '  not switched off: one', '  not switched off: another']],
  ['a reason beside lines that are taken out', [inFile, '  - text', shownBy, '  not switched off: rare']],
])('a row with %s is refused by its name', (_what, lines) => {
  expect(() => read(...lines)).toThrow(control);
});
