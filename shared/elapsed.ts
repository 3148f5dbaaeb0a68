/**
 * How much time has passed, whatever is done to the computer's clock meanwhile. The clock can be set; the monotonic one cannot,
 * but on some systems it stands still while the computer sleeps.
 */

/**
 * In milliseconds: by the computer's clock since 1970, and by a clock that cannot be set, such as `performance.now()` of the same
 * process.
 */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** The longer of what the two clocks say, never below zero: a clock that was set, back or forward, makes nothing newer. */
export function elapsedMs(since: Moment, until: Moment): number {
  return Math.max(until.monotonicMs - since.monotonicMs, Math.abs(until.wallMs - since.wallMs));
}
