/** SMART launches against a real authorisation server, and the attacks on them that a record system or a page can try. */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SmartRecordSystem, startSmartRecordSystem } from '../../e2e/doubles/smart-record-system.ts';
import { type FaultKind, makeFault } from '../../shared/fault.ts';
import { createClockSkew } from '../network/clock-skew.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { createTestNetwork } from '../network/testing/loopback-server.ts';
import { parseEnvironment } from '../settings/parse-environment.ts';
import { loopback } from '../settings/testing/loopback-environment.ts';
import { createRecordSystems } from './record-systems.ts';
import type { SignInUserAgent } from './sign-in-user-agent.ts';
import { createPerson } from './testing/person.ts';

let system: SmartRecordSystem;
beforeEach(async () => {
  system = await startSmartRecordSystem();
});
afterEach(() => system.close());

/** `settings`: members that differ. */
function arrange(
  settings: Readonly<Record<string, unknown>> = {},
  { userAgent = createPerson().userAgent }: { userAgent?: SignInUserAgent } = {},
) {
  const parsed = parseEnvironment({
    ...loopback,
    launch: { recordSystems: [{ iss: system.iss, clientId: system.clientId, ...settings }] },
  });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  const asked: string[] = [];
  const ask = createRecordSystems({
    recordSystems: parsed.environment.launch.recordSystems,
    userAgentFor: () => userAgent,
    network: createTestNetwork((url, options) => {
      asked.push(url);
      return chromiumFetch(url, options);
    }),
    clockSkew: createClockSkew(new Set()),
    timeoutMs: 5_000,
  });
  return {
    asked,
    open: (launch: string, iss = system.iss, signal = new AbortController().signal) =>
      ask({ iss, launch }, signal),
  };
}

const identifier = 'https://fhir.nhs.uk/Id/nhs-number|9990000018';
const refusedWith = (happened: string, kind = 'launch-refused') => ({
  kind: 'failed',
  fault: { kind, happened: expect.stringContaining(happened) },
});
const notAccepted = refusedWith('did not accept its own link');
const notUnderstood = refusedWith('cannot be read safely', 'answer-not-understood');

/** A launch for the patient. */
const issue = () => system.issue({ members: { patient: identifier } });

