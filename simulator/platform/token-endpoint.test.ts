import { generateKeyPairSync } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claims } from '../jwt.ts';
import { startSimulator } from '../start.ts';
import {
  type AssertionChanges,
  control,
  createAssertion,
  environmentOf,
  exchangeParameters,
  postForm,
  signIn,
} from '../testing/application.ts';

const simulator = await startSimulator();
const environment = environmentOf(simulator);
let idToken: string;

beforeEach(async () => {
  idToken = (await signIn({ simulator, click: ['Nora Synthetic'] })).idToken;
});
afterEach(() => control(simulator, 'POST', 'reset'));
afterAll(() => simulator.stop());

const exchange = (changes: Readonly<Record<string, string>> = {}) =>
  post({ ...exchangeParameters(environment, idToken), ...changes });
const post = (parameters: Readonly<Record<string, string>>, contentType?: string) =>
  postForm(environment.platform.tokenUrl, parameters, contentType);

const without = (name: string) => {
  const { [name]: _left, ...others } = exchangeParameters(environment, idToken);
  return others;
};

const refusal = (status: number, error: string, description: string) => ({
  status,
  body: { error, error_description: description, message_id: expect.stringMatching(/^rrt-\d+-/) },
});

/** What a refusal of a JWT names, and why where it says so. */
type Words = readonly [about: string, why?: string];

const wordsFor = (jwt: 'client_assertion' | 'subject_token', [about, why]: Words) =>
  `${about} in ${jwt} JWT${why === undefined ? '' : ` - ${why}`}`;

test('an ID token is exchanged: numbers are strings, tokens are opaque', async () => {
  const { status, body } = await exchange();
  expect(status).toBe(200);
  expect(body).toEqual({
    access_token: expect.stringMatching(/^[A-Za-z0-9]{28}$/),
    expires_in: '599',
    token_type: 'Bearer',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    refresh_token: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    // Whole seconds left of twelve hours: one may have begun meanwhile.
    refresh_token_expires_in: expect.stringMatching(/^4319[89]$/),
    refresh_count: '0',
  });
});

test('a charset after the content type gets 415', async () => {
  const answer = await post(
    exchangeParameters(environment, idToken),
    'application/x-www-form-urlencoded;charset=UTF-8',
  );
  expect(answer).toMatchObject(
    refusal(415, 'invalid_request', 'Content-Type header must be application/x-www-form-urlencoded'),
  );
});

describe('parameters', () => {
  test.each([
    [
      'client_assertion_type',
      400,
      "Missing or invalid client_assertion_type - must be 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'",
    ],
    [
      'subject_token_type',
      400,
      "missing or invalid subject_token_type - must be 'urn:ietf:params:oauth:token-type:id_token'",
    ],
    ['grant_type', 400, 'grant_type is invalid'],
    ['client_assertion', 400, 'Missing client_assertion'],
    ['subject_token', 400, 'Missing subject_token'],
  ])('without %s', async (name, status, description) => {
    expect(await post(without(name))).toMatchObject(refusal(status, 'invalid_request', description));
  });

  test.each([
    ['client_assertion', 'Malformed JWT in client_assertion'],
    ['subject_token', 'Malformed JWT in subject_token'],
  ])('%s that is no JWT', async (name, description) => {
    const answer = await exchange({ [name]: 'no.jwt' });
    expect(answer).toMatchObject(refusal(400, 'invalid_request', description));
  });

  test('an unknown grant, and none at all', async () => {
    expect(await post({ grant_type: 'password' })).toMatchObject(
      refusal(400, 'unsupported_grant_type', 'grant_type is invalid'),
    );
    expect(await post({})).toMatchObject(refusal(400, 'invalid_request', 'grant_type is missing'));
  });
});

