/** The platform's token endpoint: every error that its source knows, by the words it uses. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FaultKind } from '../../shared/fault.ts';
import { chromiumFetch } from './testing/chromium-fetch.ts';
import { createIdentity } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { expectNoSecret } from './testing/refused-sign-in.ts';
import { type SimulatorProcess, startSimulator } from './testing/simulator-process.ts';

let simulator: SimulatorProcess;
let idToken: string;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.stop());
beforeEach(async () => {
  await simulator.reset();
  const { cis2 } = createIdentity(simulator, createPerson('Nora Synthetic'));
  const outcome = await cis2.signIn({ purpose: 'sign-in', strength: 'as-set', signal });
  if (outcome.kind === 'refused') throw new Error(outcome.fault.happened);
  idToken = outcome.identified.idToken;
});

const signal = new AbortController().signal;
const inAssertion = 'in client_assertion JWT';
const inSubject = 'in subject_token JWT';
const notConfigured =
  'you have tried to request authorization but your application is not configured to use this authorization grant type';

type Row = readonly [status: number, error: string, description: string, kind: FaultKind, lasting: string];

const errors: readonly Row[] = [
  [
    415,
    'invalid_request',
    'Content-Type header must be application/x-www-form-urlencoded',
    'sign-in-failed',
    'final',
  ],
  [400, 'invalid_request', 'Missing or invalid client_assertion_type', 'sign-in-failed', 'final'],
  [400, 'invalid_request', 'missing or invalid subject_token_type', 'sign-in-failed', 'final'],
  [400, 'unsupported_grant_type', 'grant_type is invalid', 'sign-in-failed', 'final'],
  [400, 'invalid_request', 'Missing client_assertion', 'sign-in-failed', 'final'],
  [400, 'invalid_request', 'Malformed JWT in client_assertion', 'sign-in-failed', 'final'],
  [400, 'invalid_request', 'Malformed JWT in subject_token', 'sign-in-failed', 'final'],
  [400, 'invalid_request', `Missing 'kid' header ${inAssertion}`, 'signing-key-unavailable', 'final'],
  [
    401,
    'invalid_request',
    `Invalid 'kid' header ${inAssertion} - no matching public key`,
    'signing-key-unavailable',
    'final',
  ],
  [
    400,
    'invalid_request',
    `Invalid 'alg' header ${inAssertion} - must be 'RS512'`,
    'sign-in-failed',
    'final',
  ],
  [400, 'invalid_request', `Invalid 'exp' claim ${inAssertion} - JWT has expired`, 'clock-wrong', 'passing'],
  [
    400,
    'invalid_request',
    `Invalid 'exp' claim ${inAssertion} - more than 5 minutes in future`,
    'clock-wrong',
    'passing',
  ],
  [401, 'invalid_request', `Invalid 'iss'/'sub' claims ${inAssertion}`, 'sign-in-failed', 'final'],
  [400, 'invalid_request', `Non-unique 'jti' claim ${inAssertion}`, 'sign-in-failed', 'final'],
  [401, 'invalid_request', `Missing or invalid 'aud' claim ${inAssertion}`, 'sign-in-failed', 'final'],
  [401, 'public_key error', 'JWT signature verification failed', 'signing-key-unavailable', 'final'],
  [403, 'public_key error', 'You need to register a public key', 'signing-key-unavailable', 'final'],
  [
    403,
    'public_key error',
    "The JWKS endpoint, for your client_assertion can't be reached",
    'signing-key-unavailable',
    'final',
  ],
  [400, 'invalid_request', `Invalid 'exp' claim ${inSubject} - JWT has expired`, 'signed-out', 'final'],
  [400, 'invalid_request', `Missing or non-matching 'iss' claim ${inSubject}`, 'sign-in-failed', 'final'],
  [
    401,
    'invalid_request',
    `Invalid 'kid' header ${inSubject} - no matching public key`,
    'sign-in-failed',
    'final',
  ],
  [401, 'unauthorized_client', notConfigured, 'assurance-too-low', 'final'],
  [500, 'unknown_error', 'An unknown error occurred processing this request.', 'service-failing', 'passing'],
  [401, 'invalid_grant', 'refresh_token is invalid', 'signed-out', 'final'],
  [401, 'invalid_grant', 'refresh token refresh period has expired', 'signed-out', 'final'],
  [403, 'access_denied', 'API Key supplied does not have access to this resource.', 'denied', 'final'],
  [
    401,
    'access_denied',
    'The developer app associated with the API key is not approved or revoked',
    'denied',
    'final',
  ],
];

describe('the exchange is refused', () => {
  test.each(errors)('%i %s: %s', async (status, error, description, kind, lasting) => {
    const message_id = 'rrt-6207203489723987-a-geu2-3234-13489-1';
    const body = { error, error_description: description, message_id };
    await simulator.fault('platform.token', { kind: 'status', status, body });
    const { endpoint } = createIdentity(simulator, createPerson());
    const outcome = await endpoint.exchange(idToken, signal);
    // The help desk of the platform finds the request by its own id.
    expect(outcome).toMatchObject({ kind: 'refused', lasting, fault: { kind, reference: message_id } });
  });

  test.each([
    ['is not there', undefined],
    ['is a token in disguise', 'eyJhbGciOiJSUzUxMiJ9.eyJzdWIiOiJ4In0.c2ln and more'],
    ['is endless', 'r'.repeat(5_000)],
    ['is no text', { id: 1 }],
  ])('and its message id %s: the reference is our own', async (_case, message_id) => {
    const body = { error: 'invalid_request', error_description: 'no', message_id };
    await simulator.fault('platform.token', { kind: 'status', status: 400, body });
    const { endpoint } = createIdentity(simulator, createPerson());
    const outcome = await endpoint.exchange(idToken, signal);
    expect(outcome).toMatchObject({ fault: { reference: expect.stringMatching(/^[0-9a-f]{8} HTTP 400$/) } });
    await expectNoSecret(simulator, outcome);
  });
});

describe('what is sent', () => {
  test('is signed afresh for every attempt, and is exactly what the platform asks for', async () => {
    const bodies: URLSearchParams[] = [];
    const { endpoint, environment } = createIdentity(simulator, {
      ...createPerson(),
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

describe('a busy platform', () => {
  const attempts = async () =>
    (await simulator.requests()).filter((each) => each === 'POST /oauth2/token').length;

  test.each([
    ['with a time to wait', { 'retry-after': '1' }],
    ['with a date to wait for', { 'retry-after': new Date(Date.now() + 1_000).toUTCString() }],
    ['without a word', { 'retry-after': 'soon' }],
  ])('%s is asked once more', async (_case, headers) => {
    await simulator.fault('platform.token', { kind: 'status', status: 429, headers }, { times: 1 });
    const { endpoint } = createIdentity(simulator, createPerson());
    expect(await endpoint.exchange(idToken, signal)).toMatchObject({ kind: 'issued' });
    expect(await attempts()).toBe(2);
  });

  test('that stays busy is not asked a third time', async () => {
    await simulator.fault('platform.token', { kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    const { endpoint } = createIdentity(simulator, createPerson());
    expect(await endpoint.exchange(idToken, signal)).toMatchObject({
      fault: { kind: 'busy' },
      lasting: 'passing',
      retryAfter: 1,
    });
    expect(await attempts()).toBe(2);
  });

  test('that asks for more patience than a person has is left alone', async () => {
    await simulator.fault('platform.token', {
      kind: 'status',
      status: 429,
      headers: { 'retry-after': '60' },
    });
    const { endpoint } = createIdentity(simulator, createPerson());
    expect(await endpoint.exchange(idToken, signal)).toMatchObject({ fault: { kind: 'busy' } });
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
    const { endpoint } = createIdentity(simulator, createPerson());
    expect(await endpoint.exchange(idToken, signal)).toMatchObject({
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
    const { endpoint } = createIdentity(simulator, createPerson());
    expect(await endpoint.exchange(idToken, signal)).toMatchObject({ kind: 'issued' });
  });
});
