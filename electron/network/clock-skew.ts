/**
 * How far this computer's clock is from the services' clocks, learned from the `Date` header of every answer
 * (RFC 9110, section 6.6.1). Signing in needs the right time: a platform assertion lives five minutes at most.
 */
import { parseHttpDate } from './http-date.ts';

export interface ClockSkew {
  /** Notes an answer's `Date`. `roundTrip` in milliseconds bounds the error; slow answers are not learned from. */
  learn(headers: Headers, receivedAt: number, roundTrip: number): void;
  /** Whole seconds to add to this computer's clock to get the services' time; 0 while nothing is known. */
  seconds(): number;
  /** Whether any answer has told the time yet. */
  isKnown(): boolean;
}

/** A `Date` header has a resolution of one second, so a difference up to this is no difference. */
const noiseSeconds = 2;
const slowRoundTrip = 10_000;

export function createClockSkew(): ClockSkew {
  let learned: number | undefined;
  return {
    learn(headers, receivedAt, roundTrip) {
      const date = headers.get('date');
      // An answer out of a cache carries the time at which it was made (RFC 9111, section 5.1).
      const isStored = Number(headers.get('age') ?? 0) !== 0;
      if (date === null || isStored || roundTrip < 0 || roundTrip > slowRoundTrip) return;
      const served = parseHttpDate(date);
      if (served === undefined) return;
      const difference = Math.round((served - (receivedAt - roundTrip / 2)) / 1_000);
      learned = Math.abs(difference) <= noiseSeconds ? 0 : difference;
    },
    seconds: () => learned ?? 0,
    isKnown: () => learned !== undefined,
  };
}
