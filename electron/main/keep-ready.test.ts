/** 1,000 viewers and one service on loopback, on a clock that the test moves. */
import { expect, test } from 'vitest';
import { loopbackServiceForTests } from '../clinical/testing/loopback-service.ts';
import { keepReady } from './keep-ready.ts';

const viewers = 1_000;
const minuteMs = 60_000;

const service = loopbackServiceForTests();

/** Runs what is due in order of time; each step ends before the next begins. */
function createClock() {
  const waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();
  const clock = {
    nowMs: 0,
    after(ms: number, run: () => void) {
      const entry = { atMs: clock.nowMs + ms, run };
      waiting.add(entry);
      return () => void waiting.delete(entry);
    },
    waiting: () => waiting.size,
    /** Up to `untilMs`. `settle` resolves once the work that was started has ended. */
    async moveTo(untilMs: number, settle: () => Promise<void>) {
      for (;;) {
        let next: { readonly atMs: number; readonly run: () => void } | undefined;
        for (const entry of waiting) if (next === undefined || entry.atMs < next.atMs) next = entry;
        if (next === undefined || next.atMs > untilMs) break;
        waiting.delete(next);
        clock.nowMs = next.atMs;
        next.run();
        await settle();
      }
      clock.nowMs = untilMs;
    },
  };
  return clock;
}

/** Each viewer starts at a moment of `startsWithinMs`. Gives the times of all requests, in milliseconds. */
async function runViewers(startsWithinMs: number, minutes: number): Promise<readonly number[]> {
  const clock = createClock();
  const times: number[] = [];
  let underWay: Promise<unknown> = Promise.resolve();
  const prepare = (): Promise<boolean> => {
    times.push(clock.nowMs);
    const asked = fetch(service.origin).then(
      async (response) => {
        await response.text();
        return response.ok;
      },
      () => false,
    );
    underWay = asked;
    return asked;
  };
  for (let viewer = 0; viewer < viewers; viewer += 1) {
    clock.after((viewer / viewers) * startsWithinMs, () =>
      keepReady({ prepare, random: Math.random, after: clock.after }),
    );
  }
  await clock.moveTo(minutes * minuteMs, async () => {
    await underWay;
    await Promise.resolve();
  });
  return times;
}

/** The most requests in any second. */
function mostInOneSecond(times: readonly number[]): number {
  const bySecond = new Map<number, number>();
  for (const ms of times) {
    const second = Math.floor(ms / 1_000);
    bySecond.set(second, (bySecond.get(second) ?? 0) + 1);
  }
  return Math.max(...bySecond.values());
}

test('1,000 viewers that start within a minute ask the service at most 50 times in a second, and then once an hour each', async () => {
  service.answerWith(() => ({ body: {} }));
  const times = await runViewers(minuteMs, 120);
  expect(mostInOneSecond(times)).toBeLessThanOrEqual(50);
  const later = times.filter((ms) => ms > 2 * minuteMs);
  // Jitter: nothing brings the viewers together again.
  expect(mostInOneSecond(later)).toBeLessThanOrEqual(10);
  expect(later.length).toBeLessThanOrEqual(viewers * 3);
  expect(later.length).toBeGreaterThanOrEqual(viewers * 2);
  expect(service.received).toHaveLength(times.length);
});

test.each<[string, () => 'hang-up' | { status: number; body: string }]>([
  ['does not answer', () => 'hang-up'],
  ['is too busy', () => ({ status: 429, body: '' })],
])('a service that %s is asked at most 6 times an hour by each viewer', async (_how, answer) => {
  service.answerWith(answer);
  const times = await runViewers(minuteMs, 30);
  expect(mostInOneSecond(times)).toBeLessThanOrEqual(50);
  expect(times.length).toBeLessThanOrEqual(viewers * 4);
});

test('once stopped, it asks no more', async () => {
  const clock = createClock();
  let finish = (_isReady: boolean): void => undefined;
  const stop = keepReady({
    prepare: () => new Promise((resolve) => (finish = resolve)),
    random: () => 0,
    after: clock.after,
  });
  await clock.moveTo(1, async () => undefined);
  stop();
  finish(true);
  await Promise.resolve();
  expect(clock.waiting()).toBe(0);
});
