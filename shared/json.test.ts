import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maximumDepth, readStrictJson } from './json.ts';

describe('reads what JSON.parse reads', () => {
  test.each(['null', '0', '"text"', '[]', '{}', ' {"a":[{"b":1},{"b":2}],"b":{"a":"\\"a\\":{"}} '])(
    '%s',
    (text) => {
      expect(readStrictJson(text)).toEqual({ kind: 'read', value: JSON.parse(text) });
    },
  );

  test('any value, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        expect(readStrictJson(text)).toEqual({ kind: 'read', value: JSON.parse(text) });
      }),
    );
  });
});

test.each(['', '{', '{"a":1,}', '<html></html>', '{"a":1}{"b":2}', '\uFEFF{}', "{'a':1}", '{"a":NaN}'])(
  '%j is not JSON',
  (text) => {
    expect(readStrictJson(text)).toEqual({ kind: 'not-json' });
  },
);

describe('H2: a member given twice is refused, with its path', () => {
  test.each<[string, string]>([
    ['{"total":1,"total":0}', 'total'],
    ['{"total":1,"entry":[{}],"total":0,"entry":[]}', 'total'],
    ['{"a":{"b":1,"c":2,"b":1}}', 'a.b'],
    ['[0,{"a":1},{"a":[[],[{"b":1,"b":1}]]}]', '2.a.1.0.b'],
    ['{"a":{"a":1},"b":[{"a":1},{"a":1}],"a":2}', 'a'],
    // Written in other ways, the same name.
    ['{"total":1,"tot\\u0061l":0}', 'total'],
    ['{"\\"":1,"\\u0022":2}', '"'],
    ['{"\\\\":1,"\\u005c":2}', '\\'],
    ['{"":1,"":2}', ''],
    // Names of JavaScript's own objects are names like any other.
    ['{"__proto__":1,"__proto__":2}', '__proto__'],
    ['{"constructor":1,"a":{},"constructor":2}', 'constructor'],
    [' { "a" : 1 ,\n "a" : 2 } ', 'a'],
  ])('%s', (text, path) => {
    expect(readStrictJson(text)).toEqual({ kind: 'repeated-member', path });
  });

  test('wherever it stands, whatever its value', () => {
    const name = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'toString', '"', '\\'));
    const members = fc.uniqueArray(name, { minLength: 1, maxLength: 6 });
    const steps = fc.array(fc.oneof(name, fc.nat(3)), { maxLength: 6 });
    fc.assert(
      fc.property(members, fc.nat(), steps, fc.jsonValue(), (names, pick, path, value) => {
        const repeated = names[pick % names.length] ?? '';
        const inner = [...names, repeated]
          .map((each) => `${JSON.stringify(each)}:${JSON.stringify(value)}`)
          .join();
        const text = path.reduceRight<string>(
          (within, step) =>
            typeof step === 'number'
              ? `[${'{"a":"]"},'.repeat(step)}${within}]`
              : `{"before ${step.length}":[0],${JSON.stringify(step)}:${within}}`,
          `{${inner}}`,
        );
        expect(readStrictJson(text)).toEqual({
          kind: 'repeated-member',
          path: [...path, repeated].join('.'),
        });
      }),
    );
  });
});

test('what is nested too deep for code that recurses is refused', () => {
  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  expect(readStrictJson(nested(maximumDepth)).kind).toBe('read');
  expect(readStrictJson(nested(maximumDepth + 1))).toEqual({ kind: 'too-deep' });
  expect(readStrictJson(`${'{"a":'.repeat(1_000_000)}1${'}'.repeat(1_000_000)}`)).toEqual({
    kind: 'too-deep',
  });
});