describe('the client assertion', () => {
  const otherKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const now = () => Math.floor(Date.now() / 1_000);

  const claims = (changed: Claims) => () => ({ claims: changed });
  const header = (changed: Claims) => () => ({ header: changed });

  type Row = readonly [name: string, changes: () => AssertionChanges, status: number, words: Words];
  const rows: readonly Row[] = [
    ['no kid', header({ kid: undefined }), 400, ["Missing 'kid' header"]],
    ['an unknown kid', header({ kid: '?' }), 401, ["Invalid 'kid' header", 'no matching public key']],
    ['no typ', header({ typ: undefined }), 400, ["Invalid 'typ' header", "must be 'JWT'"]],
    [
      'RS256',
      () => ({ header: { alg: 'RS256' }, algorithm: 'RS256' }),
      400,
      ["Invalid 'alg' header", "unsupported JWT algorithm - must be 'RS512'"],
    ],
    ['no exp', claims({ exp: undefined }), 400, ["Missing 'exp' claim"]],
    ['exp as a text', claims({ exp: '1' }), 400, ["Invalid 'exp' claim", 'must be an integer']],
    ['expired', () => ({ claims: { exp: now() - 1 } }), 400, ["Invalid 'exp' claim", 'JWT has expired']],
    [
      'too far ahead',
      () => ({ claims: { exp: now() + 320 } }),
      400,
      ["Invalid 'exp' claim", 'more than 5 minutes in future'],
    ],
    ['iss other than sub', claims({ sub: '?' }), 400, ["Missing or non-matching 'iss'/'sub' claims"]],
    ['an unknown API key', claims({ iss: '?', sub: '?' }), 401, ["Invalid 'iss'/'sub' claims"]],
    ['no jti', claims({ jti: undefined }), 400, ["Missing 'jti' claim"]],
    [
      'a jti that is no text',
      claims({ jti: 7 }),
      400,
      ["Invalid 'jti' claim", 'must be a unique string value such as a GUID'],
    ],
    [
      'another audience',
      claims({ aud: 'http://127.0.0.1/oauth2/token' }),
      401,
      ["Missing or invalid 'aud' claim"],
    ],
  ];

  test.each(rows)('%s', async (_case, changes, status, words) => {
    const answer = await exchange({ client_assertion: createAssertion(environment, changes()) });
    expect(answer).toMatchObject(refusal(status, 'invalid_request', wordsFor('client_assertion', words)));
  });

  test('a signature by another key', async () => {
    const answer = await exchange({ client_assertion: createAssertion(environment, { key: otherKey }) });
    expect(answer).toMatchObject(refusal(401, 'public_key error', 'JWT signature verification failed'));
  });

  test('a second use of the same one', async () => {
    const parameters = exchangeParameters(environment, idToken);
    expect((await post(parameters)).status).toBe(200);
    expect(await post(parameters)).toMatchObject(
      refusal(400, 'invalid_request', wordsFor('client_assertion', ["Non-unique 'jti' claim"])),
    );
  });

  test('a clock that is wrong', async () => {
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: 3_600 });
    expect(await exchange()).toMatchObject(
      refusal(
        400,
        'invalid_request',
        wordsFor('client_assertion', ["Invalid 'exp' claim", 'JWT has expired']),
      ),
    );
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: -3_600 });
    expect(await exchange()).toMatchObject(
      refusal(
        400,
        'invalid_request',
        wordsFor('client_assertion', ["Invalid 'exp' claim", 'more than 5 minutes in future']),
      ),
    );
  });
});

