import { describe, expect, test } from 'vitest';
import {
  afterPause,
  type KeysSoFar,
  noKeys,
  type Place,
  type Read,
  readKey,
  readPause,
  type TypedKey,
} from './read-keys.ts';

const keyOf = (character: string): TypedKey => {
  if (character === '\n') return { kind: 'enter' };
  return character === '\t' ? { kind: 'tab' } : { kind: 'character', character };
};

interface Typed {
  readonly read: Read | undefined;
  /** The characters that reach the page. */
  readonly passed: string;
  readonly takenBack: boolean;
}

type Later = readonly [atMs: number, key: TypedKey];

/** Which of these keys are taken, each so many milliseconds after the first key of the barcode before. */
const takenIn =
  (place: Place) =>
  (keys: KeysSoFar, ...later: readonly Later[]): readonly boolean[] => {
    let now = keys;
    return later.map(([atMs, key]) => {
      const { keys: next, take } = readKey(now, key, atMs, place);
      now = next;
      return take;
    });
  };
const takenElsewhere = takenIn('elsewhere');

/** The keys up to here, one every 10 ms from 0. */
function typed(text: string, place: Place = 'elsewhere'): KeysSoFar {
  return [...text].reduce(
    (keys, character, at) => readKey(keys, keyOf(character), at * 10, place).keys,
    noKeys,
  );
}

/** One key every `gapMs`, then a pause. */
function type(text: string, gapMs: number, place: Place): Typed {
  let keys = noKeys;
  let read: Read | undefined;
  let passed = '';
  let takenBack = false;
  for (const [at, character] of [...text].entries()) {
    const next = readKey(keys, keyOf(character), 1_000 + at * gapMs, place);
    keys = next.keys;
    if (!next.take) passed += character;
    takenBack ||= next.takeBack;
    read ??= next.read;
  }
  return { read: read ?? readPause(keys), passed, takenBack };
}

const band = ']d2801899999999990000018393TESTCHILD Amber 14-Aug-2015';

describe('a scanner', () => {
  test.each(['field', 'elsewhere'] as const)('a wristband, at %s', (place) => {
    expect(type(`${band}\n`, 10, place)).toEqual({
      read: { kind: 'barcode', text: band, byEnter: true },
      passed: ']d',
      takenBack: true,
    });
    for (const [end, passed] of [
      ['', ']d'],
      ['\t', ']d'],
    ] as const) {
      const typed = type(band + end, 10, place);
      expect(typed).toMatchObject({ read: { kind: 'barcode', text: band, byEnter: false }, passed });
    }
  });

  test.each([
    ['a medicine in a field', '0105012345678900\n', 'field'],
    ['a medicine', '5012345678900\n', 'elsewhere'],
    ['a staff badge', 'N1234567\n', 'elsewhere'],
    ['a staff badge of GS1', '8017999999900000000012\n', 'field'],
  ] as const)('H4: %s is a barcode, and its Enter presses nothing', (_what, text, place) => {
    const typed = type(text, 10, place);
    expect(typed.read).toMatchObject({ kind: 'barcode', byEnter: true });
    expect(typed.passed).not.toContain('\n');
    expect(typed.takenBack).toBe(true);
  });

  test('H4: a blank in a barcode presses nothing', () => {
    expect(type('ABC DEF\n', 10, 'elsewhere').passed).not.toMatch(/[ \n]/);
  });

  test('H4: a busy computer that delays a key of it splits no barcode', () => {
    let keys = noKeys;
    const results = [...`${band}\n`].map((character, at) => {
      const next = readKey(keys, keyOf(character), at * 10 + (at > 20 ? 250 : 0), 'elsewhere');
      keys = next.keys;
      return next;
    });
    expect(results.at(-1)).toMatchObject({ take: true, read: { kind: 'barcode', text: band } });
  });

  test.each(['B1\n', 'BED12\n', 'A\t', '12\n', 'A B', 'AB 1234 \n'])(
    'H4: no Enter, Tab or blank of %j presses anything, however short it is',
    (text) => {
      expect(type(text, 10, 'elsewhere').passed).not.toMatch(/[\n\t ]/);
    },
  );

  const enter = { kind: 'enter' } as const;

  test('H4: the second of two keys at the end of a barcode presses nothing', () => {
    const read = typed(`${band}\n`);
    const atMs = band.length * 10;
    expect(takenElsewhere(read, [atMs + 10, enter], [atMs + 1_100, enter])).toEqual([true, false]);
    expect(takenElsewhere(read, [atMs + 10, { kind: 'character', character: ' ' }])).toEqual([true]);
  });

  test('H4: nor does an end that comes long after the barcode was read at a pause', () => {
    const read = afterPause(typed(band));
    const atMs = band.length * 10;
    expect(takenElsewhere(read, [atMs + 2_000, enter], [atMs + 3_500, enter])).toEqual([true, false]);
    expect(takenElsewhere(read, [atMs + 5_500, enter])).toEqual([false]);
    // In a field Enter only looks for the patient.
    expect(takenIn('field')(read, [atMs + 2_000, enter])).toEqual([false]);
    // A key of a person comes between.
    const letter = { kind: 'character', character: 'x' } as const;
    expect(takenElsewhere(read, [atMs + 1_000, letter], [atMs + 2_000, enter])).toEqual([false, false]);
  });

  test('an NHS number alone, in the field, is left to the field', () => {
    expect(type('9990000018\n', 10, 'field')).toMatchObject({ read: undefined, passed: '9990000018\n' });
  });

  test('an NHS number alone, outside a field, is digits', () => {
    expect(type('9990000018\n', 10, 'elsewhere')).toMatchObject({
      read: { kind: 'digits', digits: '9990000018', byEnter: true },
    });
  });
});

describe('a person', () => {
  test.each(['TESTCHILD\n', '9990000018\n', 'NHS 8018\n', '14082015\n'])(
    'in a field, %j reaches the field',
    (text) => {
      for (const gapMs of [10, 100, 200]) {
        expect(type(text, gapMs, 'field')).toEqual({ read: undefined, passed: text, takenBack: false });
      }
    },
  );

  test('a wristband that is typed by hand is no scan', () => {
    expect(type(`${band.slice(3)}\n`, 100, 'field')).toMatchObject({
      read: undefined,
      passed: `${band.slice(3)}\n`,
    });
  });

  test.each([100, 200, 1_500])('outside a field, digits are collected, a key every %d ms', (gapMs) => {
    expect(type('999 000 0018', gapMs, 'elsewhere')).toEqual({
      read: { kind: 'digits', digits: '9990000018', byEnter: false },
      passed: '9990000018',
      takenBack: false,
    });
  });

  test('H4: Enter behind digits presses nothing', () => {
    expect(type('9990000018\n', 200, 'elsewhere')).toMatchObject({
      read: { kind: 'digits', byEnter: true },
      passed: '9990000018',
    });
  });

  test.each(['1', '12', '1\n', '12x3', 'abc\n', ' ', '\n', '\t'])(
    'outside a field, %j opens nothing',
    (text) => {
      expect(type(text, 200, 'elsewhere')).toEqual({ read: undefined, passed: text, takenBack: false });
    },
  );

  test('digits with a long pause between them are not one number', () => {
    expect(type('123', 2_500, 'elsewhere').read).toBeUndefined();
  });
});
