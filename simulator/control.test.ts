import { once } from 'node:events';
import { request } from 'node:http';
import { json } from 'node:stream/consumers';
import * as v from 'valibot';
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { startSimulator } from './start.ts';
import { control, environmentOf, obtainAccessToken, read } from './testing/application.ts';

const simulator = await startSimulator();
const token = await obtainAccessToken(simulator, ['Nora Synthetic']);
afterEach(() => control(simulator, 'POST', 'reset'));
afterAll(() => simulator.stop());

const readPatient = (number = '9990000018') =>
  read(`${environmentOf(simulator).pds.baseUrl}/Patient/${number}`, token);
const layFault = (fault: unknown, more: object = {}) =>
  control(simulator, 'POST', 'faults', { target: 'pds.read', fault, ...more });
const faults = async () => Object((await control(simulator, 'GET', 'faults')).body);
const patientUrl = `${environmentOf(simulator).pds.baseUrl}/Patient/9990000018`;
const rawRead = () => fetch(patientUrl, { redirect: 'manual' });

describe('the log', () => {
  test('says what was asked, and never with a secret', async () => {
    const fresh = await obtainAccessToken(simulator, ['Nora Synthetic']);
    const { cpis } = environmentOf(simulator);
    await read(
      `${cpis.baseUrl}/CareTeam?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|9990000018`,
      fresh,
      { isunscheduledaccessevent: 'false' },
    );
    const { body: log } = await control(simulator, 'GET', 'requests');
    expect(log).toContainEqual({
      server: 'platform',
      method: 'GET',
      path: '/cpis/FHIR/R4/CareTeam',
      query: { 'patient:identifier': 'https://fhir.nhs.uk/Id/nhs-number|9990000018' },
      status: 200,
      state: 'answered',
      headers: {
        accept: 'application/fhir+json',
        isunscheduledaccessevent: 'false',
        traceid: expect.any(String),
        'user-agent': expect.any(String),
        'x-request-id': expect.any(String),
      },
      authorization: 'bearer',
    });
    expect(log).toContainEqual(
      expect.objectContaining({
        server: 'cis2',
        query: expect.objectContaining({ prompt: 'login', state: 'redacted', nonce: 'redacted' }),
      }),
    );
    const { body: issued } = await control(simulator, 'GET', 'issued-tokens');
    const secrets = Array.isArray(issued) ? issued.map(({ kind, value }) => ({ kind, value })) : [];
    expect(new Set(secrets.map(({ kind }) => kind))).toEqual(
      new Set([
        'authorization-code',
        'cis2-access-token',
        'id-token',
        'platform-access-token',
        'platform-refresh-token',
      ]),
    );
    for (const { value } of secrets) expect(JSON.stringify(log)).not.toContain(value);
  });
});

