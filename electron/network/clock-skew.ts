/**
 * How far this computer's clock is from the clocks of the national services, learned from the `Date` header of their
 * answers (RFC 9110, section 6.6.1). Signing in needs the right time: a platform assertion lives five minutes at most.
 * Plans are judged by it too (H6, H20), so that one service whose clock is wrong must not move it far.
 */
import { parseHttpDate } from './http-date.ts';

/** One answer that tells the time. */
export interface TimedAnswer {
  /** Origin of the service that answered. */
  readonly origin: string;
  readonly headers: Headers;
  /** By this computer's clock, milliseconds since the epoch. */
  readonly receivedAt: number;
  /** Milliseconds; bounds the error. Slow answers are not learned from. */
  readonly roundTripMs: number;
}

export interface ClockSkew {
  /** Notes the `Date` of an answer. An answer from an origin that is no teacher changes nothing. */
  learn(answer: TimedAnswer): void;
  /** Whole seconds to add to this computer's clock to get the services' time; 0 while nothing is known. */
  seconds(): number;
  /** Whether any answer that counts has told the time yet. */
  isKnown(): boolean;
}

/** A `Date` header has a resolution of one second, so a difference up to this is no difference. */
const noiseSeconds = 2;
const slowRoundTripMs = 10_000;
const daySeconds = 24 * 3_600;
/**
 * A clock that is further off cannot have made the connection: no certificate that Chromium trusts is valid for longer
 * (CA/Browser Forum, Baseline Requirements, section 6.3.2: 398 days).
 */
const furthestSeconds = 398 * daySeconds;
/** Two answers agree when their differences are this close. */
const agreementSeconds = 5;
/**
 * What a service said longer ago says nothing about this computer's clock now, which may have been set since. A clock that
 * was moved by more than this makes every earlier answer old.
 */
const freshMs = 10 * 60_000;

/** `teachers`: the origins of the services whose time counts. */
export function createClockSkew(teachers: ReadonlySet<string>): ClockSkew {
  let learned: number | undefined;
  /** What each service said last, and when. */
  const heard = new Map<string, { readonly difference: number; readonly at: number }>();

  /**
   * A change of more than a day wants a second answer that agrees: of another service, or of the same one where no other
   * has spoken. A service whose clock alone is wrong does not overrule the others.
   */
  function isConfirmed(difference: number, origin: string, at: number): boolean {
    if (Math.abs(difference - (learned ?? 0)) <= daySeconds) return true;
    const fresh = [...heard].filter(([, said]) => Math.abs(at - said.at) <= freshMs);
    return fresh.some(
      ([other, said]) =>
        Math.abs(said.difference - difference) <= agreementSeconds &&
        (other !== origin || fresh.length === 1),
    );
  }

  return {
    learn({ origin, headers, receivedAt, roundTripMs }) {
      if (!teachers.has(origin)) return;
      const date = headers.get('date');
      // An answer out of a cache carries the time at which it was made (RFC 9111, section 5.1).
      const isStored = Number(headers.get('age') ?? 0) !== 0;
      if (date === null || isStored || roundTripMs < 0 || roundTripMs > slowRoundTripMs) return;
      const served = parseHttpDate(date);
      if (served === undefined) return;
      const difference = Math.round((served - (receivedAt - roundTripMs / 2)) / 1_000);
      if (Math.abs(difference) > furthestSeconds) return;
      const counts = isConfirmed(difference, origin, receivedAt);
      heard.set(origin, { difference, at: receivedAt });
      if (counts) learned = Math.abs(difference) <= noiseSeconds ? 0 : difference;
    },
    seconds: () => learned ?? 0,
    isKnown: () => learned !== undefined,
  };
}
