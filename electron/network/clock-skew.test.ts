import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClockSkew, type TimedAnswer } from './clock-skew.ts';

const [careIdentity, platform, cpis] = [
  'https://cis2.example',
  'https://api.example',
  'https://cpis.example',
];
const services = new Set([careIdentity, platform, cpis]);
const now = Date.UTC(2026, 10, 23, 12);
const day = 24 * 3_600;

/** A response of a service whose clock is this many seconds ahead of this computer's. */
function ahead(
  seconds: number,
  { origin = careIdentity, age, ...more }: Partial<TimedAnswer> & { readonly age?: string } = {},
): TimedAnswer {
  const { receivedAt = now, roundTripMs = 0 } = more;
  // The service wrote `Date` half-way through the round trip.
  const date = new Date(receivedAt - roundTripMs / 2 + seconds * 1_000).toUTCString();
  return {
    origin,
    headers: new Headers({ date, ...(age === undefined ? {} : { age }) }),
    receivedAt,
    roundTripMs,
  };
}

function learnedFrom(...answers: readonly TimedAnswer[]) {
  const skew = createClockSkew(services);
  for (const answer of answers) skew.learn(answer);
  return skew;
}

describe('the clock difference', () => {
  test('is not known before an answer has told the time', () => {
    const without = { origin: careIdentity, receivedAt: now, roundTripMs: 10 };
    const skew = learnedFrom(
      { ...without, headers: new Headers() },
      { ...without, headers: new Headers({ date: 'yesterday' }) },
    );
    expect([skew.isKnown(), skew.seconds()]).toEqual([false, 0]);
  });

  // A `Date` has whole seconds, so the difference is known to a second or two.
  test('is learned to the second from one answer, up to a day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2 - day, max: day - 2 }), fc.nat(5_000), (seconds, roundTripMs) => {
        const skew = learnedFrom(ahead(seconds, { roundTripMs }));
        const error = Math.abs(skew.seconds() - seconds);
        return skew.isKnown() && (error <= 1 || (skew.seconds() === 0 && Math.abs(seconds) <= 3));
      }),
    );
  });

  test('follows the latest answer, so a clock put right is right', () => {
    const skew = learnedFrom(ahead(3_600), ahead(0));
    expect([skew.isKnown(), skew.seconds()]).toEqual([true, 0]);
  });

  test.each([
    ['came slowly', ahead(3_600, { roundTripMs: 11_000 })],
    ['came out of a cache', ahead(-3_600, { age: '3600' })],
    ['came while the clock was being set back', ahead(3_600, { roundTripMs: -5 })],
    ['came from a server of the site', ahead(3_600, { origin: 'https://epr.trust.example' })],
  ])('is not learned from an answer that %s', (_case, answer) => {
    expect(learnedFrom(answer).isKnown()).toBe(false);
  });

  test('is learned from an answer that a cache passed on as it came', () => {
    expect(learnedFrom(ahead(60, { age: '0' })).seconds()).toBe(60);
  });
});

describe('H20: a difference of more than a day', () => {
  const far = 2 * day;

  test('in one answer changes nothing where another service has just told the time', () => {
    const skew = learnedFrom(ahead(300), ahead(far, { origin: cpis }));
    expect([skew.seconds(), skew.doubtedSeconds()]).toEqual([300, undefined]);
  });

  test('is believed when another service says the same', () => {
    expect(learnedFrom(ahead(far), ahead(far + 1, { origin: platform })).seconds()).toBe(far + 1);
  });

  test('is not believed of one service alone, however often it says so', () => {
    const alone = ahead(far, { origin: cpis });
    const before = ahead(300, { receivedAt: now - 11 * 60_000 });
    const skew = learnedFrom(before, alone, alone, alone);
    expect([skew.seconds(), skew.doubtedSeconds()]).toEqual([300, far]);
  });

  test('before any other is known serves a sign-in, and is in doubt', () => {
    const skew = learnedFrom(ahead(far));
    expect([skew.isKnown(), skew.seconds(), skew.doubtedSeconds()]).toEqual([false, far, 0]);
  });

  test('is not reached by one service in steps of less than a day', () => {
    const steps = [0.9, 1.8, 2.7, 3.6].map((days) => ahead(days * day, { origin: cpis }));
    expect(Math.abs(learnedFrom(...steps).seconds())).toBeLessThanOrEqual(day);
    expect(Math.abs(learnedFrom(ahead(0, { origin: platform }), ...steps).seconds())).toBeLessThanOrEqual(
      day,
    );
  });

  test('is the doubt no longer once an answer is believed', () => {
    expect(learnedFrom(ahead(far), ahead(far, { origin: platform })).doubtedSeconds()).toBeUndefined();
    expect(learnedFrom(ahead(far), ahead(60)).doubtedSeconds()).toBeUndefined();
  });

  test('is not believed of one service, however often, that contradicts the others', () => {
    const wrong = ahead(far, { origin: cpis });
    const skew = learnedFrom(ahead(0), ahead(0, { origin: platform }), wrong, wrong, wrong);
    expect([skew.isKnown(), skew.seconds(), skew.doubtedSeconds()]).toEqual([true, 0, undefined]);
  });

  test('is not believed when two answers do not agree', () => {
    expect(learnedFrom(ahead(far), ahead(far + 60, { origin: platform })).isKnown()).toBe(false);
  });

  test('after which one service tells the time still moves it by a day at most', () => {
    const agreed = [ahead(far), ahead(far, { origin: platform })];
    expect(learnedFrom(...agreed, ahead(far - 3_600, { origin: cpis })).seconds()).toBe(far - 3_600);
    expect(learnedFrom(...agreed, ahead(far + 2 * day, { origin: cpis })).seconds()).toBe(far);
  });

  test('ends with one service that says that this computer’s clock has been set right, unless another denies it', () => {
    const agreed = [ahead(far), ahead(far, { origin: platform })];
    const setRight = { origin: cpis, receivedAt: now + far * 1_000 };
    expect(learnedFrom(...agreed, ahead(60, setRight)).seconds()).toBe(60);
    expect(learnedFrom(...agreed, ahead(60, { origin: cpis })).seconds()).toBe(far);
  });

  test('is never believed beyond what a certificate can bear', () => {
    const twentyYears = 20 * 365 * day;
    expect(learnedFrom(ahead(twentyYears), ahead(twentyYears, { origin: platform })).isKnown()).toBe(false);
  });
});
