import { expect, test } from 'vitest';
import { parseRegistryFile } from './registry-file.ts';

const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\CP-IS Viewer';
const parse = (...lines: readonly string[]) =>
  parseRegistryFile(['Windows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n'), key);

test('texts and lists, with every letter', () => {
  expect(
    parse(
      `[${key}]`,
      '@="default"',
      '"environmentFile"="C:\\\\Café\\\\ŵ    REG_SZ    \\"b\\" 100% ].json"',
      '"idleLockMinutes"=dword:0000000A',
      '"most"=dword:ffffffff',
      '"expands"=hex(2):25,00,\\',
      '  41,00,00,00',
      '"lines"=hex(7):41,00,20,00,7c,00,20,00,\\',
      '  31,00,00,00,60,01,00,00,00,00',
      '"empty"=""',
      '"two\\"names\\\\"="[x]"',
    ),
  ).toEqual(
    new Map([
      ['environmentFile', 'C:\\Café\\ŵ    REG_SZ    "b" 100% ].json'],
      ['lines', 'A | 1\n\u0160'],
      ['empty', ''],
      ['two"names\\', '[x]'],
    ]),
  );
});

test('a text over lines is one text, whatever its lines look like', () => {
  expect(
    parse(`[${key}]`, '"a"="one', '[HKEY_LOCAL_MACHINE\\\\OTHER]', '\\"b\\"=dword:00000001"', '"c"="d"'),
  ).toEqual(
    new Map([
      ['a', 'one\r\n[HKEY_LOCAL_MACHINE\\OTHER]\r\n"b"=dword:00000001'],
      ['c', 'd'],
    ]),
  );
});

test('only the values of the key itself', () => {
  const ours = new Map([['ours', 'a']]);
  expect(
    parse(
      `[${key.toLowerCase()}]`,
      '"ours"="a"',
      '',
      `[${key}\\Below]`,
      '"below"="b"',
      `[${key} Beta]`,
      '"beta"="c"',
    ),
  ).toEqual(ours);
  expect(parse(`[${key}]`)).toEqual(new Map());
});

test.each([[''], ['REGEDIT4\r\n'], ['{}'], ['\ufeffWindows Registry Editor Version 5.00\r\n']])(
  '%j is no such file',
  (text) => expect(parseRegistryFile(text, key)).toBeUndefined(),
);
