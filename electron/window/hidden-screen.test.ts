import { describe, expect, test, vi } from 'vitest';
import { createHiddenScreen } from './hidden-screen.ts';

describe('a dialogue of the main process', () => {
  test('opens at once over a screen that is shown', async () => {
    expect(await createHiddenScreen().whenShown()).toBe(true);
  });

  test('H9: waits while the screen is hidden, and opens when it is shown', async () => {
    const screen = createHiddenScreen();
    screen.set(true);
    const opened = vi.fn();
    const waiting = screen.whenShown().then(opened);
    await Promise.resolve();
    expect(opened).not.toHaveBeenCalled();
    screen.set(false);
    await waiting;
    expect(opened).toHaveBeenCalledWith(true);
  });

  test('H9: that waited does not open once the page has been replaced, or its cause has gone', async () => {
    const screen = createHiddenScreen();
    screen.set(true);
    const cause = new AbortController();
    const waiting = [screen.whenShown(), screen.whenShown(cause.signal)];
    cause.abort();
    screen.pageReplaced();
    expect(await Promise.all(waiting)).toEqual([false, false]);
    expect(await screen.whenShown()).toBe(true);
  });
});

test('each change is told once', () => {
  const told = vi.fn();
  const screen = createHiddenScreen();
  screen.onChange(told);
  for (const hidden of [true, true, false, false]) screen.set(hidden);
  expect(told.mock.calls).toEqual([[true], [false]]);
});
