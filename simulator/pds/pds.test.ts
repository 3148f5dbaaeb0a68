import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Simulator, startSimulator } from '../start.ts';
import { control, environmentOf, obtainAccessToken, read } from '../testing/application.ts';

let simulator: Simulator;
let baseUrl: string;
let token: string;

beforeAll(async () => {
  simulator = await startSimulator();
  baseUrl = environmentOf(simulator).pds.baseUrl;
  token = await obtainAccessToken(simulator, ['Nora Synthetic']);
});
afterAll(() => simulator.stop());

const get = (path: string, headers?: Readonly<Record<string, string | undefined>>) =>
  read(`${baseUrl}/Patient${path}`, token, headers);

const outcome = (code: string, more: object = {}) => ({
  resourceType: 'OperationOutcome',
  issue: [{ details: { coding: [{ code }] }, ...more }],
});

const bornOf = (key: string) => simulator.patients.find((patient) => patient.key === key)?.birthDate ?? '';

describe('a read by number', () => {
  test('gives the patient', async () => {
    const { status, headers, body } = await get('/9990000018');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json']);
    expect(body).toMatchObject({
      resourceType: 'Patient',
      id: '9990000018',
      meta: { security: [{ code: 'U' }] },
      name: [{ use: 'usual', family: 'TESTCHILD', given: ['Amber', 'Mock'], prefix: ['Miss'] }],
      gender: 'female',
      birthDate: bornOf('child-protection'),
      address: [expect.anything()],
    });
  });

  test('a superseded number is answered with another id', async () => {
    expect((await get('/9990000115')).body).toMatchObject({ id: '9990000123' });
  });

  test('a restricted record keeps back where the child is', async () => {
    const { body } = await get('/9990000107');
    expect(body).toMatchObject({ meta: { security: [{ code: 'R' }] } });
    for (const field of ['address', 'telecom', 'generalPractitioner']) expect(body).not.toHaveProperty(field);
  });

  test('death and gaps', async () => {
    expect((await get('/9990000131')).body).toHaveProperty('deceasedDateTime');
    const minimal = (await get('/9990000158')).body;
    expect(minimal).not.toHaveProperty('birthDate');
    expect(minimal).not.toHaveProperty('gender');
  });

  test.each([
    ['9990000263', 404, 'RESOURCE_NOT_FOUND'],
    ['9990000166', 404, 'INVALIDATED_RESOURCE'],
    ['9990000017', 400, 'INVALID_RESOURCE_ID'],
    ['99900', 400, 'INVALID_RESOURCE_ID'],
  ])('%s answers %i %s', async (number, status, code) => {
    expect(await get(`/${number}`)).toMatchObject({ status, body: outcome(code) });
  });
});

