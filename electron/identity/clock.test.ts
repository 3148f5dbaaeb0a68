/**
 * A wrong clock of this computer. The tests move the simulator's clock instead, which has the same effect: the
 * simulator's `Date` headers, tokens and checks all use its own clock.
 */
import { describe, expect, test } from 'vitest';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { faultOf } from './testing/identity.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();

const hour = 3_600;
/** Seconds by which the services are ahead of this computer, and the text for each. */
const wrongClocks = [
  [hour, 'an hour slow'],
  [-hour, 'an hour fast'],
  [400, 'seven minutes slow'],
  [-400, 'seven minutes fast'],
  [24 * hour, 'a day slow'],
] as const;

const move = (seconds: number) => simulator.settings({ clockOffsetSeconds: seconds });
const tokenRequests = () => simulator.countOf('POST /oauth2/token');

/** A proxy that removes the `Date` header. */
const withoutDate: Fetch = async (url, options) => {
  const { body, status, headers } = await chromiumFetch(url, options);
  const withoutDateHeader = new Headers(headers);
  withoutDateHeader.delete('date');
  return new Response(body, { status, headers: withoutDateHeader });
};

describe('this computer’s clock', () => {
  test.each(wrongClocks)('%i s: %s, and signs in all the same', async (seconds) => {
    await move(seconds);
    const { session, clockSkew } = simulator.identity();
    expect((await session.signIn()).state).toBe('signed-in');
    expect(Math.abs(clockSkew.seconds() - seconds)).toBeLessThanOrEqual(1);
    // The first response tells the time, so no request is refused.
    expect(await tokenRequests()).toBe(1);
  });

  test.each(wrongClocks)(
    '%i s: %s since the last sign-in, while discovery is remembered',
    async (seconds) => {
      const { session } = simulator.identity();
      await session.signIn();
      session.signOut();
      await move(seconds);
      expect((await session.signIn()).state).toBe('signed-in');
      session.signOut();
    },
  );

  test.each(wrongClocks)(
    '%i s: %s, and only the platform tells the time: one more attempt',
    async (seconds) => {
      const { endpoint, cis2 } = simulator.identity({
        fetch: (url, options) => (url.includes('/openam/') ? withoutDate : chromiumFetch)(url, options),
      });
      const signal = new AbortController().signal;
      const outcome = await cis2.signIn({ purpose: 'sign-in', acr: 'default', signal });
      if (outcome.kind !== 'authenticated') throw new Error(outcome.fault.kind);
      await move(seconds);
      const tokens = await endpoint.exchange(outcome.user.tokens.idToken, signal);
      // After a day the ID token itself has expired, which is a different rule.
      const expected =
        seconds > hour - 1 ? { kind: 'refused', fault: { kind: 'signed-out' } } : { kind: 'issued' };
      expect(tokens).toMatchObject(expected);
      expect(await tokenRequests()).toBe(2);
    },
  );

  test('is two days slow: what Care Identity says serves the sign-in, and the platform confirms it', async () => {
    await move(48 * hour);
    const { session, clockSkew } = simulator.identity();
    expect((await session.signIn()).state).toBe('signed-in');
    expect(Math.abs(clockSkew.seconds() - 48 * hour)).toBeLessThanOrEqual(1);
  });

  test('H20: is not moved by a platform that is two days off by itself', async () => {
    const farDate: Fetch = async (url, options) => {
      const answer = await chromiumFetch(url, options);
      if (!url.includes('/oauth2/token')) return answer;
      const headers = new Headers(answer.headers);
      headers.set('date', new Date(Date.now() + 48 * hour * 1_000).toUTCString());
      return new Response(answer.body, { status: answer.status, headers });
    };
    const { session, clockSkew } = simulator.identity({ fetch: farDate });
    expect((await session.signIn()).state).toBe('signed-in');
    expect([clockSkew.isKnown(), clockSkew.seconds()]).toEqual([true, 0]);
  });

  test('is wrong and no answer tells the time: says so plainly, and does not try for ever', async () => {
    await move(hour);
    const { session } = simulator.identity({ fetch: withoutDate });
    expect(faultOf(await session.signIn())).toMatchObject({
      kind: 'clock-wrong',
      happened: "This computer's clock is wrong.",
    });
    expect(await tokenRequests()).toBe(0);
  });

  test.each([
    ["Invalid 'exp' claim in client_assertion JWT - JWT has expired", 61, 'about 61 minutes slow'],
    ["Invalid 'exp' claim in client_assertion JWT - more than 5 minutes in future", -61, '61 minutes fast'],
    ["Invalid 'exp' claim in client_assertion JWT - JWT has expired", 1, 'about 1 minute slow'],
  ])('is refused twice (%s): says by how much it is wrong', async (description, minutes, text) => {
    await move(minutes * 60);
    const message_id = 'rrt-6207203489723987-a-geu2-3234-13489-1';
    const body = { error: 'invalid_request', error_description: description, message_id };
    await simulator.fault('platform.token', { kind: 'status', status: 400, body });
    const { session } = simulator.identity();
    const fault = faultOf(await session.signIn());
    expect(fault).toMatchObject({ kind: 'clock-wrong', reference: message_id });
    expect(fault?.happened).toContain(text);
    expect(await tokenRequests()).toBe(2);
  });
});

test('an ID token that had expired when it came is not blamed on a clock that is right', async () => {
  await simulator.fault('cis2.token', { kind: 'id-token', claims: { exp: 1_700_000_000 } });
  const { session } = simulator.identity();
  expect(faultOf(await session.signIn())?.kind).toBe('sign-in-failed');
});
