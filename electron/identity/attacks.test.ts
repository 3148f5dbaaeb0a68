/**
 * Each test is named after an attack or a defect of a provider, as in OpenID's conformance suite. No attack may result in
 * a session, and no unverified ID token may reach the platform.
 */
import { describe, expect, test } from 'vitest';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { faultOf } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { expectRefusal } from './testing/refused-sign-in.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();

const refused = { kind: 'sign-in-failed' } as const;

describe('the ID token', () => {
  test.each([
    ['invalid iss', { claims: { iss: 'https://elsewhere.example' } }],
    ['missing iss', { claims: { iss: null } }],
    ['invalid aud', { claims: { aud: 'another-client' } }],
    ['aud of several without azp', { claims: { aud: ['999999999999.apps.synthetic', 'else'], azp: null } }],
    ['invalid azp', { claims: { aud: ['999999999999.apps.synthetic', 'else'], azp: 'else' } }],
    ['missing sub', { claims: { sub: null } }],
    ['empty sub', { claims: { sub: '' } }],
    ['missing aud', { claims: { aud: null } }],
    ['missing exp', { claims: { exp: null } }],
    ['expired', { claims: { exp: 1_700_000_000 } }],
    ['missing iat', { claims: { iat: null } }],
    ['missing nonce', { claims: { nonce: null } }],
    ['wrong nonce', { claims: { nonce: 'of-another-sign-in' } }],
    ['alg none', { signature: 'none' }],
    ['alg none with the signature left on', { header: { alg: 'none' } }],
    ['another alg', { header: { alg: 'RS512' } }],
    ['alg HS256 with the public key as the secret', { header: { alg: 'HS256' } }],
    ['signature wrong', { signature: 'broken' }],
    ['signature by another key under the right kid', { signature: 'other-key' }],
    ['a kid that is not published', { header: { kid: 'unknown' } }],
    ['a critical header that is not understood', { header: { crit: ['b64'], b64: false } }],
    ['missing auth_time', { claims: { auth_time: null } }],
    ['auth_time of an earlier session', { claims: { auth_time: 1_700_000_000 } }],
    ['missing assurance levels', { claims: { authentication_assurance_level: null } }],
    ['an assurance level that is no level', { claims: { id_assurance_level: 'high' } }],
  ])('%s', async (_attack, fault) => {
    await simulator.fault('cis2.token', { kind: 'id-token', ...fault });
    await expectRefusal(simulator, refused);
  });

  test.each([
    ['no ID token at all', { access_token: 'x', token_type: 'Bearer' }],
    ['an ID token that is no JWT', { access_token: 'x', token_type: 'Bearer', id_token: 'x' }],
    ['a token type that is not Bearer', { access_token: 'x', token_type: 'mac', id_token: 'a.b.c' }],
  ])('%s', async (_attack, body) => {
    await simulator.fault('cis2.token', { kind: 'status', status: 200, body });
    const kind = expect.stringMatching(/sign-in-failed|answer-not-understood/);
    await expectRefusal(simulator, { kind });
  });
});

