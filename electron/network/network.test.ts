/** Real responses over loopback HTTP, malformed in every way. */
import type { OutgoingHttpHeaders, RequestListener } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import type { ApiRequest } from './api-response.ts';
import { createClockSkew } from './clock-skew.ts';
import { createNetwork } from './network.ts';
import { NetworkFailure } from './network-failure.ts';
import { createTestNetwork, serve } from './testing/loopback-server.ts';

const network = createTestNetwork();
const ask = (url: URL, more: Partial<ApiRequest> = {}, over = network) =>
  over.request({ method: 'GET', url, headers: {}, timeoutMs: 2_000, ...more });

/** A server that gives this answer to every request. */
const serveAnswer = (status: number, headers: OutgoingHttpHeaders, body?: string | Buffer) =>
  serve((_request, response) => void response.writeHead(status, headers).end(body));
/** One whose answer breaks off. */
const serveHalf = () =>
  serve((_request, response) => {
    response.writeHead(200, { 'Content-Length': 100 });
    response.write('{"entry":[]', () => response.destroy());
  });

describe('an answer', () => {
  test('is read whole, with its type in lower case and without parameters', async () => {
    const url = await serveAnswer(
      201,
      { 'Content-Type': 'Application/FHIR+JSON; charset=utf-8' },
      '{"a":"ö"}',
    );
    expect(await ask(url)).toEqual({
      kind: 'answered',
      status: 201,
      contentType: 'application/fhir+json',
      body: new TextEncoder().encode('{"a":"ö"}'),
      retryAfter: undefined,
    });
  });

  test('that is compressed is read too', async () => {
    const url = await serveAnswer(200, { 'Content-Encoding': 'gzip' }, gzipSync('{"a":1}'));
    expect(await ask(url)).toMatchObject({ body: new TextEncoder().encode('{"a":1}') });
  });

  test('H2: that ends before its length is a fault', async () => {
    expect(await ask(await serveHalf())).toMatchObject({ kind: 'failed', delivered: 'unknown' });
  });

  test('H2: whose length the network stack let pass is a fault all the same', async () => {
    const lenient = createTestNetwork(
      async () => new Response('half', { headers: { 'content-length': '8' } }),
    );
    expect(await ask(new URL('http://127.0.0.1'), {}, lenient)).toMatchObject({
      fault: 'answer-not-understood',
      detail: 'answer broken off',
    });
  });

  test('that never ends is cut off at the limit, and its connection is dropped', async () => {
    let isOpen = true;
    const url = await serve((_request, response) => {
      response.on('close', () => {
        isOpen = false;
      });
      const more = () => {
        while (isOpen && response.write(Buffer.alloc(1024 * 1024)));
        response.once('drain', more);
      };
      more();
    });
    expect(await ask(url, { timeoutMs: 20_000 })).toMatchObject({
      fault: 'answer-not-understood',
      detail: 'answer too large',
    });
    await vi.waitFor(() => expect(isOpen).toBe(false));
  });

  test.each<[string, RequestListener]>([
    ['never comes', () => undefined],
    [
      'comes drop by drop',
      (_request, response) => {
        const timer = setInterval(() => response.write(' '), 50);
        response.on('close', () => clearInterval(timer));
      },
    ],
  ])('that %s is a time-out', async (_case, listener) => {
    const url = await serve(listener);
    expect(await ask(url, { timeoutMs: 300 })).toMatchObject({ fault: 'timed-out', delivered: 'unknown' });
  });

  test.each([
    ['7', 7],
    [' 7 ', 7],
    ['a date in 90 s', 90],
    ['a date 90 s ago', 0],
    ['soon', undefined],
    ['-1', undefined],
  ])('with Retry-After %j asks for %s seconds', async (header, seconds) => {
    const ago = header.endsWith('ago') ? 90_000 : -90_000;
    const text = header.startsWith('a date') ? new Date(Date.now() - ago).toUTCString() : header;
    const url = await serveAnswer(429, { 'Retry-After': text });
    const answer = await ask(url);
    const retryAfter = answer.kind === 'answered' ? answer.retryAfter : -1;
    if (seconds === undefined) expect(retryAfter).toBeUndefined();
    else expect(Math.abs((retryAfter ?? -9) - seconds)).toBeLessThanOrEqual(2);
  });
});

