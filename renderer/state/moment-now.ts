import type { Moment } from '../../shared/elapsed.ts';

/** By the clocks of this page. */
export function momentNow(): Moment {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}
