/** Logout at Care Identity (oidc-provider) and at the platform, over real HTTP. */
import { createPrivateKey } from 'node:crypto';
import { describe, expect, test, vi } from 'vitest';
import { startSimulator } from '../../simulator/client.ts';
import { SigningKeyUnavailable } from './signers/signer.ts';
import { createIdentity, type IdentityOptions } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();
const revocationUrl = new URL('/oauth2/revoke', simulator.addresses.platform).href;

async function signedIn(options: Partial<IdentityOptions> = {}) {
  const identity = simulator.identity({ ...options, platform: { revocationUrl, ...options.platform } });
  expect((await identity.session.signIn()).state).toBe('signed-in');
  return identity;
}

async function endings(): Promise<readonly string[]> {
  const log = await simulator.requests();
  return log
    .map(({ method, path, status }) => `${method} ${path.split('/').slice(-2).join('/')} ${status}`)
    .filter((line) => /revoke|endSession/.test(line))
    .toSorted();
}

/** Whether the services still accept the tokens of the last sign-in. */
async function stillTaken({ environment }: ReturnType<typeof createIdentity>) {
  const bearer = async (url: string, kind: string) => {
    const headers = {
      Authorization: `Bearer ${await simulator.lastIssued(kind)}`,
      'X-Request-ID': crypto.randomUUID(),
    };
    return (await fetch(url, { headers })).status;
  };
  const refresh = await fetch(environment.platform.tokenUrl, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: await simulator.lastIssued('platform-refresh-token'),
      client_id: environment.platform.apiKey,
      client_secret: environment.platform.clientSecret ?? '',
    }).toString(),
  });
  return {
    careIdentity: await bearer(`${environment.cis2.issuer}/userinfo`, 'cis2-access-token'),
    platform: await bearer(`${environment.pds.baseUrl}/Patient/9990000018`, 'platform-access-token'),
    refresh: refresh.status,
  };
}

const everything = [
  'POST connect/endSession 204',
  'POST oauth2/revoke 200',
  'POST oauth2/revoke 200',
  'POST token/revoke 200',
];

describe('H14: after a sign-out', () => {
  test('no service takes a token of it any more, and its session is over', async () => {
    const identity = await signedIn();
    expect(identity.session.signOut().state).toBe('signed-out');
    await vi.waitFor(async () => expect(await endings()).toEqual(everything));
    expect(await stillTaken(identity)).toEqual({ careIdentity: 401, platform: 401, refresh: 401 });
    expect(identity.logoutFailures).toEqual([]);
  });

  test('so too with the key of the site in the place of a secret', async () => {
    const identity = await signedIn({ platform: { clientSecret: undefined } });
    identity.session.signOut();
    await vi.waitFor(async () => expect(await endings()).toEqual(everything));
    expect(identity.logoutFailures).toEqual([]);
  });

  test('only endpoints that discovery or the environment names get a request', async () => {
    const second = await startSimulator({ args: ['--provider', 'second'] });
    try {
      const identity = createIdentity(second, createPerson('Nora Synthetic'));
      expect((await identity.session.signIn()).state).toBe('signed-in');
      const before = await second.requestLines();
      identity.session.signOut();
      await identity.logout.settled();
      expect(await second.requestLines()).toEqual(before);
      expect(identity.logoutFailures).toEqual([]);
    } finally {
      await second.stop();
    }
  });

  test('nothing goes to a host that the environment does not name, whatever discovery says', async () => {
    const { cis2 } = simulator.identity().environment;
    const real = await fetch(`${cis2.issuer}/.well-known/openid-configuration`);
    const metadata: unknown = await real.json();
    const elsewhere = {
      revocation_endpoint: 'http://127.0.0.2:9/revoke',
      end_session_endpoint: 'http://127.0.0.2:9/end',
    };
    const body = JSON.stringify({ ...Object(metadata), ...elsewhere });
    await simulator.fault('cis2.discovery', { kind: 'body', contentType: 'application/json', body });
    const requestedHosts: string[] = [];
    const identity = await signedIn({
      fetch: (url, init) => {
        requestedHosts.push(new URL(url).host);
        return fetch(url, init);
      },
    });
    identity.session.signOut();
    await identity.logout.settled();
    expect(requestedHosts).not.toContain('127.0.0.2:9');
    expect(identity.logoutFailures).toEqual([]);
  });

  test.each([
    ['get', 'GET connect/endSession 204'],
    ['off', undefined],
  ])('the session is ended as the environment says: %s', async (endSession, line) => {
    const identity = await signedIn({ cis2: { endSession } });
    identity.session.signOut();
    await identity.logout.settled();
    expect((await endings()).find((each) => each.includes('endSession'))).toBe(line);
  });
});

