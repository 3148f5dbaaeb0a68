import type { LockNotice } from '../../shared/session.ts';

export interface IdleLock {
  /**
   * The user did something in the window. This does not put off a lock that has been announced, nor that of a hidden
   * screen: only `stay` does.
   */
  userActive(): void;
  /** The screen has been hidden or shown. The page says so: it can make the lock come earlier, never later. */
  setHidden(hidden: boolean): void;
  /** Whether there has been real input to the window since the notice. */
  hasInputSinceNotice(): boolean;
  /** The user stays: the whole time begins anew. */
  stay(): void;
  /** `undefined`: the viewer does not lock soon. */
  notice(): LockNotice | undefined;
  stop(): void;
}

export interface IdleLockDependencies {
  readonly idleLimitMs: number;
  readonly now: () => Date;
  readonly lock: () => void;
  readonly onNotice: () => void;
}

const hiddenLimitMs = 3 * 60_000;
const longestNoticeMs = 2 * 60_000;

/**
 * Locks the viewer after a time without real input to its window (H14). Care Identity cannot tell a desktop application that
 * a session has ended, so the viewer ends its own after a time. Two minutes before, it gives notice, so that a user who is
 * there can stay. A hidden screen locks after three minutes: its user has stepped aside (H9).
 * Sources: NHS CIS2 guidance (session time-outs); WCAG 2.2, success criterion 2.2.1 (Timing Adjustable).
 */
export function startIdleLock({ idleLimitMs, now, lock, onNotice }: IdleLockDependencies): IdleLock {
  let timers: readonly ReturnType<typeof setTimeout>[] = [];
  let lockAt = 0;
  let lastInputAt = now().getTime();
  /** How long before the lock the notice comes. */
  let noticeMs = 0;
  let noticedAt: number | undefined;
  let isHidden = false;

  const nowMs = () => now().getTime();

  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (noticedAt === undefined) return;
    noticedAt = undefined;
    onNotice();
  }

  function lockIn(leftMs: number): void {
    stop();
    lockAt = nowMs() + leftMs;
    noticeMs = Math.min(longestNoticeMs, idleLimitMs / 2, Math.max(0, leftMs));
    timers = [setTimeout(giveNotice, Math.max(0, leftMs - noticeMs)), setTimeout(lock, Math.max(0, leftMs))];
  }

  function giveNotice(): void {
    noticedAt = nowMs();
    onNotice();
  }

  /** No timer fires while the computer sleeps: what is done after the time is no sign that the same user is there. */
  function isTooLate(): boolean {
    if (nowMs() < lockAt) return false;
    lock();
    return true;
  }

  lockIn(idleLimitMs);
  return {
    userActive() {
      if (isTooLate()) return;
      lastInputAt = nowMs();
      if (noticedAt === undefined && !isHidden) lockIn(idleLimitMs);
    },
    setHidden(hidden) {
      if (hidden === isHidden || isTooLate()) return;
      isHidden = hidden;
      lastInputAt = Math.min(lastInputAt, nowMs()); // a clock that was set back gives no time
      const leftMs = hidden ? Math.min(hiddenLimitMs, lockAt - nowMs()) : lastInputAt + idleLimitMs - nowMs();
      lockIn(leftMs);
    },
    hasInputSinceNotice: () => noticedAt !== undefined && lastInputAt >= noticedAt,
    stay() {
      if (isTooLate()) return;
      lastInputAt = nowMs();
      lockIn(isHidden ? Math.min(hiddenLimitMs, idleLimitMs) : idleLimitMs);
    },
    notice: () =>
      noticedAt === undefined ? undefined : { leftMs: Math.max(0, noticeMs - (nowMs() - noticedAt)) },
    stop,
  };
}
