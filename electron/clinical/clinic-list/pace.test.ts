/** The pace against a clock of its own: time passes only in `wait`. */
import { describe, expect, test } from 'vitest';
import type { ApiResponse } from '../../network/api-response.ts';
import { createPace } from './pace.ts';

const answered = (status: number, retryAfter?: number): ApiResponse => ({
  kind: 'answered',
  status,
  contentType: 'application/fhir+json',
  body: new Uint8Array(),
  retryAfter,
});
const url = new URL('https://service.example/');
const request = (signal: AbortSignal) => ({ url, headers: {}, timeoutMs: 1, repeatable: true, signal });

function start({ requestsPerSecond = 1, answers = [answered(200)], stopWhenHeld = false } = {}) {
  let at = Date.parse('2026-11-27T09:00:00Z');
  const began = at;
  let single: Promise<unknown> | undefined;
  const sentAt: number[] = [];
  const held: (string | undefined)[] = [];
  const abort = new AbortController();
  const pace = createPace({
    requestsPerSecond,
    now: () => new Date(at),
    wait: async (ms, signal) => {
      if (!signal.aborted) at += ms;
    },
    fetch: async () => {
      sentAt.push(at - began);
      return answers.shift() ?? answered(200);
    },
    singleCheck: () => single,
    onHeld: (by) => {
      held.push(by === 'pause' ? by : by?.until.toISOString().slice(11, 19));
      if (stopWhenHeld) abort.abort();
    },
  });
  const send = async () => (await pace.turn(abort.signal)) && (await pace.fetch(request(abort.signal)));
  return {
    pace,
    abort,
    sentAt,
    held,
    send,
    setClock: (ms: number) => {
      at += ms;
    },
    setSingle: (next: Promise<unknown> | undefined) => {
      single = next;
    },
  };
}

/** Until everything that needs no further event has been done. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test.each([
  [1, [0, 1_000, 2_000]],
  [4, [0, 250, 500]],
])('H22: sends %s requests a second and no more', async (requestsPerSecond, times) => {
  const { send, sentAt } = start({ requestsPerSecond });
  for (const _ of times) await send();
  expect(sentAt).toEqual(times);
});

test('a clock that is set back delays the list by one gap alone', async () => {
  const { send, sentAt, setClock } = start();
  await send();
  setClock(-3_600_000);
  await send();
  expect(sentAt).toEqual([0, -3_599_000]);
});

test('H22: waits for a single check of the user, and keeps its distance to it', async () => {
  const { send, sentAt, setSingle } = start();
  const single = Promise.withResolvers<void>();
  setSingle(single.promise);
  const sending = send();
  await settle();
  expect(sentAt).toEqual([]);
  setSingle(undefined);
  single.resolve();
  await sending;
  expect(sentAt).toHaveLength(1);
});

test.each([
  [30, [0, 30_000]],
  [undefined, [0]],
])(
  'H22: a service that answers 503 is left alone where it says how long: %s s',
  async (retryAfter, times) => {
    const { send, sentAt } = start({ answers: [answered(503, retryAfter)] });
    await send();
    expect(sentAt).toEqual(times);
  },
);

describe('H22: a service that is too busy (429)', () => {
  test('gets the request again after its Retry-After, and the list says until when', async () => {
    const { send, sentAt, held } = start({ answers: [answered(429, 30), answered(429, 60), answered(200)] });
    expect(await send()).toMatchObject({ status: 200 });
    expect(sentAt).toEqual([0, 30_000, 90_000]);
    expect(held).toEqual(['09:00:30', undefined, '09:01:30', undefined]);
  });

  test.each([undefined, 0])(
    'is left alone for five seconds where it says no time: %s',
    async (retryAfter) => {
      const { send, sentAt } = start({ answers: [answered(429, retryAfter)] });
      await send();
      expect(sentAt).toEqual([0, 5_000]);
    },
  );

  test('is asked again after an hour at most: no timer takes the years of a wrong date', async () => {
    const { send, sentAt } = start({ answers: [answered(429, 3_000_000), answered(200)] });
    await send();
    expect(sentAt).toEqual([0, 3_600_000]);
  });

  test('is not asked again by a list that was stopped', async () => {
    const { send, sentAt } = start({ answers: [answered(429, 30)], stopWhenHeld: true });
    expect(await send()).toMatchObject({ status: 429 });
    expect(sentAt).toEqual([0]);
  });
});

test('a pause holds the next request until the list goes on, and a stop ends it', async () => {
  const { pace, send, sentAt, abort } = start();
  pace.setPaused(true);
  const sending = send();
  await settle();
  expect(sentAt).toEqual([]);
  pace.setPaused(false);
  await sending;
  expect(sentAt).toHaveLength(1);
  pace.setPaused(true);
  const next = send();
  abort.abort();
  expect(await next).toBe(false);
  expect(sentAt).toHaveLength(1);
});

test('a retry waits for its turn as well', async () => {
  const { pace, send, abort, sentAt } = start();
  await send();
  await pace.wait(300, abort.signal);
  await pace.fetch(request(abort.signal));
  expect(sentAt).toEqual([0, 1_000]);
});

test('H22: a further page of an answer waits for its turn too, and a stop ends it', async () => {
  const { pace, send, abort, sentAt } = start();
  await send();
  await pace.fetch(request(abort.signal));
  expect(sentAt).toEqual([0, 1_000]);
  abort.abort();
  expect(await pace.fetch(request(abort.signal))).toMatchObject({ kind: 'failed', delivered: 'no' });
  expect(sentAt).toHaveLength(2);
});

test('H4: sends no request that may notify', async () => {
  const { pace, abort, sentAt } = start();
  const answer = await pace.fetch({ ...request(abort.signal), repeatable: false });
  expect(answer).toMatchObject({ kind: 'failed', delivered: 'no' });
  expect(sentAt).toEqual([]);
});
