/**
 * Locks the viewer when nobody is there: after a time without the user's hand on this window, and at once when the
 * system locks, sleeps or changes user (H14). A desktop cannot be told by Care Identity that a session has ended, so
 * this stands in its place.
 * Source: NHS CIS2 guidance (session time-outs); Electron, `powerMonitor`.
 */
import type { PowerMonitor } from 'electron';

export interface IdleLock {
  /** The user did something in the window. */
  userActive(): void;
  stop(): void;
}

export interface IdleLockDependencies {
  readonly powerMonitor: Pick<PowerMonitor, 'on' | 'off'>;
  /** Milliseconds. */
  readonly idleLimit: number;
  readonly lock: () => void;
}

export function startIdleLock({ powerMonitor, idleLimit, lock }: IdleLockDependencies): IdleLock {
  let timer = setTimeout(lock, idleLimit);
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(lock, idleLimit);
  };
  powerMonitor.on('lock-screen', lock);
  powerMonitor.on('suspend', lock);
  // Both exist on macOS only; elsewhere a change of user locks the screen first.
  powerMonitor.on('user-did-resign-active', lock);
  powerMonitor.on('shutdown', lock);
  return {
    userActive: restart,
    stop() {
      clearTimeout(timer);
      powerMonitor.off('lock-screen', lock);
      powerMonitor.off('suspend', lock);
      powerMonitor.off('user-did-resign-active', lock);
      powerMonitor.off('shutdown', lock);
    },
  };
}
