import { afterEach, describe, expect, test, vi } from 'vitest';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { faultOf } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { expectNoSecret, expectRefusal } from './testing/refused-sign-in.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();
afterEach(() => vi.useRealTimers());

describe('a sign-in', () => {
  test('ends in a session that shows who, which role, where and until when, and nothing secret', async () => {
    const { session } = simulator.identity();
    const view = await session.signIn();
    expect(view).toEqual({
      state: 'signed-in',
      user: { name: 'Nora Synthetic', role: 'Nurse Access Role', organisation: 'SYNTHETIC GENERAL HOSPITAL' },
      permissions: {
        findPatient: { kind: 'allowed' },
        unscheduled: { kind: 'allowed' },
        scheduled: { kind: 'allowed' },
      },
      timeLeftMs: expect.any(Number),
      hasOtherRoles: false,
      signingInAgain: false,
      lastFault: undefined,
    });
    expect(session.actor()).toMatchObject({ userId: '999999910000' });
    await expectNoSecret(simulator, [view, session.actor(), session.role()]);
  });

  test.each([
    ['with a client secret, by which it is renewed', {}, 12 * 60],
    ['without one, when the ID token is of no more use', { clientSecret: undefined }, 60],
  ])('H21: says when it ends: %s', async (_case, platform, minutes) => {
    const { session } = simulator.identity({ platform });
    const view = await session.signIn();
    const timeLeftMs = view.state === 'signed-in' ? view.timeLeftMs : 0;
    session.signOut();
    expect(Math.round(timeLeftMs / 60_000)).toBe(minutes);
  });

  test('asks as CIS2 wants to be asked: PKCE, state, nonce, the scopes, and a log-in each time (H14)', async () => {
    const person = createPerson('Nora Synthetic');
    const { session } = simulator.identity(person);
    await session.signIn();
    session.signOut();
    await session.signIn();
    session.signOut();
    const [first, second] = person.seen.map(({ searchParams }) => Object.fromEntries(searchParams));
    expect(first).toMatchObject({
      response_type: 'code',
      scope: 'openid profile nhsperson nationalrbacaccess associatedorgs selectedrole',
      prompt: 'login',
      acr_values: 'AAL2_OR_AAL3_ANY',
      code_challenge_method: 'S256',
      redirect_uri: 'http://127.0.0.1:47113/callback',
    });
    for (const once of ['state', 'nonce', 'code_challenge']) {
      expect(first?.[once]).toMatch(/^[\w-]{43}$/);
      expect(second?.[once]).not.toBe(first?.[once]);
    }
  });

  test('sends its forms without a charset', async () => {
    const { session } = simulator.identity();
    await session.signIn();
    session.signOut();
    const forms = (await simulator.requests()).filter(({ path }) =>
      /\/access_token$|^\/oauth2\/token$/.test(path),
    );
    expect(forms.map(({ headers }) => headers['content-type'])).toEqual([
      'application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded',
    ]);
  });

  test.each(['RS512', 'RS256'])(
    'sends an assertion for the token endpoint, signed as set: %s',
    async (algorithm) => {
      const { clientAuthentication } = simulator.identity().environment.cis2;
      const assertions: string[] = [];
      const { session, environment } = simulator.identity({
        cis2: { clientAuthentication: { ...clientAuthentication, algorithm } },
        fetch: (url, options) => {
          const assertion = new URLSearchParams(options.body).get('client_assertion');
          if (url.endsWith('/access_token') && assertion !== null) assertions.push(assertion);
          return chromiumFetch(url, options);
        },
      });
      await session.signIn();
      session.signOut();
      const { clientId, issuer } = environment.cis2;
      const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
      expect(assertions.map((jwt) => jwt.split('.').slice(0, 2).map(decode))).toMatchObject([
        [
          { alg: algorithm, typ: 'JWT' },
          { iss: clientId, sub: clientId, aud: `${issuer}/access_token` },
        ],
      ]);
    },
  );

  test('that is cancelled on the page, or whose window is closed, ends neutrally and does not loop', async () => {
    for (const presses of [['Cancel'], ['Mira Synthetic', 'Cancel'], []]) {
      const person = createPerson(...presses);
      const { session } = simulator.identity(person);
      expect(faultOf(await session.signIn())?.kind).toBe('sign-in-cancelled');
      expect(person.seen).toHaveLength(1);
    }
    expect(await simulator.countOf('/oauth2/token')).toBe(0);
  });

  test.each([
    ['login_required', 'sign-in-cancelled'],
    ['interaction_required', 'sign-in-cancelled'],
    ['temporarily_unavailable', 'service-failing'],
    ['server_error', 'service-failing'],
    ['unmet_authentication_requirements', 'assurance-too-low'],
    ['unauthorized_client', 'sign-in-failed'],
    ['invalid_scope', 'sign-in-failed'],
  ] as const)('that Care Identity refuses with %s', async (error, kind) => {
    await simulator.fault('cis2.authorize', { kind: 'callback', parameters: { error, code: null } });
    await expectRefusal(simulator, { kind });
  });

  test("with a key that Care Identity does not know blames this site's application", async () => {
    const happened = await expectRefusal(
      simulator,
      { kind: 'sign-in-failed' },
      { cis2: { clientAuthentication: { method: 'client_secret_post', clientSecret: 'wrong' } } },
    );
    expect(happened).toContain("did not accept this site's application");
  });
});

