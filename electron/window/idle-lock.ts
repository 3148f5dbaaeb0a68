import type { Moment } from '../../shared/elapsed.ts';
import type { LockNotice } from '../../shared/session.ts';

export interface IdleLock {
  /**
   * The user did something in the window. This does not put off a lock that has been announced, nor that of a hidden
   * screen: only `stay` does.
   */
  userActive(): void;
  /**
   * The screen has been hidden or shown. The page says so: it can make the lock come earlier, never later, hides no pause,
   * and a notice that runs goes on.
   */
  setHidden(hidden: boolean): void;
  /**
   * Whether there has been real input to the window since the notice. The second press of a double click counts too: a user
   * who is there may stay.
   */
  hasInputSinceNotice(): boolean;
  /** The user stays: the whole time begins anew. */
  stay(): void;
  /** `undefined`: the viewer does not lock soon. */
  notice(): LockNotice | undefined;
  stop(): void;
}

export interface IdleLockDependencies {
  readonly idleLimitMs: number;
  /**
   * By two clocks. The monotonic one goes on in a sleep, and nobody can set it: it decides. The other one tells a pause of a
   * virtual machine.
   */
  readonly now: () => Moment;
  readonly lock: () => void;
  /** The notice has begun or ended, or is to be said again. At once where an input brings it: before the page has that input. */
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
  const fullNoticeMs = Math.min(longestNoticeMs, idleLimitMs / 2);
  let timers: readonly ReturnType<typeof setTimeout>[] = [];
  /** When the time began that ends with the lock, and how long it is. */
  let waitingSince = now();
  let waitMs = 0;
  let lastInput = waitingSince;
  /** How long before the lock the notice comes. */
  let noticeMs = 0;
  let noticed: { readonly at: Moment; hasInput: boolean } | undefined;
  let isHidden = false;

  function elapsedSince({ monotonicMs }: Moment): number {
    return now().monotonicMs - monotonicMs;
  }

  /**
   * The clock alone says that the time is over: a virtual machine was paused, or the clock was set while its user works.
   * Nothing tells which, so the user is given notice. A pause shorter than the idle time is like as much time without input.
   */
  function hasClockGoneAhead(): boolean {
    const { wallMs } = now();
    return wallMs - waitingSince.wallMs >= waitMs || wallMs - lastInput.wallMs >= idleLimitMs;
  }

  function stop(): void {
    for (const timer of timers) clearTimeout(timer);
    timers = [];
    if (noticed === undefined) return;
    noticed = undefined;
    onNotice();
  }

  function lockIn(leftMs: number): void {
    stop();
    waitingSince = now();
    waitMs = leftMs;
    noticeMs = Math.min(fullNoticeMs, Math.max(0, leftMs));
    timers = [setTimeout(lock, Math.max(0, leftMs))];
    if (leftMs > noticeMs) timers = [...timers, setTimeout(giveNotice, leftMs - noticeMs)];
    else giveNotice();
  }

  function giveNotice(): void {
    noticed = { at: now(), hasInput: false };
    onNotice();
  }

  /** No timer fires while the computer sleeps: what is done after the time is no sign that the same user is there. */
  function isTooLate(): boolean {
    if (elapsedSince(waitingSince) < waitMs) return false;
    lock();
    return true;
  }

  lockIn(idleLimitMs);
  return {
    userActive() {
      if (isTooLate()) return;
      const hasGoneAhead = hasClockGoneAhead();
      lastInput = now();
      if (noticed !== undefined) noticed.hasInput = true;
      else if (hasGoneAhead) lockIn(fullNoticeMs);
      else if (!isHidden) lockIn(idleLimitMs);
    },
    setHidden(hidden) {
      if (hidden === isHidden || isTooLate()) return;
      isHidden = hidden;
      if (noticed !== undefined) onNotice();
      else if (hidden) lockIn(Math.min(hiddenLimitMs, waitMs - elapsedSince(waitingSince)));
      else lockIn(idleLimitMs - elapsedSince(lastInput));
    },
    hasInputSinceNotice: () => noticed?.hasInput ?? false,
    stay() {
      if (isTooLate()) return;
      lastInput = now();
      lockIn(isHidden ? Math.min(hiddenLimitMs, idleLimitMs) : idleLimitMs);
    },
    notice: () =>
      noticed === undefined ? undefined : { leftMs: Math.max(0, noticeMs - elapsedSince(noticed.at)) },
    stop,
  };
}
