/**
 * Locks the viewer when nobody is there: after a time without the user's hand on this window (H14). A desktop cannot be
 * told by Care Identity that a session has ended, so this stands in its place.
 * Source: NHS CIS2 guidance (session time-outs).
 */
export interface IdleLock {
  /** The user did something in the window. */
  userActive(): void;
  stop(): void;
}

export interface IdleLockDependencies {
  /** Milliseconds. */
  readonly idleLimit: number;
  readonly lock: () => void;
}

export function startIdleLock({ idleLimit, lock }: IdleLockDependencies): IdleLock {
  let timer = setTimeout(lock, idleLimit);
  return {
    userActive() {
      clearTimeout(timer);
      timer = setTimeout(lock, idleLimit);
    },
    stop: () => clearTimeout(timer),
  };
}
