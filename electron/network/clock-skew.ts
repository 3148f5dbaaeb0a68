/**
 * Measures the difference between this computer's clock and the clocks of the national services, from the `Date` header
 * of their responses (RFC 9110, section 6.6.1). Sign-in needs the right time: an assertion for the platform is valid for
 * five minutes at most. The dates of plans are compared with the same time (H6, H20), so one service with a wrong clock
 * must not change it much.
 */
import { parseHttpDate } from './http-date.ts';

/** A response with its time of receipt. */
export interface TimedAnswer {
  /** Origin of the service that answered. */
  readonly origin: string;
  readonly headers: Headers;
  /** In milliseconds since the epoch, by this computer's clock. */
  readonly receivedAt: number;
  /** Bounds the error: slow responses are ignored. */
  readonly roundTripMs: number;
}

export interface ClockSkew {
  /** Uses the `Date` of a response. Responses of origins other than `timeSources` change nothing. */
  learn(answer: TimedAnswer): void;
  /** Whole seconds to add to this computer's clock to get the services' time; 0 while the difference is unknown. */
  seconds(): number;
  /** Whether a response has told the time yet. */
  isKnown(): boolean;
}

/** Differences up to this count as zero, since a `Date` header has a resolution of one second. */
const noiseSeconds = 2;
const slowRoundTripMs = 10_000;
const daySeconds = 24 * 3_600;
/**
 * With a larger difference no TLS connection is possible: no certificate that Chromium trusts is valid for longer
 * (CA/Browser Forum, Baseline Requirements, section 6.3.2: 398 days).
 */
const furthestSeconds = 398 * daySeconds;
/** Two answers agree when their differences are this close. */
const agreementSeconds = 5;
/**
 * Older responses do not count, because this computer's clock may have been set since. Setting the clock by more than
 * this makes every earlier response old.
 */
const freshMs = 10 * 60_000;

/** `timeSources`: the origins of the services whose time counts. */
export function createClockSkew(timeSources: ReadonlySet<string>): ClockSkew {
  let learnedSeconds: number | undefined;
  /** The latest difference by origin. */
  const latest = new Map<string, { readonly differenceSeconds: number; readonly at: number }>();

  /**
   * A change of more than a day needs a second response that agrees: from another service, or from the same service if no
   * other has responded. A single service with a wrong clock does not overrule the others.
   */
  function isConfirmed(differenceSeconds: number, origin: string, at: number): boolean {
    if (Math.abs(differenceSeconds - (learnedSeconds ?? 0)) <= daySeconds) return true;
    const fresh = [...latest].filter(([, earlier]) => Math.abs(at - earlier.at) <= freshMs);
    return fresh.some(
      ([otherOrigin, earlier]) =>
        Math.abs(earlier.differenceSeconds - differenceSeconds) <= agreementSeconds &&
        (otherOrigin !== origin || fresh.length === 1),
    );
  }

  return {
    learn({ origin, headers, receivedAt, roundTripMs }) {
      if (!timeSources.has(origin)) return;
      const date = headers.get('date');
      // A response from a cache carries the time at which the service made it (RFC 9111, section 5.1).
      const isStored = Number(headers.get('age') ?? 0) !== 0;
      if (date === null || isStored || roundTripMs < 0 || roundTripMs > slowRoundTripMs) return;
      const served = parseHttpDate(date);
      if (served === undefined) return;
      const differenceSeconds = Math.round((served - (receivedAt - roundTripMs / 2)) / 1_000);
      if (Math.abs(differenceSeconds) > furthestSeconds) return;
      const counts = isConfirmed(differenceSeconds, origin, receivedAt);
      latest.set(origin, { differenceSeconds, at: receivedAt });
      if (counts) learnedSeconds = Math.abs(differenceSeconds) <= noiseSeconds ? 0 : differenceSeconds;
    },
    seconds: () => learnedSeconds ?? 0,
    isKnown: () => learnedSeconds !== undefined,
  };
}
