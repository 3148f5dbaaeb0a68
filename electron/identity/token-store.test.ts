/** Renewal and the authorised fetch, over real HTTP; rules that take minutes use a fake clock below. */
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { faultOf, type IdentityOptions } from './testing/identity.ts';
import { simulatorForTests } from './testing/simulator.ts';
import type { TokenEndpoint, TokenOutcome } from './token-exchange.ts';
import { createTokenStore } from './token-store.ts';

const simulator = await simulatorForTests();
afterEach(() => vi.useRealTimers());

async function signedIn(options: Partial<IdentityOptions> = {}) {
  const grants: string[] = [];
  const send = options.fetch ?? chromiumFetch;
  const fetch: Fetch = (url, init) => {
    const grant = new URLSearchParams(String(init.body)).get('grant_type')?.split(':').at(-1);
    if (url.endsWith('/oauth2/token')) grants.push(grant ?? 'none');
    return send(url, init);
  };
  const identity = simulator.identity({ ...options, fetch });
  expect((await identity.session.signIn()).state).toBe('signed-in');
  grants.length = 0;
  const { baseUrl } = identity.environment.pds;
  const ask = (repeatable = true, signal?: AbortSignal) =>
    identity.session.authorisedFetch({
      url: new URL(`${baseUrl}/Patient/9990000018`),
      headers: { 'X-Request-ID': crypto.randomUUID() },
      timeoutMs: 5_000,
      repeatable,
      ...(signal === undefined ? {} : { signal }),
    });
  return { ...identity, ask, grants };
}

/** The service takes the access token of the next requests for an expired one. */
const refuseReads = (times: number) =>
  simulator.fault('pds.read', { kind: 'status', status: 401 }, { times });
