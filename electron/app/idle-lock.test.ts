import { EventEmitter } from 'node:events';
import type { PowerMonitor } from 'electron';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startIdleLock } from './idle-lock.ts';

const idleLimit = 15 * 60_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const system = new EventEmitter();
  const lock = vi.fn();
  const powerMonitor = system as unknown as Pick<PowerMonitor, 'on' | 'off'>;
  return { system, lock, idleLock: startIdleLock({ powerMonitor, idleLimit, lock }) };
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

  test.each(['lock-screen', 'suspend', 'user-did-resign-active', 'shutdown'])(
    'whose operating system says "%s" locks at once',
    (event) => {
      const { lock, system } = start();
      system.emit(event);
      expect(lock).toHaveBeenCalledOnce();
    },
  );

  test('where nobody is signed in any more is left alone', () => {
    const { lock, system, idleLock } = start();
    idleLock.stop();
    vi.advanceTimersByTime(2 * idleLimit);
    system.emit('lock-screen');
    expect(lock).not.toHaveBeenCalled();
  });
});
