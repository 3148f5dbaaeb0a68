/**
 * Locks the viewer after a time without real input to its window (H14). Care Identity cannot tell a desktop application that
 * a session has ended, so the viewer ends its own after a time.
 * Source: NHS CIS2 guidance (session time-outs).
 */
export interface IdleLock {
  /** The user did something in the window. */
  userActive(): void;
  stop(): void;
}

export interface IdleLockDependencies {
  readonly idleLimitMs: number;
  readonly lock: () => void;
}

export function startIdleLock({ idleLimitMs, lock }: IdleLockDependencies): IdleLock {
  let timer = setTimeout(lock, idleLimitMs);
  return {
    userActive() {
      clearTimeout(timer);
      timer = setTimeout(lock, idleLimitMs);
    },
    stop: () => clearTimeout(timer),
  };
}
