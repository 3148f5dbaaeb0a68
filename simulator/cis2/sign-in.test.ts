import { createHmac, createPublicKey, type KeyObject, verify } from 'node:crypto';
import * as client from 'openid-client';
import * as v from 'valibot';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../start.ts';
import { authorise, control, discover, environmentOf, signIn } from '../testing/application.ts';
import { createBrowser } from '../testing/browser.ts';
import { secondProvider } from './options.ts';

const simulator = await startSimulator();
afterEach(() => control(simulator, 'POST', 'reset'));
afterAll(() => simulator.stop());

const layFault = (target: string, fault: unknown, more: object = {}) =>
  control(simulator, 'POST', 'faults', { target, fault, ...more });

const signInAsNora = (more: Partial<Parameters<typeof signIn>[0]> = {}) =>
  signIn({ simulator, click: ['Nora Synthetic'], ...more });
const newBrowser = () => createBrowser(environmentOf(simulator).cis2.redirectUri);

/** What redeems the code of the redirect that the clicks lead to. */
async function redeemAfter(click: readonly string[]) {
  const { page, configuration, checks } = await authorise({ simulator, click });
  if (page.kind !== 'callback') throw new Error('not a redirect');
  return () => client.authorizationCodeGrant(configuration, page.url, checks);
}

const headerOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString());

describe('signing in', () => {
  test('a user with one role is not asked for it, and the ID token is that of CIS2', async () => {
    const { configuration, tokens, idToken } = await signInAsNora();
    const claims = tokens.claims();
    expect(headerOf(idToken)).toMatchObject({ typ: 'JWT', alg: 'RS256' });
    expect(claims).toMatchObject({
      iss: simulator.issuer,
      sub: '999999910000',
      selected_roleid: '555991000010',
      id_assurance_level: 3,
      authentication_assurance_level: 3,
      acr: 'AAL3_ANY',
      amr: ['N3_SMARTCARD'],
      sid: expect.any(String),
      auth_time: expect.any(Number),
    });
    expect(claims).not.toHaveProperty('nhsid_nrbac_roles');
    const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, '999999910000');
    expect(userinfo).toMatchObject({
      nhsid_useruid: '999999910000',
      display_name: 'Nora Synthetic',
      selected_roleid: '555991000010',
      nhsid_nrbac_roles: [
        {
          person_roleid: '555991000010',
          role_code: 'S8000:G8000:R8001',
          role_name: '"Clinical":"Clinical Provision":"Nurse Access Role"',
          activity_codes: ['B0107', 'B0170', 'B0820'],
        },
      ],
      nhsid_user_orgs: [{ org_code: 'Z9A01', org_name: 'SYNTHETIC GENERAL HOSPITAL' }],
    });
  });

  test('a user with several roles is asked which', async () => {
    const click = ['Mira Synthetic', 'Midwife Access Role, SYNTHETIC CHILD CLINIC (Z9A03)'];
    const { tokens } = await signIn({ simulator, click });
    expect(tokens.claims()).toHaveProperty('selected_roleid', '555991003011');
  });

  test('a user with more than five roles can search them', async () => {
    const browser = newBrowser();
    const { page } = await authorise({ simulator, click: ['Max Synthetic'], browser });
    if (page.kind !== 'page') throw new Error('not a page');
    expect(page.html).toContain('Search your roles');
    expect(page.buttons).toHaveLength(8);
    const found = await browser.open(`${page.url}?user=many-roles&search=midwife`);
    expect(found.kind === 'page' && found.buttons.map(({ text }) => text)).toEqual([
      'Midwife Access Role, SYNTHETIC GENERAL HOSPITAL (Z9A01)',
      'Cancel',
    ]);
  });

  test.each([
    ['Zoe Synthetic', undefined],
    ['Abel Synthetic', undefined],
    ['Emil Synthetic', ''],
    ['Fay Synthetic', '555000000000'],
  ])('%s gets the selected_roleid %j', async (user, roleId) => {
    const { tokens } = await signIn({ simulator, click: [user] });
    expect(tokens.claims()?.['selected_roleid']).toBe(roleId);
  });

  test('the role is named only for the scopes that ask for it', async () => {
    const named = async (scope: string) => {
      const { tokens } = await signInAsNora({ parameters: { scope } });
      return tokens.claims()?.['selected_roleid'];
    };
    expect(await named('openid profile')).toBeUndefined();
    expect(await named('openid changedrole')).toBe('555991000010');
  });

  test('Cancel comes back as access_denied, from either page', async () => {
    for (const click of [['Cancel'], ['Mira Synthetic', 'Cancel']]) {
      const redeem = await redeemAfter(click);
      await expect(redeem()).rejects.toMatchObject({ error: 'access_denied' });
    }
  });

  test('the next user of the same browser is asked to log in, and the last one is not in the way', async () => {
    const browser = newBrowser();
    const first = await signInAsNora({ browser });
    const second = await signIn({ simulator, click: ['Otto Synthetic'], browser });
    expect([first.tokens.claims()?.sub, second.tokens.claims()?.sub]).toEqual([
      '999999910000',
      '999999910007',
    ]);
  });

  test('without prompt=login the session of the last user is used again', async () => {
    const browser = newBrowser();
    await signInAsNora({ browser });
    const silent = await signIn({ simulator, click: [], browser, parameters: { prompt: '' } });
    expect(silent.tokens.claims()).toMatchObject({ sub: '999999910000', selected_roleid: '555991000010' });
  });

  test('a code is good for one use', async () => {
    const redeem = await redeemAfter(['Nora Synthetic']);
    await redeem();
    await expect(redeem()).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('pages load nothing, run nothing and lead only home', async () => {
    const { page } = await authorise({ simulator, click: [] });
    if (page.kind !== 'page') throw new Error('not a page');
    expect(page.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:\/\/127\.0\.0\.1:47113;/,
    );
    expect(page.html).not.toMatch(/<script|<link|<img|https?:/);
  });

  test('a wrong client is refused, and an unknown redirect address is not followed', async () => {
    const parameters = { redirect_uri: 'http://127.0.0.1:1/elsewhere' };
    const { page } = await authorise({ simulator, click: [], parameters });
    expect(page).toMatchObject({ kind: 'page', status: 400 });
  });
});

test('a provider that differs in everything that may differ serves as well', async () => {
  const other = await startSimulator({ cis2: secondProvider });
  try {
    expect(new URL(other.issuer).pathname).toBe('/identity/tenant-two');
    const { configuration, tokens } = await signIn({ simulator: other, click: ['Nora Synthetic'] });
    expect(tokens.claims()).toMatchObject({
      id_assurance_level: '3',
      authentication_assurance_level: '3',
      selected_roleid: '555991000010',
    });
    const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, '999999910000');
    expect(userinfo).not.toHaveProperty('nhsid_user_orgs');
    expect(configuration.serverMetadata()).not.toHaveProperty(
      'authorization_response_iss_parameter_supported',
    );
  } finally {
    await other.stop();
  }
});

