import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ApiResponse, AuthorisedRequest, FailedResponse } from '../../network/api-response.ts';
import { createTransport, type ServiceRequest, wait } from './transport.ts';

const answered = (status: number, retryAfter?: number): ApiResponse => ({
  kind: 'answered',
  status,
  contentType: 'application/fhir+json',
  body: new TextEncoder().encode('{}'),
  retryAfter,
});
const failed = (fault: FailedResponse['fault']): ApiResponse => ({
  kind: 'failed',
  fault,
  delivered: 'unknown',
  detail: fault,
});

/** A network with a list of prepared answers, and a clock that only waiting advances. */
function arrange(answers: readonly ApiResponse[], { took = 0, random = 0 } = {}) {
  const requests: AuthorisedRequest[] = [];
  const waits: number[] = [];
  const abort = new AbortController();
  let time = 0;
  const transport = createTransport({
    fetch: async (sent) => {
      requests.push(sent);
      time += took;
      return answers[requests.length - 1] ?? answered(200);
    },
    now: () => new Date(time),
    newId: randomUUID,
    wait: async (milliseconds) => {
      waits.push(milliseconds);
      time += milliseconds;
    },
    random: () => random,
    timeoutMs: 20_000,
  });
  const request = (repeatable: boolean): ServiceRequest => ({
    url: new URL('https://example.test/'),
    headers: { TraceID: 'trace' },
    repeatable,
    signal: abort.signal,
  });
  return { transport, requests, waits, abort, request };
}

test('every request carries the headers of the platform, with ids of its own; a repeat has those of the first', async () => {
  const { transport, requests, request } = arrange([answered(503), answered(200), answered(200)]);
  const sent = await transport.send(request(true));
  await transport.send(request(true));
  const ids = requests.map(({ headers }) => [headers['X-Request-ID'], headers['X-Correlation-ID']]);
  expect(ids).toHaveLength(3);
  expect(ids[1]).toEqual(ids[0]);
  expect(new Set(ids.flat()).size).toBe(4);
  expect(requests[0]).toMatchObject({
    headers: { Accept: 'application/fhir+json', TraceID: 'trace' },
    timeoutMs: 20_000,
    repeatable: true,
  });
  expect(sent.requestId).toBe(requests[1]?.headers['X-Request-ID']);
});

test('a request with an id in the audit trail is sent under that id each time', async () => {
  const { transport, requests, request } = arrange([answered(503), answered(200)]);
  await transport.send({ ...request(true), correlationId: 'check-1' });
  expect(requests.map(({ headers }) => headers['X-Correlation-ID'])).toEqual(['check-1', 'check-1']);
});

const transient = [
  ...[408, 429, 500, 502, 503, 504].map((status) => [String(status), answered(status)] as const),
  ...(['offline', 'timed-out', 'service-failing'] as const).map((fault) => [fault, failed(fault)] as const),
];

describe('a repeatable request', () => {
  test.each(transient)('is tried three times after %s', async (_name, answer) => {
    const { transport, requests, waits, request } = arrange([answer, answer, answer, answer]);
    expect((await transport.send(request(true))).answer).toBe(answer);
    expect(requests).toHaveLength(3);
    expect(waits).toEqual([300, 600]);
  });

  test.each([
    ...[200, 400, 401, 403, 404].map((status) => [String(status), answered(status)] as const),
    ...(['proxy', 'answered-in-its-place', 'untrusted-certificate', 'aborted', 'signed-out'] as const).map(
      (fault) => [fault, failed(fault)] as const,
    ),
  ])('is tried once after %s', async (_name, answer) => {
    const { transport, requests, request } = arrange([answer]);
    await transport.send(request(true));
    expect(requests).toHaveLength(1);
  });

  test('leaves half of each delay to chance', async () => {
    const { transport, waits, request } = arrange([answered(503), answered(503)], { random: 0.5 });
    await transport.send(request(true));
    expect(waits).toEqual([450, 900]);
  });

  test('waits as long as it is told to, and not at all where that is too long', async () => {
    const patient = arrange([answered(429, 2), answered(200)]);
    await patient.transport.send(patient.request(true));
    expect(patient.waits).toEqual([2_000]);
    const impatient = arrange([answered(429, 60)]);
    expect((await impatient.transport.send(impatient.request(true))).answer).toMatchObject({ status: 429 });
    expect(impatient.requests).toHaveLength(1);
  });

  test('is given up when the time for it has been spent', async () => {
    const { transport, requests, request } = arrange([failed('timed-out')], { took: 20_000 });
    await transport.send(request(true));
    expect(requests).toHaveLength(1);
  });

  test('is not tried again once it is no longer wanted', async () => {
    const { transport, requests, abort, request } = arrange([answered(503)]);
    const sending = transport.send(request(true));
    abort.abort();
    await sending;
    expect(requests).toHaveLength(1);
    expect(await transport.send(request(true))).toMatchObject({
      answer: { fault: 'aborted', delivered: 'no' },
    });
    expect(requests).toHaveLength(1);
  });
});

describe('H4: a request that may notify', () => {
  test.each([...transient, ['401', answered(401)] as const])(
    'is sent once, whatever comes back: %s',
    async (_name, answer) => {
      const { transport, requests, waits, request } = arrange([answer]);
      expect((await transport.send(request(false))).answer).toBe(answer);
      expect(requests).toHaveLength(1);
      expect(requests[0]?.repeatable).toBe(false);
      expect(waits).toEqual([]);
    },
  );

  test('may have arrived when the network layer breaks its word and throws', async () => {
    const transport = createTransport({
      fetch: () => Promise.reject(new Error('broken')),
      now: () => new Date(0),
      newId: randomUUID,
      wait: async () => undefined,
      random: () => 0,
      timeoutMs: 1,
    });
    const { request } = arrange([]);
    expect(await transport.send(request(false))).toMatchObject({
      answer: { kind: 'failed', fault: 'service-failing', delivered: 'unknown' },
    });
  });
});

test('waiting ends early when it is no longer wanted', async () => {
  const abort = new AbortController();
  const waiting = wait(60_000, abort.signal);
  abort.abort();
  await expect(waiting).resolves.toBeUndefined();
  await expect(wait(60_000, abort.signal)).resolves.toBeUndefined();
});
