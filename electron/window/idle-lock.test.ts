import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startIdleLock } from './idle-lock.ts';

const idleLimit = 15 * 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const lock = vi.fn();
  return { lock, idleLock: startIdleLock({ idleLimit, lock }) };
}

describe('H14: a workstation', () => {
  test('that nobody has touched since the sign-in locks', () => {
    const { lock } = start();
    vi.advanceTimersByTime(idleLimit - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('that somebody touches has the whole time again', () => {
    const { lock, idleLock } = start();
    vi.advanceTimersByTime(idleLimit - 1);
    idleLock.userActive();
    vi.advanceTimersByTime(idleLimit - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('where nobody is signed in any more is left alone', () => {
    const { lock, idleLock } = start();
    idleLock.stop();
    vi.advanceTimersByTime(2 * idleLimit);
    expect(lock).not.toHaveBeenCalled();
  });
});
