import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForQuit } from './quit.ts';

/** Electron's application, whose `quit` asks its listeners first. */
class QuittingApp extends EventEmitter<{ 'before-quit': [event: { preventDefault(): void }] }> {
  hasQuit = false;
  quit(): void {
    let isPrevented = false;
    const preventDefault = () => {
      isPrevented = true;
    };
    this.emit('before-quit', { preventDefault });
    this.hasQuit ||= !isPrevented;
  }
}

let app: QuittingApp;
beforeEach(() => {
  vi.useFakeTimers();
  app = new QuittingApp();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Work that is done when the test says so. */
function heldWork() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { work: vi.fn(() => promise), finish: resolve };
}

const turn = () => vi.advanceTimersByTimeAsync(0);

test('H21: a quit in the first moments of a start waits until later processes can know of it', async () => {
  const { work: sayEnding, finish } = heldWork();
  const ending = watchForQuit(app, sayEnding);
  expect(ending.isQuitting()).toBe(false);
  app.quit();
  await turn();
  expect(ending.isQuitting()).toBe(true);
  expect(app.hasQuit).toBe(false);
  finish();
  await turn();
  expect(app.hasQuit).toBe(true);
});

test('the work that was given last comes first, and once, however often the quit is asked for', async () => {
  const [former, last] = [heldWork(), heldWork()];
  const ending = watchForQuit(app, async () => {});
  ending.finishWith(former.work);
  ending.finishWith(last.work);
  app.quit();
  app.quit();
  await turn();
  expect(former.work).not.toHaveBeenCalled();
  expect(last.work).toHaveBeenCalledOnce();
  expect(app.hasQuit).toBe(false);
  last.finish();
  await turn();
  expect(app.hasQuit).toBe(true);
});

test('the end of an installer or of the session is not said to later processes', async () => {
  const { work: sayEnding } = heldWork();
  watchForQuit(app, sayEnding).quitAsLast();
  await turn();
  expect(sayEnding).not.toHaveBeenCalled();
  expect(app.hasQuit).toBe(true);
});

test('work that hangs, or fails, does not keep the application from quitting', async () => {
  const ending = watchForQuit(app, heldWork().work);
  ending.finishWith(() => Promise.reject(new Error('failed')));
  app.quit();
  await vi.advanceTimersByTimeAsync(2_999);
  expect(app.hasQuit).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(app.hasQuit).toBe(true);
});