describe('H14: after a lock', () => {
  test('the tokens are revoked, and the session of the sign-in window is ended', async () => {
    const identity = await signedIn();
    expect(identity.session.lock().state).toBe('locked');
    await vi.waitFor(async () => expect(await endings()).toEqual(everything));
    expect(await stillTaken(identity)).toEqual({ careIdentity: 401, platform: 401, refresh: 401 });
  });

  test('the session of the system’s browser goes on, and ends with the sign-out alone', async () => {
    const cis2 = { surface: 'system-browser' };
    const locked = await signedIn({ cis2 });
    locked.session.lock();
    await locked.logout.settled();
    expect((await endings()).join()).not.toContain('endSession');
    const out = await signedIn({ cis2 });
    out.session.signOut();
    await out.logout.settled();
    expect(await endings()).toContain('POST connect/endSession 204');
  });
});

describe('services that do not do it', () => {
  test('hold up neither the sign-out nor, for long, the quit', async () => {
    for (const target of ['cis2.revocation', 'cis2.end-session', 'platform.revocation'])
      await simulator.fault(target, { kind: 'hang' });
    const { session, logout, logoutFailures } = await signedIn({ timeoutMs: 60_000 });
    expect(session.signOut().state).toBe('signed-out');
    await logout.settled();
    const open = (await simulator.requests()).filter(({ status }) => status === null);
    expect(open.map(({ path }) => path.split('/').at(-1)).toSorted()).toEqual([
      'endSession',
      'revoke',
      'revoke',
    ]);
    expect(logoutFailures).toEqual([{ step: 'unfinished', result: 'no answer before the quit' }]);
  });

  test('are named by step and result, without a word of what was sent or answered', async () => {
    await simulator.fault('platform.revocation', { kind: 'status', status: 503 });
    await simulator.fault('cis2.revocation', { kind: 'reset' });
    await simulator.fault('cis2.end-session', { kind: 'html' });
    const { session, logout, logoutFailures } = await signedIn();
    session.signOut();
    await logout.settled();
    expect(logoutFailures).toEqual([
      expect.objectContaining({ step: 'care-identity-revocation' }),
      { step: 'care-identity-end-session', result: 'it answered with a page' },
      { step: 'platform-revocation', result: 'HTTP 503' },
      { step: 'platform-revocation', result: 'HTTP 503' },
    ]);
    const written = JSON.stringify(logoutFailures);
    for (const secret of await simulator.secrets()) expect(written).not.toContain(secret);
  });
});

test('a key that cannot sign keeps the session from its end no more than the platform’s revocation', async () => {
  let isThere = true;
  const { environment } = simulator.identity();
  const { clientAuthentication } = environment.cis2;
  const signer = clientAuthentication.method === 'private_key_jwt' ? clientAuthentication.signer : undefined;
  if (signer?.kind !== 'development') throw new Error('the simulator takes a key');
  const { kid, privateKey } = signer;
  const identity = await signedIn({
    cis2: {
      clientAuthentication: { method: 'private_key_jwt', signer: { kind: 'stored', kid, name: 'site' } },
    },
    keys: {
      keyStore: {
        open: async () => {
          if (!isThere) throw new SigningKeyUnavailable('gone');
          return createPrivateKey({ key: { ...privateKey }, format: 'jwk' });
        },
      },
    },
  });
  isThere = false;
  identity.session.signOut();
  await identity.logout.settled();
  expect(await endings()).toContain('POST connect/endSession 204');
  expect(identity.logoutFailures).toEqual([
    { step: 'care-identity-revocation', result: 'signing-key-unavailable' },
  ]);
});

test('a sign-in that comes to nothing leaves nothing either', async () => {
  await simulator.fault('platform.token', { kind: 'status', status: 400 });
  const identity = simulator.identity();
  expect((await identity.session.signIn()).state).toBe('signed-out');
  await vi.waitFor(async () =>
    expect(await endings()).toEqual(['POST connect/endSession 204', 'POST token/revoke 200']),
  );
});