describe('H14: a response from an unknown user of the computer', () => {
  const answeredByUnknownUser = (name: string) => {
    const person = createPerson(name);
    const userAgent: typeof person.userAgent = async (page) => {
      const returned = await person.userAgent(page);
      return returned.kind === 'redirected' ? { ...returned, answeredBy: 'unknown' } : returned;
    };
    return userAgent;
  };

  test('is used once the user has said that it is theirs', async () => {
    const confirmedNames: string[] = [];
    const { session } = simulator.identity({
      userAgent: answeredByUnknownUser('Nora Synthetic'),
      confirmUser: async (name) => {
        confirmedNames.push(name);
        expect(await simulator.countOf('/oauth2/token')).toBe(0);
        return true;
      },
    });
    expect((await session.signIn()).state).toBe('signed-in');
    expect(confirmedNames).toEqual(['Nora Synthetic']);
  });

  test('is not used where the user says no: nothing is done in that name', async () => {
    const happened = await expectRefusal(
      simulator,
      { kind: 'sign-in-cancelled' },
      { userAgent: answeredByUnknownUser('Nora Synthetic'), confirmUser: async () => false },
    );
    expect(happened).toBe('The browser signed in someone else.');
  });
});

describe('the role (step 9)', () => {
  const picker = { rolePicker: true };

  test('selected and held: straight through', async () => {
    const { session } = simulator.identity(
      createPerson('Mira Synthetic', 'Midwife Access Role, SYNTHETIC CHILD CLINIC (Z9A03)'),
    );
    expect(await session.signIn()).toMatchObject({
      user: { role: 'Midwife Access Role', organisation: 'SYNTHETIC CHILD CLINIC' },
      permissions: { unscheduled: { kind: 'refused' }, scheduled: { kind: 'allowed' } },
    });
  });

  test('not selected, one role: signs in once more, then stops', async () => {
    const person = createPerson('Abel Synthetic');
    const happened = await expectRefusal(simulator, { kind: 'role-missing' }, person);
    expect(person.seen).toHaveLength(2);
    expect(happened).toContain('did not say which');
  });

  test('not selected at first and selected the second time: straight through', async () => {
    const withoutRole = { kind: 'id-token', claims: { selected_roleid: null } };
    await simulator.fault('cis2.token', withoutRole, { times: 1 });
    const person = createPerson('Nora Synthetic');
    const { session } = simulator.identity(person);
    expect((await session.signIn()).state).toBe('signed-in');
    expect(person.seen).toHaveLength(2);
  });

  test('not selected, one role, with the picker allowed: signs in once more, then lets the user choose', async () => {
    const person = createPerson('Abel Synthetic');
    const { session } = simulator.identity({ ...person, cis2: picker });
    expect(await session.signIn()).toMatchObject({ state: 'choosing-role', roles: [{}] });
    expect(person.seen).toHaveLength(2);
  });

  test('not selected, several roles, with the picker off: stops', async () => {
    const { userAgent } = createPerson('Sena Synthetic');
    await expectRefusal(simulator, { kind: 'role-missing' }, { userAgent });
  });

  test('not selected, several roles, with the picker allowed: nothing is exchanged until the user has chosen', async () => {
    const { session } = simulator.identity({ ...createPerson('Sena Synthetic'), cis2: picker });
    const view = await session.signIn();
    expect(view).toEqual({
      state: 'choosing-role',
      userName: 'Sena Synthetic',
      roles: [
        { id: '555991012010', role: 'Nurse Access Role', organisation: 'SYNTHETIC GENERAL HOSPITAL' },
        { id: '555991012011', role: 'Midwife Access Role', organisation: 'SYNTHETIC CHILD CLINIC' },
      ],
    });
    expect(await simulator.countOf('/oauth2/token')).toBe(0);
    expect((await session.chooseRole('555000000000')).state).toBe('choosing-role');
    expect((await session.chooseRole('555991012011')).state).toBe('signed-in');
    expect(session.role()?.id).toBe('555991012011');
  });

  test.each([
    ['the empty text', 'Emil Synthetic', 'did not say which'],
    ['one that the user does not hold', 'Fay Synthetic', 'do not hold'],
    ['none, and none held', 'Zoe Synthetic', 'has no role'],
  ])('%s: stops before the exchange, with the picker on too', async (_case, name, text) => {
    for (const cis2 of [{}, picker]) {
      const { userAgent } = createPerson(name);
      const refusal = { kind: 'role-missing' } as const;
      expect(await expectRefusal(simulator, refusal, { userAgent, cis2 })).toContain(text);
    }
  });

  test('changing it asks with "changedrole" in place of "selectedrole", and for a log-in', async () => {
    const person = createPerson('Mira Synthetic', 'Nurse Access Role, SYNTHETIC GENERAL HOSPITAL (Z9A01)');
    const { session } = simulator.identity(person);
    await session.signIn();
    person.presses = ['Mira Synthetic', 'Midwife Access Role, SYNTHETIC CHILD CLINIC (Z9A03)'];
    expect(await session.changeRole()).toMatchObject({ user: { role: 'Midwife Access Role' } });
    const [, second] = person.seen;
    expect(second?.searchParams.get('scope')).toBe(
      'openid profile nhsperson nationalrbacaccess associatedorgs changedrole',
    );
    expect(second?.searchParams.get('prompt')).toBe('login');
  });
});