describe('a launch', () => {
  test('is redeemed by the code flow with PKCE, and only the patient comes out', async () => {
    const launch = issue();
    const answer = await arrange().open(launch);
    expect(answer).toEqual({
      kind: 'answered',
      nhsNumber: identifier,
      nhsNumberForm: 'identifier',
      birthDate: 'not-asked',
      userId: 'not-asked',
    });
    expect(Object.fromEntries(system.asked())).toEqual({
      client_id: system.clientId,
      response_type: 'code',
      redirect_uri: 'http://127.0.0.1:47114/launch',
      scope: 'launch',
      launch,
      aud: system.iss,
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(system.secrets()).toHaveLength(2);
    for (const secret of system.secrets()) expect(JSON.stringify(answer)).not.toContain(secret);
  });

  test('is redeemed at an issuer that the environment names, and claims of the ID token are read', async () => {
    const launch = system.issue({ claims: { nhs_number: '9990000018', user_id: '555036632103' } });
    const { open, asked } = arrange({
      issuer: system.issuer,
      scopes: ['openid', 'launch'],
      nhsNumberAt: '/id_token/nhs_number',
      nhsNumberForm: 'number',
      userIdAt: '/id_token/user_id',
    });
    expect(await open(launch)).toMatchObject({ nhsNumber: '9990000018', userId: { value: '555036632103' } });
    expect(asked[0]).toBe(`${system.issuer}/.well-known/openid-configuration`);
    expect(system.asked().get('nonce')).toMatch(/^[\w-]{43}$/);
  });

  test('H10: no pointer of the environment reads a token', async () => {
    const { open } = arrange({
      scopes: ['openid', 'launch'],
      nhsNumberAt: '/access_token',
      userIdAt: '/id_token',
    });
    const answer = await open(system.issue({}));
    expect(answer).toMatchObject({ kind: 'answered', nhsNumber: undefined });
    for (const secret of system.secrets()) expect(JSON.stringify(answer)).not.toContain(secret);
  });

  test('H3: is used once, whatever the record system would do', async () => {
    const { open } = arrange();
    const launch = issue();
    await open(launch);
    const requests = system.requests().length;
    expect(await open(launch)).toMatchObject(refusedWith('has been used before'));
    expect(system.requests().slice(requests)).toEqual(['GET /fhir/.well-known/smart-configuration']);
  });

  test('that the record system does not know is refused', async () => {
    expect(await arrange().open('launch-of-yesterday')).toMatchObject(notAccepted);
  });

  test('H3: of an unknown record system sends nothing', async () => {
    const other = await startSmartRecordSystem();
    const { open, asked } = arrange();
    for (const iss of [other.iss, `${system.iss}/`, system.iss.toUpperCase(), `${system.iss}#`]) {
      expect(await open('launch', iss)).toMatchObject(refusedWith('that this site is not set up for'));
    }
    expect([asked, other.requests(), system.requests()]).toEqual([[], [], []]);
    other.close();
  });
});

describe('an attack', () => {
  test('H3: a redirect with another state is refused before anything is redeemed', async () => {
    system.changeRedirect((redirect) => redirect.searchParams.set('state', 'of-the-attacker'));
    expect(await arrange().open(issue())).toMatchObject(notUnderstood);
    expect(system.requests()).not.toContain('POST /token');
  });

  test('H3: a code of another launch is refused by PKCE', async () => {
    const attacker = createPerson();
    let stolen = '';
    system.changeRedirect((redirect) => {
      stolen = redirect.searchParams.get('code') ?? '';
      redirect.searchParams.set('state', 'lost');
    });
    await arrange({}, attacker).open(issue());
    expect(stolen).not.toBe('');
    system.changeRedirect((redirect) => redirect.searchParams.set('code', stolen));
    expect(await arrange().open(issue())).toMatchObject(notAccepted);
  });

  test.each([
    ['names another issuer', (redirect: URL) => redirect.searchParams.set('iss', 'https://evil.example')],
    [
      'does not name its issuer, which the metadata promise',
      (redirect: URL) => redirect.searchParams.delete('iss'),
    ],
  ])('H3: mix-up: a redirect that %s is refused before anything is redeemed', async (_what, change) => {
    system.changeMetadata({ authorization_response_iss_parameter_supported: true });
    system.changeRedirect(change);
    expect(await arrange().open(system.issue({}))).toMatchObject(notUnderstood);
    expect(system.requests()).not.toContain('POST /token');
  });

  test.each(['authorization_endpoint', 'token_endpoint', 'jwks_uri'])(
    'H3: metadata whose %s is on another host are refused',
    async (endpoint) => {
      const other = await startSmartRecordSystem();
      system.changeMetadata({ [endpoint]: `${other.issuer}/x` });
      expect(await arrange().open(system.issue({}))).toMatchObject(refusedWith('uses an address'));
      expect(other.requests()).toEqual([]);
      other.close();
    },
  );

  test('H3: metadata of another issuer than the environment names are refused', async () => {
    const metadataUrl = `${system.iss}/.well-known/smart-configuration`;
    system.changeMetadata({ issuer: `${system.issuer}/` });
    expect(await arrange({ issuer: system.issuer, metadataUrl }).open(system.issue({}))).toMatchObject(
      refusedWith('uses an address'),
    );
  });

  test('H3: an ID token that is not signed by the record system is refused', async () => {
    const other = await startSmartRecordSystem();
    const { open } = arrange({ scopes: ['openid', 'launch'], hosts: [new URL(other.issuer).host] });
    system.changeMetadata({ jwks_uri: `${other.issuer}/jwks` });
    expect(await open(issue())).toMatchObject(notUnderstood);
    other.close();
  });
});

describe('a failure', () => {
  const failedWith = (kind: FaultKind) => ({ kind: 'failed', fault: makeFault(kind, 'r') }) as const;

  test.each([
    ['closed', { kind: 'closed' }, refusedWith('page was closed')],
    ['on another host', failedWith('sign-in-failed'), refusedWith('page could not be used')],
    ['not reached', failedWith('offline'), refusedWith('could not be reached', 'offline')],
  ] as const)('a page that is %s', async (_what, returned, expected) => {
    const { open } = arrange({}, { userAgent: async () => returned });
    expect(await open(system.issue({}))).toMatchObject(expected);
  });

  test('a record system that is down', async () => {
    const { open } = arrange();
    system.close();
    expect(await open('launch')).toMatchObject(refusedWith('could not be reached', 'offline'));
  });

  test('metadata that are none', async () => {
    system.changeMetadata({ token_endpoint: 1 });
    expect(await arrange().open(system.issue({}))).toMatchObject(notUnderstood);
  });

  test('H14: what ends the launch closes the page, and a page that was not open yet stays closed', async () => {
    const abort = new AbortController();
    let shown = 0;
    const userAgent: SignInUserAgent = ({ signal }) => {
      shown += 1;
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve({ kind: 'closed' }));
        abort.abort();
      });
    };
    const { open } = arrange({}, { userAgent });
    const closed = refusedWith('page was closed');
    expect(await open(system.issue({}), system.iss, abort.signal)).toMatchObject(closed);
    expect(await open(system.issue({}), system.iss, abort.signal)).toMatchObject(closed);
    expect(shown).toBe(1);
  });
});
