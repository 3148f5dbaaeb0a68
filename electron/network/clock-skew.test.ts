import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClockSkew } from './clock-skew.ts';

const at = (milliseconds: number, more: Record<string, string> = {}) =>
  new Headers({ date: new Date(milliseconds).toUTCString(), ...more });
const now = Date.UTC(2026, 10, 23, 12);

describe('the clock difference', () => {
  test('is not known before an answer has told the time', () => {
    const skew = createClockSkew();
    expect([skew.isKnown(), skew.seconds()]).toEqual([false, 0]);
    skew.learn(new Headers(), now, 10);
    skew.learn(new Headers({ date: 'yesterday' }), now, 10);
    expect(skew.isKnown()).toBe(false);
  });

  test('is learned to the second from any answer', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.nat(5_000), (seconds, roundTrip) => {
        const skew = createClockSkew();
        // The service wrote its time half-way.
        skew.learn(at(now - roundTrip / 2 + seconds * 1_000), now, roundTrip);
        const error = Math.abs(skew.seconds() - seconds);
        return skew.isKnown() && (error <= 1 || (skew.seconds() === 0 && Math.abs(seconds) <= 3));
      }),
    );
  });

  test('follows the latest answer, so a clock put right is right', () => {
    const skew = createClockSkew();
    skew.learn(at(now + 3_600_000), now, 20);
    skew.learn(at(now), now, 20);
    expect([skew.isKnown(), skew.seconds()]).toEqual([true, 0]);
  });

  test.each([
    ['came slowly', at(now + 3_600_000), 11_000],
    ['came out of a cache', at(now - 3_600_000, { age: '3600' }), 20],
    ['came while the clock was being set back', at(now + 3_600_000), -5],
  ])('is not learned from an answer that %s', (_case, headers, roundTrip) => {
    const skew = createClockSkew();
    skew.learn(headers, now, roundTrip);
    expect(skew.isKnown()).toBe(false);
  });

  test('is learned from an answer that a cache passed on as it came', () => {
    const skew = createClockSkew();
    skew.learn(at(now + 60_000, { age: '0' }), now, 20);
    expect(skew.seconds()).toBe(60);
  });
});
