import { expect, test } from 'vitest';
import { readJson, readText } from './body.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const notUtf8 = new Uint8Array([0x7b, 0xe9, 0x7d]);

test('text is read as UTF-8, or not at all', () => {
  expect(readText(bytes('Żółć O’Test'))).toBe('Żółć O’Test');
  expect(readText(notUtf8)).toBeUndefined();
});

test.each<[string, Uint8Array, unknown]>([
  ['a value', bytes('{"a":"ö"}'), { a: 'ö' }],
  ['a byte order mark before it', bytes('\uFEFF[1]'), [1]],
  ['half a value', bytes('{"a":'), undefined],
  ['nothing', bytes(''), undefined],
  ['a web page', bytes('<html></html>'), undefined],
  ['what is not UTF-8', notUtf8, undefined],
  ['a member given twice', bytes('{"total":1,"a":[{"total":1,"total":0}]}'), undefined],
])('JSON: %s', (_case, body, value) => {
  expect(readJson(body)).toEqual(value);
});