const reads = () => simulator.countOf('GET /personal');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('renewal', () => {
  test('comes before the token ends, by the refresh token, without a request', async () => {
    await simulator.settings({ accessTokenSeconds: 2 });
    const { ask, grants } = await signedIn();
    await vi.waitFor(() => expect(grants[0]).toBe('refresh_token'), 5_000);
    await pause(1_000);
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test('without a client secret comes by the ID token', async () => {
    await simulator.settings({ accessTokenSeconds: 2 });
    const { grants } = await signedIn({ platform: { clientSecret: undefined } });
    await vi.waitFor(() => expect(grants[0]).toBe('token-exchange'), 5_000);
  });

  test('is one for all who wait for it', async () => {
    const { ask, grants } = await signedIn();
    await refuseReads(5);
    await simulator.fault('platform.token', { kind: 'delay', ms: 200 });
    const answers = await Promise.all([ask(), ask(), ask(), ask(), ask()]);
    expect(answers.map((answer) => answer.kind === 'answered' && answer.status)).toEqual([
      200, 200, 200, 200, 200,
    ]);
    expect(grants).toEqual(['refresh_token']);
  });

  test.each([
    ['refused as spent', { kind: 'status', status: 401, body: { error: 'invalid_grant' } }],
    ['refused for its secret', { kind: 'status', status: 401, body: { error: 'invalid_client' } }],
    ['not answered in time', { kind: 'delay', ms: 1_000 }],
    ['answered by half', { kind: 'truncate' }],
    ['answered with 500', { kind: 'status', status: 500 }],
  ])(
    'whose refresh is %s falls back to the ID token, and does not use the refresh token again',
    async (_case, fault) => {
      const { ask, grants } = await signedIn({ timeoutMs: 500 });
      await refuseReads(1);
      await simulator.fault('platform.token', fault, { times: 1 });
      expect(await ask()).toMatchObject({ status: 200 });
      expect(grants).toEqual(['refresh_token', 'token-exchange']);
    },
  );

  test('whose refresh may have been spent does not try it again, though the ID token did not help either', async () => {
    const { ask, grants } = await signedIn();
    await refuseReads(2);
    await simulator.fault('platform.token', { kind: 'status', status: 500 }, { times: 2 });
    expect(await ask()).toMatchObject({ status: 401 });
    expect(await ask()).toMatchObject({ status: 200 });
    expect(grants).toEqual(['refresh_token', 'token-exchange', 'token-exchange']);
  });

  test('is not repeated for a request that went out before it and met 401 after it', async () => {
    const held = Promise.withResolvers<void>();
    let reading = 0;
    const { ask, grants } = await signedIn({
      fetch: async (url, options) => {
        const response = await chromiumFetch(url, options);
        reading += url.includes('/Patient/') ? 1 : 0;
        if (url.includes('/Patient/') && reading === 1) await held.promise;
        return response;
      },
    });
    await refuseReads(2);
    const early = ask();
    while (reading === 0) await pause(5);
    expect(await ask()).toMatchObject({ status: 200 });
    held.resolve();
    expect(await early).toMatchObject({ status: 200 });
    expect(grants).toEqual(['refresh_token']);
  });

  test('whose refresh meets a busy platform leaves it alone and keeps the refresh token', async () => {
    const { ask, grants } = await signedIn();
    await refuseReads(2);
    await simulator.fault('platform.token', { kind: 'status', status: 429 }, { times: 1 });
    expect(await ask()).toMatchObject({ status: 401 });
    expect(grants).toEqual(['refresh_token']);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(grants).toEqual(['refresh_token', 'refresh_token']);
  });

  test('whose refresh never left this computer keeps the refresh token', async () => {
    let isOffline = false;
    const { ask, grants } = await signedIn({
      fetch: (url, options) =>
        isOffline && url.endsWith('/oauth2/token')
          ? Promise.reject(new Error('net::ERR_INTERNET_DISCONNECTED'))
          : chromiumFetch(url, options),
    });
    await refuseReads(2);
    isOffline = true;
    await ask();
    isOffline = false;
    expect(await ask()).toMatchObject({ status: 200 });
    expect(grants).toEqual(['refresh_token', 'refresh_token']);
  });

  test('that finds the refresh token spent and the ID token ended asks to sign in again', async () => {
    await simulator.settings({ idTokenSeconds: 1 });
    const { ask, session } = await signedIn();
    await pause(1_100);
    await refuseReads(1);
    const spent = { kind: 'status', status: 401, body: { error: 'invalid_grant' } };
    await simulator.fault('platform.token', spent, { times: 1 });
    await ask();
    expect(session.view()).toMatchObject({ state: 'locked', lastFault: { kind: 'signed-out' } });
    expect(await ask()).toMatchObject({ kind: 'failed', fault: 'signed-out', delivered: 'no' });
  });

  test('that fails while the token still lives does not stop a request', async () => {
    await simulator.settings({ accessTokenSeconds: 4 });
    const { ask, grants, session } = await signedIn();
    await simulator.fault('platform.token', { kind: 'status', status: 503 });
    await vi.waitFor(() => expect(grants).toEqual(['refresh_token', 'token-exchange']), 5_000);
    expect(await ask()).toMatchObject({ status: 200 });
    expect(session.view().state).toBe('signed-in');
  });

  test('that hangs holds up no request while the token still lives', async () => {
    await simulator.settings({ accessTokenSeconds: 8 });
    const { ask, grants } = await signedIn();
    await simulator.fault('platform.token', { kind: 'hang' });
    await vi.waitFor(() => expect(grants).toEqual(['refresh_token']), 6_000);
    // The renewal gets no response: a request that waited for the renewal would fail too.
    expect(await ask()).toMatchObject({ status: 200 });
    expect(grants).toEqual(['refresh_token']);
  });

  test('that fails when the token has ended says why, and that nothing was sent', async () => {
    await simulator.settings({ accessTokenSeconds: 1 });
    const { ask } = await signedIn();
    await simulator.fault('platform.token', { kind: 'status', status: 503 });
    await pause(1_200);
    const before = await reads();
    expect(await ask()).toEqual({
      kind: 'failed',
      fault: 'service-failing',
      delivered: 'no',
      detail: 'not sent',
    });
    expect(await reads()).toBe(before);
    await simulator.clearFaults();
    expect(await ask()).toMatchObject({ status: 200 });
  });

  test('in which the user signs out ends in nothing', async () => {
    const { ask, grants, session } = await signedIn();
    await refuseReads(1);
    await simulator.fault('platform.token', { kind: 'delay', ms: 300 });
    const response = ask();
    await vi.waitFor(() => expect(grants).toHaveLength(1));
    session.signOut();
    expect(await response).toMatchObject({ status: 401 });
    await pause(400);
    expect(session.view()).toEqual({ state: 'signed-out', lastFault: undefined });
    expect(await reads()).toBe(1);
  });
});

describe('a request', () => {
  test('goes to the services alone: to no other origin', async () => {
    const { session, environment } = await signedIn();
    const before = await simulator.requestLines();
    for (const address of [environment.cis2.issuer, 'https://elsewhere.example/', 'http://127.0.0.1:9/']) {
      expect(
        await session.authorisedFetch({
          url: new URL(address),
          headers: {},
          timeoutMs: 1_000,
          repeatable: true,
        }),
      ).toMatchObject({ kind: 'failed', delivered: 'no' });
    }
    expect(await simulator.requestLines()).toEqual(before);
  });

  test('that meets 401 is repeated once if it is silent', async () => {
    const { ask, grants } = await signedIn();
    await simulator.fault('pds.read', { kind: 'status', status: 401 });
    expect(await ask(true)).toMatchObject({ status: 401 });
    expect(await reads()).toBe(2);
    expect(grants).toEqual(['refresh_token']);
  });

  test('H4: that meets 401 is not repeated if it may notify, though the sign-in is renewed for the next', async () => {
    const { ask, grants } = await signedIn();
    await refuseReads(1);
    expect(await ask(false)).toMatchObject({ status: 401 });
    expect(await reads()).toBe(1);
    expect(grants).toEqual(['refresh_token']);
    expect(await ask(false)).toMatchObject({ status: 200 });
  });

  test('that meets 403 is neither repeated nor a reason to renew', async () => {
    const { ask, grants } = await signedIn();
    await simulator.fault('pds.read', { kind: 'status', status: 403 });
    expect(await ask()).toMatchObject({ status: 403 });
    expect(await reads()).toBe(1);
    expect(grants).toEqual([]);
  });

  test('under way when the user locks is broken off', async () => {
    const { ask, session } = await signedIn();
    await simulator.fault('pds.read', { kind: 'hang' });
    const response = ask();
    await pause(100);
    session.lock();
    expect(await response).toMatchObject({ kind: 'failed', fault: 'aborted', delivered: 'unknown' });
  });

  test('that its caller aborts is broken off, and the session stays', async () => {
    const { ask, session } = await signedIn();
    await simulator.fault('pds.read', { kind: 'hang' });
    const abort = new AbortController();
    const response = ask(true, abort.signal);
    await pause(100);
    abort.abort();
    expect(await response).toMatchObject({ kind: 'failed', fault: 'aborted' });
    expect(session.view().state).toBe('signed-in');
  });
});

describe('with a fake clock', () => {
  const issued = (seconds: number): TokenOutcome => ({
    kind: 'issued',
    tokens: { accessToken: 'a', accessExpiresAt: Date.now() + seconds * 1_000, refreshToken: 'r' },
  });
  const busy: TokenOutcome = {
    kind: 'refused',
    fault: makeFault('busy', 'x'),
    retry: 'later',
    mayHaveTakenEffect: false,
    retryAfterSeconds: 25,
  };

  async function openStore(lifetimeSeconds: number, renewals: TokenOutcome[] = []) {
    vi.useFakeTimers();
    const refreshedAt: number[] = [];
    const startedAt = Date.now();
    const endpoint: Pick<TokenEndpoint, 'exchange' | 'refresh'> = {
      exchange: async () => issued(lifetimeSeconds),
      refresh: async () => {
        refreshedAt.push((Date.now() - startedAt) / 1_000);
        return renewals.shift() ?? issued(lifetimeSeconds);
      },
    };
    const store = createTokenStore({
      endpoint,
      network: { request: () => Promise.reject(new Error('not asked')), fetch: () => fetch },
      origins: new Set(),
      now: () => new Date(),
      onEnded: () => undefined,
      logout: { end: () => undefined },
    });
    expect(
      await store.open({ idToken: 'id token', idTokenExpiresAt: 0, accessToken: 'access token' }),
    ).toBeUndefined();
    onTestFinished(() => store.close('signed-out'));
    return { store, refreshedAt };
  }

  test('a token of ten minutes is renewed sixty seconds before it ends, again and again', async () => {
    const { store, refreshedAt } = await openStore(599);
    await vi.advanceTimersByTimeAsync(1_700_000);
    expect(refreshedAt).toEqual([539, 1_078, 1_617]);
    store.close('signed-out');
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(refreshedAt).toHaveLength(3);
  });

  test('a token that is short-lived is renewed at half its life, and never in a loop', async () => {
    const { refreshedAt } = await openStore(1);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(refreshedAt).toEqual([1, 2, 3]);
  });

  test('a token that lives for months is not renewed in a loop', async () => {
    const { refreshedAt } = await openStore(90 * 86_400);
    await vi.advanceTimersByTimeAsync(11 * 3_600_000);
    expect(refreshedAt).toEqual([]);
  });

  test('a renewal that met a busy platform comes back when it was told to', async () => {
    const { refreshedAt } = await openStore(599, [busy]);
    await vi.advanceTimersByTimeAsync(570_000);
    // And up to five seconds later, so that workstations do not try again together.
    expect(refreshedAt).toEqual([539, expect.toSatisfy((at: number) => at >= 564 && at < 569)]);
  });

  test('a platform that says "at once" each time gets no requests in a tight loop', async () => {
    const { refreshedAt } = await openStore(
      599,
      Array.from({ length: 1_000 }, () => ({ ...busy, retryAfterSeconds: 0 })),
    );
    await vi.advanceTimersByTimeAsync(600_000);
    expect(refreshedAt.length).toBeGreaterThan(5);
    // One in five seconds, in the minute in which the token still lives, and none after.
    expect(refreshedAt.length).toBeLessThanOrEqual(60 / 5);
  });
});

test('the fault that ends a session is shown where the user signs in again', async () => {
  await simulator.settings({ idTokenSeconds: 1, refresh: false });
  const { ask, session } = await signedIn();
  await pause(1_100);
  await refuseReads(1);
  await ask();
  expect(faultOf(session.view())?.happened).toBe('Your session has ended.');
});