describe('the subject token', () => {
  type Row = readonly [name: string, fault: object, status: number, words: Words];
  const rows: readonly Row[] = [
    ['no kid', { header: { kid: null } }, 400, ["Missing 'kid' header"]],
    ['an unknown kid', { header: { kid: '?' } }, 401, ["Invalid 'kid' header", 'no matching public key']],
    ['no typ', { header: { typ: null } }, 400, ["Invalid 'typ' header", "must be 'JWT'"]],
    ['no exp', { claims: { exp: null } }, 400, ["Missing 'exp' claim"]],
    ['expired', { claims: { exp: 1_000 } }, 400, ["Invalid 'exp' claim", 'JWT has expired']],
    ['no iss', { claims: { iss: null } }, 400, ["Missing 'iss' claim"]],
    [
      'another issuer',
      { claims: { iss: 'https://x.example' } },
      400,
      ["Missing or non-matching 'iss' claim"],
    ],
    ['no aud', { claims: { aud: null } }, 401, ["Missing 'aud' claim"]],
  ];

  /** The exchange of an ID token with this fault. */
  async function exchangeBad(fault: object) {
    await control(simulator, 'POST', 'faults', {
      target: 'cis2.token',
      fault: { kind: 'id-token', ...fault },
    });
    // openid-client would refuse this one before the platform sees it.
    await signIn({ simulator, click: ['Nora Synthetic'] }).catch(() => undefined);
    const { body } = await control(simulator, 'GET', 'issued-tokens');
    return post(exchangeParameters(environment, lastIdToken(body)));
  }

  test.each(rows)('%s', async (_case, fault, status, words) => {
    expect(await exchangeBad(fault)).toMatchObject(
      refusal(status, 'invalid_request', wordsFor('subject_token', words)),
    );
  });

  test('a broken signature', async () => {
    expect(await exchangeBad({ signature: 'broken' })).toMatchObject(
      refusal(401, 'public_key error', 'JWT signature verification failed'),
    );
  });

  test('an assurance level that has not been granted', async () => {
    await control(simulator, 'POST', 'settings', { acceptedAssuranceLevels: [3] });
    const low = await signIn({ simulator, click: ['Lou Synthetic'] });
    expect(await post(exchangeParameters(environment, low.idToken))).toMatchObject(
      refusal(
        401,
        'unauthorized_client',
        'you have tried to request authorization but your application is not configured to use this authorization grant type',
      ),
    );
    await control(simulator, 'POST', 'settings', { acceptedAssuranceLevels: [2, 3] });
    expect((await post(exchangeParameters(environment, low.idToken))).status).toBe(200);
  });

  test('is good for more than one exchange', async () => {
    expect((await exchange()).status).toBe(200);
    expect((await exchange()).status).toBe(200);
  });
});

const refresh = (refreshToken: string, changes: Readonly<Record<string, string>> = {}) =>
  post({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: environment.platform.apiKey,
    client_secret: environment.platform.clientSecret ?? '',
    ...changes,
  });

describe('refreshing', () => {
  const exchanged = async () => textOf((await exchange()).body, 'refresh_token');

  test('a refresh token is good once', async () => {
    const first = await exchanged();
    const refreshed = await refresh(first);
    expect(refreshed).toMatchObject({ status: 200, body: { expires_in: '599', refresh_count: '1' } });
    expect(await refresh(first)).toMatchObject(refusal(401, 'invalid_grant', 'refresh_token is invalid'));
    expect((await refresh(textOf(refreshed.body, 'refresh_token'))).status).toBe(200);
  });

  test('needs the secret, the right one, and a token', async () => {
    const token = await exchanged();
    expect(await refresh('')).toMatchObject(refusal(400, 'invalid_request', 'refresh_token is missing'));
    expect(await refresh(token, { client_secret: '' })).toMatchObject(
      refusal(401, 'invalid_request', 'client_secret is missing'),
    );
    expect(await refresh(token, { client_secret: 'wrong' })).toMatchObject(
      refusal(401, 'invalid_client', 'client_id or client_secret is invalid'),
    );
  });

  test('ends after twelve hours', async () => {
    const token = await exchanged();
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: 43_200 });
    expect(await refresh(token)).toMatchObject(
      refusal(401, 'invalid_grant', 'refresh token refresh period has expired'),
    );
  });

  test('can be switched off', async () => {
    await control(simulator, 'POST', 'settings', { refresh: false, accessTokenSeconds: 61 });
    const { body } = await exchange();
    expect(body).toHaveProperty('expires_in', '61');
    expect(body).not.toHaveProperty('refresh_token');
  });
});

test('only an application that authenticates itself can revoke a token', async () => {
  const { apiKey, clientSecret = '', tokenUrl } = environment.platform;
  const revocationUrl = new URL('/oauth2/revoke', tokenUrl).href;
  const { body } = await exchange();
  const token = textOf(body, 'refresh_token');
  const revoke = (secret: string) =>
    postForm(revocationUrl, { token, client_id: apiKey, client_secret: secret });
  expect(await revoke('another')).toMatchObject({ status: 401 });
  expect(await revoke(clientSecret)).toMatchObject({ status: 200 });
  expect(await refresh(token)).toMatchObject(refusal(401, 'invalid_grant', 'refresh_token is invalid'));
});

function textOf(body: unknown, field: string): string {
  const value = new Map<string, unknown>(Object.entries(Object(body))).get(field);
  return typeof value === 'string' ? value : '';
}

function lastIdToken(issued: unknown): string {
  if (!Array.isArray(issued)) return '';
  return textOf(
    issued.findLast((token) => textOf(token, 'kind') === 'id-token'),
    'value',
  );
}