describe('faults', () => {
  test('apply to as many requests as ordered, after as many as ordered', async () => {
    await layFault({ kind: 'status', status: 503 }, { times: 1, after: 1 });
    const statuses = [];
    for (let count = 0; count < 3; count += 1) statuses.push((await readPatient()).status);
    expect(statuses).toEqual([200, 503, 200]);
  });

  test('apply until they are cleared', async () => {
    await layFault({ kind: 'status', status: 503 });
    expect([(await readPatient()).status, (await readPatient()).status]).toEqual([503, 503]);
    await control(simulator, 'DELETE', 'faults?target=pds.search');
    expect((await readPatient()).status).toBe(503);
    await control(simulator, 'DELETE', 'faults');
    expect((await readPatient()).status).toBe(200);
  });

  test.each([
    [401, 'ACCESS_DENIED'],
    [408, 'UNABLE_TO_CALL_SERVICE'],
    [429, 'TOO_MANY_REQUESTS'],
    [500, 'UNABLE_TO_CALL_SERVICE'],
  ])('a status comes with the body that is usual for it: %i', async (status, code) => {
    await layFault({ kind: 'status', status });
    const answer = await readPatient();
    expect(answer).toMatchObject({ status, body: { issue: [{ details: { coding: [{ code }] } }] } });
    expect(answer.headers.get('retry-after')).toBe(status === 429 ? '1' : null);
  });

  test('a status can have any body and header', async () => {
    await layFault({
      kind: 'status',
      status: 429,
      body: 'slow down',
      contentType: 'text/plain',
      headers: { 'Retry-After': '7' },
    });
    const answer = await rawRead();
    expect([
      await answer.text(),
      answer.headers.get('content-type'),
      answer.headers.get('retry-after'),
    ]).toEqual(['slow down', 'text/plain', '7']);
  });

  test('a proxy’s page, any body, a redirect, a huge body', async () => {
    await layFault({ kind: 'html' }, { times: 1 });
    expect((await rawRead()).headers.get('content-type')).toContain('text/html');
    await layFault({ kind: 'body', contentType: 'application/fhir+json', body: '{' }, { times: 1 });
    expect(await (await rawRead()).text()).toBe('{');
    await layFault({ kind: 'redirect', location: 'https://elsewhere.example/' }, { times: 1 });
    expect((await rawRead()).headers.get('location')).toBe('https://elsewhere.example/');
    await layFault({ kind: 'huge', megabytes: 2 }, { times: 1 });
    expect((await (await rawRead()).text()).length).toBeGreaterThan(2 * 1024 * 1024);
  });

  test('a reset and a truncated body break off', async () => {
    await layFault({ kind: 'reset' }, { times: 1 });
    await expect(readPatient()).rejects.toThrow();
    await layFault({ kind: 'truncate' }, { times: 1 });
    const answer = await rawRead();
    await expect(answer.text()).rejects.toThrow();
  });

  test('a late and a slow answer are whole', async () => {
    await layFault({ kind: 'delay', ms: 500 }, { times: 1 });
    const late = readPatient();
    await vi.waitFor(async () => {
      const { body: log } = await control(simulator, 'GET', 'requests');
      expect(log).toContainEqual(expect.objectContaining({ state: 'open' }));
    });
    expect((await late).status).toBe(200);
    await layFault({ kind: 'slow-body', bytesPerSecond: 10_000 }, { times: 1 });
    expect(await readPatient()).toMatchObject({ status: 200, body: { id: '9990000018' } });
  });

  test('a hanging request is never answered', async () => {
    await layFault({ kind: 'hang' });
    await expect(fetch(patientUrl, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
    const { body } = await control(simulator, 'GET', 'requests');
    expect(body).toMatchObject([{ status: null }]);
  });

  test('held answers go in the order that a test wants', async () => {
    await layFault({ kind: 'hold' }, { times: 1 });
    const order: string[] = [];
    const first = readPatient('9990000018').then(() => order.push('first'));
    while ((await faults()).held.length === 0);
    await readPatient('9990000026').then(() => order.push('second'));
    expect((await control(simulator, 'POST', 'faults/release')).body).toEqual({ released: 1 });
    await first;
    expect(order).toEqual(['second', 'first']);
  });

  test('a reset breaks off what is held', async () => {
    await layFault({ kind: 'hold' });
    const broken = expect(readPatient()).rejects.toThrow();
    while ((await faults()).held.length === 0);
    await control(simulator, 'POST', 'reset');
    await broken;
    expect(await faults()).toEqual({ active: [], held: [] });
  });

  test.each([
    ['an unknown target', { target: 'pds', fault: { kind: 'hang' } }],
    ['an unknown kind', { target: 'pds.read', fault: { kind: 'fire' } }],
    ['a fault of another server', { target: 'pds.read', fault: { kind: 'userinfo', overrides: {} } }],
    ['a field too many', { target: 'pds.read', fault: { kind: 'hang', ms: 1 } }],
    ['nothing', undefined],
  ])('%s is refused', async (_case, order) => {
    const { status, body } = await control(simulator, 'POST', 'faults', order);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: 'invalid', problems: [expect.any(String)] });
  });
});

describe('the rest', () => {
  test('lists patients and users', async () => {
    const { body: patients } = await control(simulator, 'GET', 'patients');
    expect(patients).toContainEqual(
      expect.objectContaining({ key: 'no-record', nhsNumber: '9990000077', family: 'TESTCHILD', plans: [] }),
    );
    const { body: users } = await control(simulator, 'GET', 'users');
    expect(users).toContainEqual(expect.objectContaining({ key: 'nurse', name: 'Nora Synthetic' }));
  });

  test('where something stands in between, every address is that of what stands there', async () => {
    const origins = { cis2: 'https://cis2.viewer.test', platform: 'https://api.viewer.test' };
    const behind = await startSimulator({ origins });
    onTestFinished(behind.stop);
    const { cis2, platform, pds } = environmentOf(behind);
    expect([cis2.issuer, platform.tokenUrl, pds.baseUrl].map((address) => new URL(address).origin)).toEqual([
      origins.cis2,
      origins.platform,
      origins.platform,
    ]);
    const { body: addresses } = await control(behind, 'GET', 'addresses');
    expect(addresses).toEqual({ cis2: behind.addresses.cis2, platform: behind.addresses.platform });
    const asked = request(
      `${behind.addresses.cis2}${new URL(cis2.issuer).pathname}/.well-known/openid-configuration`,
      { headers: { host: 'cis2.viewer.test' } },
    ).end();
    const [answer] = await once(asked, 'response');
    const discovered = v.parse(v.record(v.string(), v.unknown()), await json(answer));
    const endpoints = Object.entries(discovered).filter(([name]) => /_endpoint$|_uri$|^issuer$/.test(name));
    expect(endpoints.length).toBeGreaterThan(4);
    for (const [, address] of endpoints) expect(address).toMatch(/^https:\/\/cis2\.viewer\.test\//);
  });

  test('settings are checked', async () => {
    expect((await control(simulator, 'POST', 'settings', { accessTokenSeconds: 0 })).status).toBe(400);
    expect((await control(simulator, 'POST', 'settings', { accessTokenSeconds: 61 })).body).toMatchObject({
      accessTokenSeconds: 61,
      refresh: true,
    });
  });

  test('a browser gets nothing from it', async () => {
    const { status } = await fetch(`${simulator.addresses.control}/simulator/issued-tokens`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    expect(status).toBe(403);
  });

  test('everything is on the loopback address', () => {
    for (const address of Object.values(simulator.addresses)) {
      expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    }
  });
});
