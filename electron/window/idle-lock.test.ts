import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startIdleLock } from './idle-lock.ts';

const idleLimitMs = 15 * 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const lock = vi.fn();
  return { lock, idleLock: startIdleLock({ idleLimitMs, lock }) };
}

describe('H14: a workstation', () => {
  test('without input since the sign-in locks', () => {
    const { lock } = start();
    vi.advanceTimersByTime(idleLimitMs - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('with new input has the whole time again', () => {
    const { lock, idleLock } = start();
    vi.advanceTimersByTime(idleLimitMs - 1);
    idleLock.userActive();
    vi.advanceTimersByTime(idleLimitMs - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  });

  test('without a signed-in user is left alone', () => {
    const { lock, idleLock } = start();
    idleLock.stop();
    vi.advanceTimersByTime(2 * idleLimitMs);
    expect(lock).not.toHaveBeenCalled();
  });
});
