import type { InputEvent } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ dialog: {} }));
const { createLastPress, createPressFilter } = await import('./user-gesture.ts');

/** As Electron 33 reports a key, with more members than its types name. */
function keyDown(key: string, isAutoRepeat = false): InputEvent {
  const event = { type: 'rawKeyDown' as const, key, isAutoRepeat, modifiers: [] };
  return event;
}

const presses = (...events: readonly InputEvent[]): readonly boolean[] => {
  const isPress = createPressFilter();
  return events.map(isPress);
};

describe('H4: what counts as a press', () => {
  test.each(['mouseDown', 'gestureTap'] as const)('%s', (type) => {
    expect(presses({ type, modifiers: [] })).toEqual([true]);
  });

  test.each(['Enter', ' '])('the key %j', (key) => {
    expect(presses(keyDown('Tab'), keyDown(key))).toEqual([false, true]);
  });

  test('Enter behind typed digits, as a person or a scanner sends a form', () => {
    expect(presses(keyDown('9'), keyDown('9'), keyDown('Enter'))).toEqual([false, false, true]);
  });
});

describe('H4: what does not', () => {
  test.each(['mouseUp', 'mouseMove', 'mouseWheel', 'touchStart', 'touchEnd', 'gestureTapDown'] as const)(
    '%s',
    (type) => expect(presses({ type, modifiers: [] })).toEqual([false]),
  );

  test.each(['0', 'a', 'Tab', 'ArrowDown', 'Escape', 'F9', 'Shift', ''])('the key %j', (key) => {
    expect(presses(keyDown(key))).toEqual([false]);
  });

  test('the blanks of a number or a name as it is typed', () => {
    const typed = [...'999 000  0018 Ab C'].map((key) => keyDown(key));
    expect(presses(...typed)).toEqual(typed.map(() => false));
  });

  test('a key that is held down, after the first moment', () => {
    expect(presses(keyDown('Enter'), keyDown('Enter', true), keyDown(' ', true))).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('H4: a press', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    [5_000, 0, true],
    [5_001, 0, false],
    [60_000, 58_000, false],
    [60_000, 3_600_000, false],
  ])('%i ms ago, the clock set back by %i ms since, allows a request: %s', (ms, setBackMs, allowed) => {
    const lastPress = createLastPress();
    lastPress.note();
    vi.advanceTimersByTime(ms);
    vi.setSystemTime(Date.now() - setBackMs);
    expect(lastPress.takeFresh()).toBe(allowed);
  });

  test('allows one request, and none once it is forgotten', () => {
    const lastPress = createLastPress();
    lastPress.note();
    expect([lastPress.takeFresh(), lastPress.takeFresh()]).toEqual([true, false]);
    lastPress.note();
    lastPress.forget();
    expect(lastPress.takeFresh()).toBe(false);
  });
});