describe('assurance', () => {
  const tooLow = (action: string) => ({
    kind: 'assurance-too-low',
    action: expect.stringContaining(action),
  });

  test('of the authentication too low: says so, and the next sign-in asks for the strongest', async () => {
    const person = createPerson('Lou Synthetic');
    const cis2 = { acrValues: 'AAL2_OR_AAL3_ANY', leastAuthenticationAssurance: 3 };
    const { session } = simulator.identity({ ...person, cis2 });
    expect(faultOf(await session.signIn())).toMatchObject(tooLow('smartcard'));
    expect(await simulator.countOf('/oauth2/token')).toBe(0);
    await session.signIn();
    expect(person.seen.map(({ searchParams }) => searchParams.get('acr_values'))).toEqual([
      'AAL2_OR_AAL3_ANY',
      'AAL3_ANY',
    ]);
  });

  test('of the identity too low: another sign-in would not help, so it is not offered', async () => {
    const { session } = simulator.identity(createPerson('Ida Synthetic'));
    expect(faultOf(await session.signIn())).toMatchObject({
      kind: 'assurance-too-low',
      action: 'Ask your Registration Authority.',
    });
    expect(await simulator.countOf('/oauth2/token')).toBe(0);
  });

  test('good enough for the settings but not for the platform (401 unauthorized_client)', async () => {
    const person = createPerson('Lou Synthetic');
    const { session } = simulator.identity(person);
    await simulator.settings({ acceptedAssuranceLevels: [3] });
    expect(faultOf(await session.signIn())).toMatchObject(tooLow('smartcard'));
    person.presses = ['Nora Synthetic'];
    expect((await session.signIn()).state).toBe('signed-in');
    expect(person.seen[1]?.searchParams.get('acr_values')).toBe('AAL3_ANY');
  });
});

test('a lock during the token request at Care Identity aborts that request', async () => {
  await simulator.fault('cis2.token', { kind: 'delay', ms: 400 });
  const { session } = simulator.identity();
  const signingIn = session.signIn();
  while ((await simulator.countOf('access_token')) === 0) await new Promise((next) => setTimeout(next, 10));
  session.lock();
  expect(await signingIn).toEqual({ state: 'signed-out', lastFault: undefined });
  await new Promise((next) => setTimeout(next, 500));
  expect(session.view()).toEqual({ state: 'signed-out', lastFault: undefined });
  expect(await simulator.countOf('userinfo')).toBe(0);
});
