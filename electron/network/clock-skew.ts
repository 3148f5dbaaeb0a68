/**
 * How far this computer's clock is from the services' clocks, learned from the `Date` header of every answer
 * (RFC 9110, section 6.6.1). Signing in needs the right time: a platform assertion lives five minutes at most.
 */
export interface ClockSkew {
  /** Notes a `Date` header. `roundTrip` in milliseconds bounds the error; slow answers are not learned from. */
  learn(dateHeader: string | null, receivedAt: number, roundTrip: number): void;
  /** Whole seconds to add to this computer's clock to get the services' time. */
  seconds(): number;
}

/** A `Date` header has a resolution of one second, so a difference below this is no difference. */
const noiseSeconds = 2;
const slowRoundTrip = 10_000;

export function createClockSkew(): ClockSkew {
  let learned = 0;
  return {
    learn(dateHeader, receivedAt, roundTrip) {
      if (dateHeader === null || roundTrip > slowRoundTrip) return;
      const served = Date.parse(dateHeader);
      if (Number.isNaN(served)) return;
      const difference = Math.round((served - (receivedAt - roundTrip / 2)) / 1_000);
      learned = Math.abs(difference) <= noiseSeconds ? 0 : difference;
    },
    seconds: () => learned,
  };
}
