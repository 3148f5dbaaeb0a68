/**
 * The code depends on no single provider: a second provider works with its own environment file alone. The first
 * provider is NHS Care Identity as published, with RS256. The second has other paths, ES256, a client secret and
 * assurance levels as texts, and leaves out every optional member.
 */
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { createCis2 } from './cis2.ts';
import { faultOf } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { expectNoSecret } from './testing/refused-sign-in.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests('--provider', 'second', '--without-platform-secret');

describe('a second provider', () => {
  test('is described by its environment alone', () => {
    const { environment } = simulator.identity();
    expect(environment.cis2).toMatchObject({
      issuer: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/identity\/tenant-two$/),
      idTokenAlgorithm: 'ES256',
      clientAuthentication: { method: 'client_secret_post' },
    });
    expect(environment.platform.clientSecret).toBeUndefined();
  });

  test('signs a user in, who is shown with the names that the provider gives', async () => {
    const { session } = simulator.identity();
    const view = await session.signIn();
    expect(view).toMatchObject({
      state: 'signed-in',
      user: { name: 'Nora Synthetic', role: 'Nurse Access Role', organisation: 'Z9A01' },
    });
    const paths = (await simulator.requests()).map(({ path }) => path.replace('/identity/tenant-two', ''));
    for (const path of ['/oauth/begin', '/oauth/redeem', '/oauth/who', '/oauth/keys']) {
      expect(paths).toContain(path);
    }
    await expectNoSecret(simulator, view);
  });

  test('reads assurance levels written as texts, and refuses the low ones', async () => {
    const { session } = simulator.identity({
      ...createPerson('Lou Synthetic'),
      cis2: { leastAuthenticationAssurance: 3 },
    });
    expect(faultOf(await session.signIn())?.kind).toBe('assurance-too-low');
  });

  test('an ES256 token is refused where RS256 is expected', async () => {
    const { session } = simulator.identity({ cis2: { idTokenAlgorithm: 'RS256' } });
    expect(faultOf(await session.signIn())?.kind).toBe('sign-in-failed');
  });

  test('changes role with the same scope setting, whatever the scopes are', async () => {
    const person = createPerson('Nora Synthetic');
    const { session } = simulator.identity({
      ...person,
      cis2: { scopes: ['openid', 'profile', 'nationalrbacaccess', 'selectedrole'] },
    });
    await session.signIn();
    await session.changeRole();
    expect(person.seen.map(({ searchParams }) => searchParams.get('scope'))).toEqual([
      'openid profile nationalrbacaccess selectedrole',
      'openid profile nationalrbacaccess changedrole',
    ]);
  });
});

describe('an issuer with an explicit port that is the default one, as NHS Care Identity has it', () => {
  const host = 'https://care-identity.example';
  const withPort = `${host}:443/identity/tenant-two`;
  const withoutPort = `${host}/identity/tenant-two`;

  test('signs in where settings, discovery, redirect and ID token all have the port', async () => {
    expect(await signInAt({ settings: withPort, provider: withPort })).toMatchObject({
      kind: 'authenticated',
    });
  });

  test.each([
    ['the settings leave it out', { settings: withoutPort, provider: withPort }],
    ['the provider leaves it out', { settings: withPort, provider: withoutPort }],
    ['the ID token leaves it out', { settings: withPort, provider: withPort, idToken: withoutPort }],
    ['the redirect leaves it out', { settings: withPort, provider: withPort, redirect: withoutPort }],
  ])('%s: refused, for the issuer is compared to the letter', async (_case, issuers) => {
    expect(await signInAt(issuers)).toMatchObject({ kind: 'refused', fault: { kind: 'sign-in-failed' } });
  });

  interface Issuers {
    readonly settings: string;
    readonly provider: string;
    readonly idToken?: string;
    readonly redirect?: string;
  }

  /** The same simulator, reached under another name. */
  async function signInAt({ settings, provider, idToken = provider, redirect = provider }: Issuers) {
    await simulator.reset();
    const person = createPerson('Nora Synthetic');
    const { environment, clockSkew } = simulator.identity(person);
    const { issuer } = environment.cis2;
    const { origin } = new URL(issuer);
    const answer = await fetch(`${issuer}/.well-known/openid-configuration`);
    const metadata = (await answer.text())
      .replaceAll(origin, host)
      .replace(`"${withoutPort}"`, `"${provider}"`);
    await simulator.fault('cis2.discovery', {
      kind: 'body',
      contentType: 'application/json',
      body: metadata.replace('{', '{"authorization_response_iss_parameter_supported":true,'),
    });
    await simulator.fault('cis2.token', { kind: 'id-token', claims: { iss: idToken } });
    await simulator.fault('cis2.authorize', { kind: 'callback', parameters: { iss: redirect } });
    const atSimulator = (url: string) => url.replace(host, origin);
    const cis2 = createCis2({
      onUnused: () => undefined,
      settings: { ...environment.cis2, issuer: settings },
      timeoutMs: 5_000,
      network: createNetwork({
        fetch: (url, options) => chromiumFetch(atSimulator(url), options),
        now: () => new Date(),
        clockSkew,
      }),
      clockSkew,
      userAgent: (page) =>
        person.userAgent({ ...page, authorisationUrl: new URL(atSimulator(page.authorisationUrl.href)) }),
      confirmUser: async () => false,
      signer: undefined,
      now: () => new Date(),
    });
    return cis2.signIn({ purpose: 'sign-in', acr: 'default', signal: new AbortController().signal });
  }
});