describe('the redirect', () => {
  test.each([
    ['state missing', { parameters: { state: null } }],
    ['state wrong', { parameters: { state: 'of-another-sign-in' } }],
    ['iss of another provider (mix-up)', { parameters: { iss: 'https://elsewhere.example' } }],
    ['iss missing where the provider announces it', { parameters: { iss: null } }],
    ['code missing', { parameters: { code: null } }],
    ['an error with a wrong state', { parameters: { error: 'access_denied', state: 'wrong', code: null } }],
    ['an unknown error', { parameters: { error: 'made_up', code: null } }],
  ])('%s: the code is not even redeemed', async (_attack, fault) => {
    await simulator.fault('cis2.authorize', { kind: 'callback', ...fault });
    await expectRefusal(simulator, refused);
    expect(await simulator.countOf('access_token')).toBe(0);
  });

  test('code replay', async () => {
    const first = simulator.identity();
    expect((await first.session.signIn()).state).toBe('signed-in');
    const before = await simulator.countOf('POST /oauth2/token');
    await simulator.fault('cis2.authorize', { kind: 'callback', replayCode: true });
    const second = simulator.identity();
    expect(faultOf(await second.session.signIn())?.kind).toBe('sign-in-failed');
    expect(await simulator.countOf('POST /oauth2/token')).toBe(before);
  });

  test('a code that Chromium redeemed a second time by itself: refused once, not in a loop, and the next sign-in works', async () => {
    let isFirst = true;
    const fetch: Fetch = async (url, options) => {
      const isRedemption = options.method === 'POST' && url.endsWith('/access_token');
      if (isRedemption && isFirst) {
        isFirst = false;
        await (await chromiumFetch(url, options)).text();
      }
      return chromiumFetch(url, options);
    };
    const { session } = simulator.identity({ fetch });
    expect(faultOf(await session.signIn())?.kind).toBe('sign-in-failed');
    expect(await simulator.countOf('/access_token')).toBe(2);
    expect((await session.signIn()).state).toBe('signed-in');
  });

  test('a code that was made up', async () => {
    await simulator.fault('cis2.authorize', { kind: 'callback', parameters: { code: 'made-up' } });
    await expectRefusal(simulator, refused);
  });

  test("another sign-in's answer at the right address (login CSRF)", async () => {
    const stolen = createPerson('Otto Synthetic');
    const person = createPerson('Nora Synthetic');
    await expectRefusal(simulator, refused, {
      // The code of the attacker's own sign-in, sent to the victim's redirect URI.
      userAgent: async (page) => {
        const foreign = new URL(page.authorisationUrl);
        foreign.searchParams.set('state', 'attacker');
        const returned = await stolen.userAgent({ ...page, authorisationUrl: foreign });
        expect(returned.kind).toBe('redirected');
        person.seen.push(foreign);
        return returned;
      },
    });
  });
});

describe('discovery', () => {
  test('issuer mismatch', async () => {
    await rewriteDiscovery((metadata) => ({ ...metadata, issuer: 'https://elsewhere.example' }));
    await expectRefusal(simulator, refused);
  });

  test.each(['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint', 'jwks_uri'])(
    '%s on a host that the settings do not know: nothing is sent there',
    async (endpoint) => {
      await rewriteDiscovery((metadata) => ({ ...metadata, [endpoint]: 'http://127.0.0.1:9/stolen' }));
      await expectRefusal(simulator, refused);
      expect(await simulator.requestLines()).toEqual([expect.stringContaining('openid-configuration')]);
    },
  );

  test('an endpoint left out', async () => {
    await rewriteDiscovery(({ userinfo_endpoint: _, ...metadata }) => metadata);
    await expectRefusal(simulator, refused);
  });

  async function rewriteDiscovery(change: (metadata: Record<string, unknown>) => unknown) {
    const { cis2 } = simulator.identity().environment;
    const response = await fetch(`${cis2.issuer}/.well-known/openid-configuration`);
    const metadata: Record<string, unknown> = JSON.parse(await response.text());
    await simulator.reset();
    await simulator.fault('cis2.discovery', {
      kind: 'body',
      contentType: 'application/json',
      body: JSON.stringify(change(metadata)),
    });
  }
});

describe('userinfo', () => {
  test.each([
    ['sub mismatch', { sub: '999999999999' }],
    ['missing sub', { sub: null }],
    ['roles that are no list', { nhsid_nrbac_roles: 'all' }],
  ])('%s', async (_attack, overrides) => {
    await simulator.fault('cis2.userinfo', { kind: 'userinfo', overrides });
    await expectRefusal(simulator, refused);
  });
});

test('an answer that redirects the token request elsewhere is not followed', async () => {
  await simulator.fault('cis2.token', { kind: 'redirect', location: 'http://127.0.0.1:9/stolen' });
  await expectRefusal(simulator, { kind: 'answer-not-understood' });
});