describe('the headers', () => {
  test('X-Request-ID must be there and a UUID; it comes back', async () => {
    const id = randomUUID();
    expect((await get('/9990000018', { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    expect(await get('/9990000018', { 'x-request-id': undefined })).toMatchObject({
      status: 400,
      body: outcome('MISSING_VALUE'),
    });
    expect(await get('/9990000018', { 'x-request-id': '1234' })).toMatchObject({
      status: 400,
      body: outcome('INVALID_VALUE', { diagnostics: "Invalid value - '1234' in header 'X-Request-ID'" }),
    });
  });

  test.each([
    ['none', undefined, 'Missing Authorization header'],
    ['another', 'Bearer unknown', 'Invalid Access Token'],
  ])('an access token is needed: %s', async (_case, authorization, diagnostics) => {
    expect(await get('/9990000018', { authorization })).toMatchObject({
      status: 401,
      body: outcome('ACCESS_DENIED', { diagnostics }),
    });
  });

  test('an access token expires', async () => {
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: 600 });
    expect(await get('/9990000018')).toMatchObject({
      status: 401,
      body: outcome('ACCESS_DENIED', { diagnostics: 'Access Token expired' }),
    });
    await control(simulator, 'POST', 'settings', { clockOffsetSeconds: 0 });
  });

  test('a token without a role needs NHSD-Session-URID, of a role that the user holds', async () => {
    token = await obtainAccessToken(simulator, ['Sena Synthetic']);
    const asking = async (role?: string) => (await get('/9990000018', { 'nhsd-session-urid': role })).status;
    expect(await asking()).toBe(401);
    expect(await asking('555991012010')).toBe(200);
    expect(await asking('555991000010')).toBe(401);
    expect(await asking('not digits')).toBe(400);
    await control(simulator, 'POST', 'settings', { roleHeader: 'ignored' });
    expect(await asking('555991012010')).toBe(401);
    await control(simulator, 'POST', 'settings', { roleHeader: 'accepted' });
    token = await obtainAccessToken(simulator, ['Nora Synthetic']);
  });
});

describe('a search', () => {
  const search = (parameters: Readonly<Record<string, string>>) => get(`?${new URLSearchParams(parameters)}`);

  test('one match', async () => {
    const { body } = await search({
      family: 'testchild',
      given: 'amber',
      gender: 'female',
      birthdate: `eq${bornOf('child-protection')}`,
    });
    expect(body).toMatchObject({
      resourceType: 'Bundle',
      type: 'searchset',
      total: 1,
      entry: [
        { fullUrl: `${baseUrl}/Patient/9990000018`, search: { score: 1 }, resource: { id: '9990000018' } },
      ],
    });
  });

  test('several, none, too many', async () => {
    const born = { birthdate: `eq${bornOf('twin-one')}` };
    const twins = { family: 'TESTTWIN', gender: 'female', ...born };
    expect((await search(twins)).body).toMatchObject({ total: 2 });
    expect((await search({ ...twins, family: 'TESTT*' })).body).toMatchObject({ total: 2 });
    const none = (await search({ family: 'NOBODY', ...born })).body;
    expect(none).toMatchObject({ resourceType: 'Bundle', total: 0 });
    expect(none).not.toHaveProperty('entry');
    for (const parameters of [
      { ...twins, '_max-results': '1' },
      { family: 'TOOMANY', ...born },
    ]) {
      expect(await search(parameters)).toMatchObject({ status: 200, body: outcome('TOO_MANY_MATCHES') });
    }
  });

  test('given names are parameters of their own; one with a blank is a compound name', async () => {
    const born = `eq${bornOf('child-protection')}`;
    const count = async (...given: readonly string[]) => {
      const parameters = new URLSearchParams({ family: 'TESTCHILD', birthdate: born });
      for (const name of given) parameters.append('given', name);
      const { body } = await get(`?${parameters}`);
      return body;
    };
    for (const given of [[], ['Amber'], ['Amber', 'Mock'], ['Am*'], ['Am*r']]) {
      expect(await count(...given)).toMatchObject({ total: 1 });
    }
    for (const given of [['Amber Mock'], ['Amber', 'Else'], ['Amb']]) {
      expect(await count(...given)).toMatchObject({ total: 0 });
    }
  });

  const date = { birthdate: 'eq2020-02-01' };
  test.each<[string, Record<string, string>, string]>([
    ['a wildcard after one letter', { family: 'O*', ...date }, 'INVALID_SEARCH_DATA'],
    ['a name of 36 letters', { family: 'x'.repeat(36), ...date }, 'INVALID_SEARCH_DATA'],
    ['such a given name', { family: 'TESTCHILD', given: '*', ...date }, 'INVALID_SEARCH_DATA'],
    [
      'a parameter that it does not know',
      { family: 'TESTCHILD', ...date, name: 'x' },
      'ADDITIONAL_PROPERTIES',
    ],
    ['no date', { family: 'TESTCHILD' }, 'INVALID_SEARCH_DATA'],
    ['no real date', { family: 'TESTCHILD', birthdate: 'eq2020-02-31' }, 'INVALID_VALUE'],
    [
      'too many wanted',
      { family: 'TESTCHILD', birthdate: 'eq2020-02-01', '_max-results': '51' },
      'INVALID_VALUE',
    ],
  ])('%s is refused', async (_case, parameters, code) => {
    expect(await search(parameters)).toMatchObject({ status: 400, body: outcome(code) });
  });
});