describe('a request', () => {
  test('does not follow a redirect', async () => {
    const seen: string[] = [];
    const url = await serve((request, response) => {
      seen.push(request.url ?? '');
      response.writeHead(302, { Location: '/elsewhere' }).end();
    });
    expect(await ask(url)).toMatchObject({ kind: 'failed', fault: 'answer-not-understood' });
    expect(seen).toEqual(['/']);
  });

  test('H14: neither keeps nor sends a cookie, and follows no redirect, whatever fetch does by default', async () => {
    const sent: RequestInit[] = [];
    const watched = createTestNetwork(async (_url, options) => {
      sent.push(options);
      return new Response('{}');
    });
    const url = new URL('http://127.0.0.1/');
    await ask(url, {}, watched);
    await watched.fetch(1_000)(url.href, { method: 'GET', credentials: 'include', redirect: 'follow' });
    for (const options of sent) expect(options).toMatchObject({ credentials: 'omit', redirect: 'error' });
    expect(sent).toHaveLength(2);
  });

  test('that is given up is broken off, and one given up before is not sent', async () => {
    let received = 0;
    const url = await serve(() => {
      received += 1;
    });
    const abort = new AbortController();
    const response = ask(url, { signal: abort.signal });
    await vi.waitFor(() => expect(received).toBe(1));
    abort.abort();
    expect(await response).toMatchObject({ fault: 'aborted', delivered: 'unknown' });
    expect(await ask(url, { signal: abort.signal })).toMatchObject({ fault: 'aborted', delivered: 'no' });
    expect(received).toBe(1);
  });

  test('that fails in the fetch of openid-client throws what is known of it', async () => {
    const url = await serveHalf();
    await expect(network.fetch(1_000)(url.href, { method: 'GET' })).rejects.toBeInstanceOf(NetworkFailure);
  });

  test.each([
    ['a service', 200, 'application/json', true],
    ['a service that refuses', 403, 'application/fhir+json', true],
    ['a page of a proxy', 200, 'text/html; charset=utf-8', false],
    ['a filter', 403, 'text/html', false],
    ['a proxy that wants a log-in', 407, 'application/json', false],
  ])('of %s (%i, %s) tells the time: %s', async (_whose, status, contentType, isTold) => {
    const ownClock = createClockSkew(new Set(['http://127.0.0.1']));
    const date = new Date(Date.now() + 3_600_000).toUTCString();
    const telling = createNetwork({
      fetch: async () => new Response('{}', { status, headers: { 'Content-Type': contentType, date } }),
      now: () => new Date(),
      clockSkew: ownClock,
    });
    await ask(new URL('http://127.0.0.1/'), {}, telling);
    expect(ownClock.isKnown()).toBe(isTold);
  });

  test('H20: of a server of the site itself (a launch redeemer, a key service) tells no time', async () => {
    const ownClock = createClockSkew(new Set(['https://care-identity.example']));
    const url = await serveAnswer(200, { Date: new Date(Date.now() + 3_600_000).toUTCString() }, '{}');
    await ask(url, { method: 'POST' }, createNetwork({ fetch, now: () => new Date(), clockSkew: ownClock }));
    expect([ownClock.isKnown(), ownClock.seconds()]).toEqual([false, 0]);
  });

  test.each([204, 304])('answered with %i has no body', async (status) => {
    const url = await serveAnswer(status, {});
    expect((await network.fetch(1_000)(url.href, { method: 'GET' })).status).toBe(status);
  });
});
