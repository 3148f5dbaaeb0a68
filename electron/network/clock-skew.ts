/**
 * Measures the difference between this computer's clock and the clocks of the national services, from the `Date` header
 * of their responses (RFC 9110, section 6.6.1). Sign-in needs the right time: an assertion for the platform is valid for
 * five minutes at most. The dates of plans are compared with the same time (H6, H20), so one service with a wrong clock
 * must not change it much: it moves the time by a day at most from what two clocks have agreed on, two services or a
 * service and this computer. Beyond that it only makes the date doubtful. Until any two have agreed, its time is used
 * for sign-in, and is in doubt.
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
  /**
   * Whole seconds to add to this computer's clock to get the services' time. Before two clocks agree, what one service says:
   * a sign-in needs it. 0 before that.
   */
  seconds(): number;
  /** Whether a response has told the time yet. */
  isKnown(): boolean;
  /**
   * Another difference that may be the right one, because one service alone has said it, or nothing else is known than what it
   * says. `undefined` where there is no doubt.
   */
  doubtedSeconds(): number | undefined;
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
  /** The last difference that two clocks have agreed on; 0, this computer's own time, before that. */
  let agreedSeconds = 0;
  /** What one service alone has said, too far off to be believed. */
  let doubtedSeconds: number | undefined;
  const latest = new Map<string, { readonly differenceSeconds: number; readonly at: number }>();

  /** What other services have said lately. */
  function othersThan(origin: string, at: number): readonly number[] {
    return [...latest].flatMap(([otherOrigin, earlier]) =>
      otherOrigin !== origin && Math.abs(at - earlier.at) <= freshMs ? [earlier.differenceSeconds] : [],
    );
  }

  /** What two clocks agree on with this difference; `undefined` where it is one service's word alone, and too far off. */
  function agreementWith(differenceSeconds: number, others: readonly number[]): number | undefined {
    const isSame = (other: number) => Math.abs(other - differenceSeconds) <= agreementSeconds;
    if (others.some(isSame)) return differenceSeconds;
    if (Math.abs(differenceSeconds - agreedSeconds) <= daySeconds) return agreedSeconds;
    // This computer's clock has been set right since.
    return others.length === 0 && Math.abs(differenceSeconds) <= daySeconds ? 0 : undefined;
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
      const others = othersThan(origin, receivedAt);
      latest.set(origin, { differenceSeconds, at: receivedAt });
      const agreed = agreementWith(differenceSeconds, others);
      if (agreed !== undefined) {
        agreedSeconds = agreed;
        doubtedSeconds = undefined;
        learnedSeconds = Math.abs(differenceSeconds) <= noiseSeconds ? 0 : differenceSeconds;
      } else if (others.length === 0) {
        doubtedSeconds = differenceSeconds;
      }
    },
    seconds: () => learnedSeconds ?? doubtedSeconds ?? 0,
    isKnown: () => learnedSeconds !== undefined,
    doubtedSeconds() {
      if (doubtedSeconds === undefined) return undefined;
      return learnedSeconds === undefined ? 0 : doubtedSeconds;
    },
  };
}
