import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startIdleLock } from './idle-lock.ts';

const minutes = (count: number) => count * 60_000;
const idleLimitMs = minutes(15);

/** How long the computer has slept: its timers and the clock of its timers stood still. */
let sleptMs = 0;

beforeEach(() => {
  sleptMs = 0;
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

function start(limitMs = idleLimitMs) {
  const lock = vi.fn();
  const onNotice = vi.fn();
  const now = () => ({ wallMs: Date.now(), monotonicMs: performance.now() + sleptMs });
  const idleLock = startIdleLock({ idleLimitMs: limitMs, now, lock, onNotice });
  /** The lock comes once this time has passed, and not before. */
  const expectLockAfter = (ms: number) => {
    vi.advanceTimersByTime(ms - 1);
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(lock).toHaveBeenCalledOnce();
  };
  return { lock, onNotice, idleLock, expectLockAfter };
}

/** Lets time pass while no timer runs. `setBackMs`: by how much the computer's clock is set back meanwhile. */
function sleep(ms: number, setBackMs = 0): void {
  sleptMs += ms;
  vi.setSystemTime(Date.now() + ms - setBackMs);
}

describe('H14: a workstation', () => {
  test('without input since the sign-in locks', () => {
    const { expectLockAfter } = start();
    expectLockAfter(idleLimitMs);
  });

  test('with new input has the whole time again', () => {
    const { idleLock, expectLockAfter } = start();
    vi.advanceTimersByTime(minutes(12));
    idleLock.userActive();
    expectLockAfter(idleLimitMs);
  });

  test('without a signed-in user is left alone', () => {
    const { lock, idleLock } = start();
    idleLock.stop();
    vi.advanceTimersByTime(2 * idleLimitMs);
    expect(lock).not.toHaveBeenCalled();
  });

  test('that is used again after a sleep in which no timer ran locks at once', () => {
    const { lock, idleLock } = start();
    sleep(idleLimitMs);
    idleLock.userActive();
    expect(lock).toHaveBeenCalledOnce();
  });

  test('also where its clock was set back in the sleep', () => {
    const { lock, idleLock } = start();
    sleep(idleLimitMs, idleLimitMs);
    idleLock.userActive();
    expect(lock).toHaveBeenCalledOnce();
  });
});

test('H14: a virtual machine that was paused, whose clock alone has gone ahead, gives notice at the next press', () => {
  const { lock, onNotice, idleLock } = start();
  vi.setSystemTime(Date.now() + idleLimitMs);
  idleLock.userActive();
  // Before the page, which has the press too, can ask for anything.
  expect(onNotice).toHaveBeenCalledOnce();
  expect(idleLock.notice()).toEqual({ leftMs: minutes(2) });
  expect(idleLock.hasInputSinceNotice()).toBe(false);
  idleLock.userActive();
  vi.advanceTimersByTime(minutes(2));
  expect(lock).toHaveBeenCalledOnce();
});

test('H14: a script that hides and shows the screen after a pause does not keep the notice from coming', () => {
  const { onNotice, idleLock } = start();
  vi.setSystemTime(Date.now() + idleLimitMs);
  idleLock.setHidden(true);
  idleLock.setHidden(false);
  idleLock.userActive();
  expect(onNotice).toHaveBeenCalledOnce();
});

test('H14: a clock that is set far ahead while the user works locks nobody who stays, and asks once', () => {
  const { lock, onNotice, idleLock, expectLockAfter } = start();
  vi.advanceTimersByTime(minutes(5));
  vi.setSystemTime(Date.now() + minutes(60 * 24 * 365));
  idleLock.userActive();
  vi.advanceTimersByTime(minutes(1));
  expect(lock).not.toHaveBeenCalled();
  idleLock.stay();
  onNotice.mockClear();
  idleLock.userActive();
  vi.advanceTimersByTime(minutes(1));
  expect(onNotice).not.toHaveBeenCalled();
  idleLock.userActive();
  expectLockAfter(idleLimitMs);
});

test('H9, H14: a clock that is set far ahead gives a hidden screen no more time', () => {
  const { idleLock, expectLockAfter } = start();
  idleLock.setHidden(true);
  vi.advanceTimersByTime(minutes(0.5));
  vi.setSystemTime(Date.now() + minutes(60));
  idleLock.userActive();
  expectLockAfter(minutes(2));
});

test('H14: a clock that is set back while the user works locks nobody, and gives no more than the whole time', () => {
  const { lock, idleLock, expectLockAfter } = start();
  for (let press = 0; press < 3; press += 1) {
    vi.advanceTimersByTime(minutes(5));
    vi.setSystemTime(Date.now() - minutes(60));
    idleLock.userActive();
    expect(lock).not.toHaveBeenCalled();
  }
  expectLockAfter(idleLimitMs);
});

test('H14: a clock that is set back gives a screen that is hidden and shown no more than the whole time', () => {
  const { lock, idleLock } = start();
  vi.advanceTimersByTime(minutes(10));
  vi.setSystemTime(Date.now() - minutes(60));
  for (let toggled = 0; toggled < 3; toggled += 1) {
    idleLock.setHidden(true);
    idleLock.setHidden(false);
    vi.advanceTimersByTime(minutes(5));
  }
  expect(lock).toHaveBeenCalled();
});

describe('H14: the notice', () => {
  test.each([
    [15, 13, 2],
    [3, 1.5, 1.5],
    [1, 0.5, 0.5],
  ])('of a lock after %d minutes comes after %d, with the time that is left', (limit, after, left) => {
    const { idleLock, onNotice } = start(minutes(limit));
    vi.advanceTimersByTime(minutes(after) - 1);
    expect(idleLock.notice()).toBeUndefined();
    vi.advanceTimersByTime(1);
    expect(onNotice).toHaveBeenCalledOnce();
    expect(idleLock.notice()).toEqual({ leftMs: minutes(left) });
  });

  test('is withdrawn when the user stays, who then has the whole time again', () => {
    const { idleLock, onNotice, expectLockAfter } = start();
    vi.advanceTimersByTime(minutes(14));
    idleLock.stay();
    expect(onNotice).toHaveBeenCalledTimes(2);
    expect(idleLock.notice()).toBeUndefined();
    expectLockAfter(idleLimitMs);
  });

  test('is not withdrawn by other input, which is known to be there', () => {
    const { lock, idleLock } = start();
    vi.advanceTimersByTime(minutes(13));
    expect(idleLock.hasInputSinceNotice()).toBe(false);
    idleLock.userActive();
    expect(idleLock.hasInputSinceNotice()).toBe(true);
    expect(idleLock.notice()).toBeDefined();
    vi.advanceTimersByTime(minutes(2));
    expect(lock).toHaveBeenCalledOnce();
  });
});

describe('H9, H14: a hidden screen', () => {
  test('locks after three minutes, whatever is pressed, with a notice after one', () => {
    const { idleLock, expectLockAfter } = start();
    idleLock.setHidden(true);
    vi.advanceTimersByTime(minutes(1));
    expect(idleLock.notice()).toEqual({ leftMs: minutes(2) });
    idleLock.userActive();
    expectLockAfter(minutes(2));
  });

  test('has three minutes again where the user stays', () => {
    const { idleLock, expectLockAfter } = start();
    idleLock.setHidden(true);
    vi.advanceTimersByTime(minutes(2));
    idleLock.stay();
    expectLockAfter(minutes(3));
  });

  test.each([
    ['of the usual lock', () => vi.advanceTimersByTime(minutes(13))],
    ['of a lock after a pause', () => void vi.setSystemTime(Date.now() + idleLimitMs)],
    ['of its own lock', undefined],
  ])('that is shown again by a key while the notice %s runs has the notice back', (_which, pass) => {
    const { idleLock, onNotice, expectLockAfter } = start();
    const press = (hidden: boolean) => {
      idleLock.userActive();
      idleLock.setHidden(hidden);
    };
    pass?.();
    press(true);
    vi.advanceTimersByTime(minutes(pass === undefined ? 1.5 : 0.5));
    onNotice.mockClear();
    press(false);
    expect(onNotice).toHaveBeenCalledOnce();
    expect(idleLock.notice()).toEqual({ leftMs: minutes(1.5) });
    press(true);
    press(false);
    expectLockAfter(minutes(1.5));
  });

  test('that is shown again by a key before its notice has the usual time', () => {
    const { lock, idleLock } = start();
    idleLock.setHidden(true);
    vi.advanceTimersByTime(minutes(0.5));
    idleLock.userActive();
    idleLock.setHidden(false);
    expect(idleLock.notice()).toBeUndefined();
    vi.advanceTimersByTime(idleLimitMs - 1);
    expect(lock).not.toHaveBeenCalled();
  });

  test('that a script hides and shows does not put off the lock', () => {
    const { lock, idleLock } = start();
    for (let minute = 1; minute < 15; minute += 1) {
      vi.advanceTimersByTime(minutes(1));
      idleLock.setHidden(true);
      idleLock.setHidden(false);
    }
    expect(lock).not.toHaveBeenCalled();
    vi.advanceTimersByTime(minutes(1));
    expect(lock).toHaveBeenCalledOnce();
  });
});