describe('faults of the ID token', () => {
  test.each([
    ['another issuer', { claims: { iss: 'https://elsewhere.example' } }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['another audience', { claims: { aud: 'another-client' } }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['no subject', { claims: { sub: null } }, 'OAUTH_INVALID_RESPONSE'],
    ['no expiry', { claims: { exp: null } }, 'OAUTH_INVALID_RESPONSE'],
    ['expired', { claims: { exp: 1_000 } }, 'OAUTH_JWT_TIMESTAMP_CHECK_FAILED'],
    ['another nonce', { claims: { nonce: 'wrong' } }, 'OAUTH_JWT_CLAIM_COMPARISON_FAILED'],
    ['no nonce', { claims: { nonce: null } }, 'OAUTH_INVALID_RESPONSE'],
    ['a broken signature', { signature: 'broken' }, 'OAUTH_INVALID_RESPONSE'],
    ['no signature', { signature: 'none' }, 'OAUTH_INVALID_RESPONSE'],
    ['an unpublished key', { signature: 'other-key' }, 'OAUTH_INVALID_RESPONSE'],
    ['an unknown key', { header: { kid: 'unknown' } }, 'OAUTH_KEY_SELECTION_FAILED'],
    ['another algorithm', { header: { alg: 'RS512' } }, 'OAUTH_INVALID_RESPONSE'],
    ['a secret for an algorithm', { header: { alg: 'HS256' } }, 'OAUTH_INVALID_RESPONSE'],
  ])('%s is sent as ordered, and openid-client refuses it', async (_case, fault, code) => {
    await layFault('cis2.token', { kind: 'id-token', ...fault });
    await expect(signInAsNora()).rejects.toMatchObject({ code });
  });

  test.each([
    [
      'RS512',
      (input: string, key: KeyObject, signature: Buffer) =>
        verify('sha512', Buffer.from(input), key, signature),
    ],
    [
      'HS256',
      (input: string, key: KeyObject, signature: Buffer) => {
        const secret = key.export({ type: 'spki', format: 'pem' });
        return createHmac('sha256', secret).update(input).digest().equals(signature);
      },
    ],
  ] as const)('%s in the header is what the token is really signed with', async (alg, isSigned) => {
    await layFault('cis2.token', { kind: 'id-token', header: { alg } });
    await expect(signInAsNora()).rejects.toThrow();
    const issued = v.parse(
      v.array(v.object({ kind: v.string(), value: v.string() })),
      (await control(simulator, 'GET', 'issued-tokens')).body,
    );
    const token = issued.findLast(({ kind }) => kind === 'id-token')?.value ?? '';
    const [header, payload, signature = ''] = token.split('.');
    const metadata = (await discover(environmentOf(simulator))).serverMetadata();
    const keys = v.parse(
      v.object({ keys: v.array(v.record(v.string(), v.unknown())) }),
      await (await fetch(metadata.jwks_uri ?? '')).json(),
    );
    const [jwk = {}] = keys.keys;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    expect(isSigned(`${header}.${payload}`, key, Buffer.from(signature, 'base64url'))).toBe(true);
  });

  test('claims that the protocol does not know pass', async () => {
    await layFault('cis2.token', { kind: 'id-token', claims: { selected_roleid: 'odd' } }, { times: 1 });
    const odd = await signInAsNora();
    const usual = await signInAsNora();
    expect(odd.tokens.claims()?.['selected_roleid']).toBe('odd');
    expect(usual.tokens.claims()?.['selected_roleid']).toBe('555991000010');
  });
});

describe('other faults of CIS2', () => {
  test('userinfo can describe another user', async () => {
    const { configuration, tokens } = await signInAsNora();
    await layFault('cis2.userinfo', { kind: 'userinfo', overrides: { sub: '999999999999', title: null } });
    await expect(client.fetchUserInfo(configuration, tokens.access_token, '999999910000')).rejects.toThrow();
  });

  test.each([
    ['another state', { parameters: { state: 'wrong' } }],
    ['no state', { parameters: { state: null } }],
    ['another issuer', { parameters: { iss: 'https://elsewhere.example' } }],
    ['an error', { parameters: { error: 'login_required', code: null } }],
  ])('the redirect can carry %s', async (_case, fault) => {
    await layFault('cis2.authorize', { kind: 'callback', ...fault });
    await expect(signInAsNora()).rejects.toThrow();
  });

  test('the redirect can carry a code that has been used', async () => {
    await signInAsNora();
    await layFault('cis2.authorize', { kind: 'callback', replayCode: true });
    await expect(signInAsNora()).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  test('the signing key can change: a client that has read the old one finds none that fits', async () => {
    const { idToken } = await signInAsNora();
    expect((await layFault('cis2.jwks', { kind: 'rotate-key' })).status).toBe(204);
    const after = await signInAsNora();
    const { kid } = headerOf(after.idToken);
    expect(kid).not.toBe(headerOf(idToken).kid);
    const { jwks_uri } = after.configuration.serverMetadata();
    const published: unknown = await (await fetch(jwks_uri ?? '')).json();
    expect(published).toMatchObject({ keys: [{ kid }] });
  });

  test('discovery can name another issuer', async () => {
    await layFault('cis2.discovery', {
      kind: 'body',
      contentType: 'application/json',
      body: JSON.stringify({ issuer: 'https://elsewhere.example' }),
    });
    await expect(discover(environmentOf(simulator))).rejects.toThrow();
  });

  test('a clock far from this computer’s shows in Date, in tokens and in what is accepted', async () => {
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: 3_600 });
    const { headers } = await fetch(`${simulator.issuer}/.well-known/openid-configuration`);
    expect(Date.parse(headers.get('date') ?? '') - Date.now()).toBeGreaterThan(3_590_000);
    await expect(signInAsNora()).rejects.toMatchObject({
      error: 'invalid_client',
    });
    const learned = await signInAsNora({ clockSkew: 3_600 });
    expect(learned.tokens.claims()?.iat).toBeGreaterThan(Date.now() / 1_000 + 3_590);
  });
});
