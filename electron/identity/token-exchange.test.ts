/** The token exchange at the platform's token endpoint; token-error.test.ts tests the endpoint's errors. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import type { IdentityOptions } from './testing/identity.ts';
import { expectNoSecret } from './testing/refused-sign-in.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();
let idToken: string;
beforeEach(async () => {
  const { cis2 } = simulator.identity();
  const outcome = await cis2.signIn({ purpose: 'sign-in', acr: 'default', signal });
  if (outcome.kind === 'refused') throw new Error(outcome.fault.happened);
  idToken = outcome.user.tokens.idToken;
});

const signal = new AbortController().signal;
/** Exchanges the ID token of the test. */
const exchange = (options?: Partial<IdentityOptions>) =>
  simulator.identity(options).endpoint.exchange(idToken, signal);
const attempts = () => simulator.countOf('POST /oauth2/token');

describe('the exchange is refused', () => {
  test.each([
    ['is not there', undefined],
    ['is a token', 'eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiJ4In0.c2ln'],
    ['is a token and more', 'eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiJ4In0.c2ln and more'],
    ['is endless', 'r'.repeat(5_000)],
    ['is no text', { id: 1 }],
  ])('and its message id %s: the reference is our own', async (_case, message_id) => {
    const body = { error: 'invalid_request', error_description: 'no', message_id };
    await simulator.fault('platform.token', { kind: 'status', status: 400, body });
    const outcome = await exchange();
    expect(outcome).toMatchObject({ fault: { reference: expect.stringMatching(/^[0-9a-f]{8} HTTP 400$/) } });
    await expectNoSecret(simulator, outcome);
  });
});

describe('what is sent', () => {
  test('is signed afresh for every attempt, and is exactly what the platform asks for', async () => {
    const bodies: URLSearchParams[] = [];
    const { endpoint, environment } = simulator.identity({
      fetch: (url, options) => {
        bodies.push(new URLSearchParams(String(options.body)));
        return chromiumFetch(url, options);
      },
    });
    for (const _ of [1, 2])
      expect(await endpoint.exchange(idToken, signal)).toMatchObject({ kind: 'issued' });
    const assertions = bodies.map((body) => body.get('client_assertion') ?? '');
    const [first, second] = assertions.map((jwt) => jwt.split('.').slice(0, 2).map(decode));
    const { apiKey, tokenUrl } = environment.platform;
    expect(first?.[0]).toEqual({ alg: 'RS512', typ: 'JWT', kid: expect.any(String) });
    expect(Object.keys(first?.[1] ?? {}).sort()).toEqual(['aud', 'exp', 'iat', 'iss', 'jti', 'sub']);
    expect(first?.[1]).toMatchObject({ iss: apiKey, sub: apiKey, aud: tokenUrl });
    expect(first?.[1]?.['exp']).toBe(Number(first?.[1]?.['iat']) + 300);
    expect(second?.[1]?.['jti']).not.toBe(first?.[1]?.['jti']);
  });

  function decode(part: string): Record<string, unknown> {
    return JSON.parse(Buffer.from(part, 'base64url').toString());
  }
});

describe('a request that Chromium sent a second time by itself', () => {
  /** The connection breaks after the platform served the first request; the response belongs to the second. */
  const twice: Fetch = async (url, options) => {
    if (url.endsWith('/oauth2/token')) await (await chromiumFetch(url, options)).text();
    return chromiumFetch(url, options);
  };
  const once = (send: Fetch): Fetch => {
    let isFirst = true;
    return (url, options) => {
      const fetchOnce = isFirst && url.endsWith('/oauth2/token') ? send : chromiumFetch;
      if (fetchOnce === send) isFirst = false;
      return fetchOnce(url, options);
    };
  };
  test('is refused for its jti: a fresh assertion is sent, once', async () => {
    expect(await exchange({ fetch: once(twice) })).toMatchObject({ kind: 'issued' });
    expect(await attempts()).toBe(3);
  });

  test('each time: the sign-in is not used up by that, and nothing is sent in a loop', async () => {
    expect(await exchange({ fetch: twice })).toMatchObject({
      kind: 'refused',
      retry: 'now',
      fault: { kind: 'sign-in-failed' },
    });
    expect(await attempts()).toBe(4);
  });
});

describe('a busy platform', () => {
  test.each([
    ['with a time to wait', { 'retry-after': '1' }],
    ['that says "at once"', { 'retry-after': '0' }],
    ['with a date to wait for', { 'retry-after': new Date(Date.now() + 1_000).toUTCString() }],
    ['without a word', { 'retry-after': 'soon' }],
  ])('%s gets one more attempt', async (_case, headers) => {
    await simulator.fault('platform.token', { kind: 'status', status: 429, headers }, { times: 1 });
    expect(await exchange()).toMatchObject({ kind: 'issued' });
    expect(await attempts()).toBe(2);
  });

  test('that stays busy gets no third attempt', async () => {
    await simulator.fault('platform.token', { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    expect(await exchange()).toMatchObject({
      fault: { kind: 'busy' },
      retry: 'later',
      retryAfterSeconds: 1,
    });
    expect(await attempts()).toBe(2);
  });

  test('that asks for a longer pause than a user waits gets no second attempt', async () => {
    await simulator.fault('platform.token', {
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '60' },
    });
    expect(await exchange()).toMatchObject({ fault: { kind: 'busy' } });
    expect(await attempts()).toBe(1);
  });
});

describe('an answer that is not a token', () => {
  const good = { access_token: 'token', expires_in: '599', token_type: 'Bearer' };

  test.each([
    ['an access token with a line break', { ...good, access_token: 'to\r\nken' }],
    ['no access token', { ...good, access_token: undefined }],
    ['another token type', { ...good, token_type: 'mac' }],
    ['no lifetime', { ...good, expires_in: undefined }],
    ['a lifetime of nothing', { ...good, expires_in: '0' }],
    ['a lifetime that is no number', { ...good, expires_in: 'long' }],
  ])('%s', async (_case, body) => {
    await simulator.fault('platform.token', { kind: 'status', status: 200, body });
    expect(await exchange()).toMatchObject({
      kind: 'refused',
      fault: { kind: 'answer-not-understood' },
    });
  });

  test('numbers as numbers are read too', async () => {
    await simulator.fault('platform.token', {
      kind: 'status',
      status: 200,
      body: { ...good, expires_in: 599 },
    });
    expect(await exchange()).toMatchObject({ kind: 'issued' });
  });
});
