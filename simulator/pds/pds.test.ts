import { randomUUID } from 'node:crypto';
import * as v from 'valibot';
import { afterAll, describe, expect, test } from 'vitest';
import { startSimulator } from '../start.ts';
import { control, environmentOf, obtainAccessToken, read } from '../testing/application.ts';
import { crowdBirthDate } from './crowds.ts';

const bundleSchema = v.object({
  entry: v.optional(
    v.array(v.object({ resource: v.object({ id: v.string() }), search: v.object({ score: v.number() }) })),
  ),
});

const simulator = await startSimulator();
const baseUrl = environmentOf(simulator).pds.baseUrl;
let token = await obtainAccessToken(simulator, ['Nora Synthetic']);
afterAll(() => simulator.stop());

const get = (path: string, headers?: Readonly<Record<string, string | undefined>>) =>
  read(`${baseUrl}/Patient${path}`, token, headers);

const set = (settings: object) => control(simulator, 'POST', 'settings', settings);

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
    await set({ clockOffsetSeconds: 600 });
    expect(await get('/9990000018')).toMatchObject({
      status: 401,
      body: outcome('ACCESS_DENIED', { diagnostics: 'Access Token expired' }),
    });
    await set({ clockOffsetSeconds: 0 });
  });

  test('the organisation, where it is demanded; a header that was lost on its way is missing', async () => {
    const asking = (organisation?: string) =>
      get('/9990000018', { 'nhsd-end-user-organisation-ods': organisation });
    const missing = { status: 400, body: outcome('MISSING_HEADER') };
    await set({ organisationHeader: 'required' });
    expect(await asking()).toMatchObject(missing);
    expect((await asking('Z9A01')).status).toBe(200);
    await set({ organisationHeader: 'lost' });
    expect(await asking('Z9A01')).toMatchObject(missing);
    await set({ organisationHeader: 'ignored' });
  });

  test('a token without a role needs NHSD-Session-URID, of a role that the user holds', async () => {
    token = await obtainAccessToken(simulator, ['Sena Synthetic']);
    const asking = async (role?: string) => (await get('/9990000018', { 'nhsd-session-urid': role })).status;
    expect(await asking()).toBe(401);
    expect(await asking('555991012010')).toBe(200);
    expect(await asking('555991000010')).toBe(401);
    expect(await asking('not digits')).toBe(400);
    await set({ roleHeader: 'ignored' });
    expect(await asking('555991012010')).toBe(401);
    await set({ roleHeader: 'accepted' });
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
      { family: 'TESTFIFTYONE', birthdate: crowdBirthDate },
    ]) {
      expect(await search(parameters)).toMatchObject({ status: 200, body: outcome('TOO_MANY_MATCHES') });
    }
  });

  test('given names are parameters of their own; one with a blank is a compound name', async () => {
    const born = `eq${bornOf('child-protection')}`;
    const count = async (...given: readonly string[]) => {
      const parameters = new URLSearchParams({ family: 'TESTCHILD', birthdate: born });
      for (const name of given) parameters.append('given', name);
      return (await get(`?${parameters}`)).body;
    };
    for (const given of [[], ['Amber'], ['Amber', 'Mock'], ['Am*'], ['Am*r']]) {
      expect(await count(...given)).toMatchObject({ total: 1 });
    }
    for (const given of [['Amber Mock'], ['Amber', 'Else'], ['Amb']]) {
      expect(await count(...given)).toMatchObject({ total: 0 });
    }
  });

  const found = async (parameters: Readonly<Record<string, string>>) => {
    const { entry = [] } = v.parse(bundleSchema, (await search(parameters)).body);
    return entry.map(({ resource, search: { score } }) => [resource.id, score]);
  };
  const askedFor = (key: string, names: Readonly<Record<string, string>>) => ({
    birthdate: `eq${bornOf(key)}`,
    ...names,
  });

  test('at most fifty are returned, and each can be read', async () => {
    const fifty = await found({ family: 'TESTFIFTY', birthdate: `eq${crowdBirthDate}` });
    expect(fifty).toHaveLength(50);
    expect(await get(`/${fifty[0]?.[0]}`)).toMatchObject({ status: 200 });
  });

  test('a date of birth can be a range, with both days in it', async () => {
    const born = bornOf('twin-one');
    const range = async (from: string, to: string) => {
      const parameters = new URLSearchParams({ family: 'TESTTWIN' });
      for (const day of [`ge${from}`, `le${to}`]) parameters.append('birthdate', day);
      return (await get(`?${parameters}`)).body;
    };
    expect(await range(born, born)).toMatchObject({ total: 2 });
    expect(await range('2000-01-01', '2000-12-31')).toMatchObject({ total: 0 });
    expect(await found({ family: 'TESTTWIN', birthdate: 'ge2000-01-01' })).toHaveLength(2);
  });

  test('a match that is not whole has a lower score, and comes after the whole one', async () => {
    const wild = askedFor('nickname', { family: 'MOCKF*' });
    expect(await found(wild)).toEqual([['9990000336', 0.75]]);
    expect(await found({ ...wild, '_exact-match': 'true' })).toEqual([]);
    const nickname = await found(askedFor('nickname', { family: 'MOCKFIELD', given: 'Bobbin' }));
    expect(nickname).toEqual([['9990000336', 0.75]]);
  });

  test('the gender that PDS holds excludes where it is asked for', async () => {
    const asked = askedFor('twin-one', { family: 'TESTTWIN' });
    expect(await found({ ...asked, gender: 'male' })).toEqual([]);
    expect(await found(asked)).toHaveLength(2);
  });

  test('a previous name is found in the history alone, and the answer has the name of today', async () => {
    const asked = askedFor('renamed', { family: 'TESTFORMER', given: 'Yarrow' });
    expect(await found(asked)).toEqual([]);
    expect(await found({ ...asked, _history: 'true' })).toEqual([['9990000301', 0.75]]);
    const { body } = await search({ ...asked, _history: 'true' });
    expect(JSON.stringify(body)).not.toContain('TESTFORMER');
    expect(JSON.stringify((await get('/9990000301')).body)).toContain('TESTFORMER');
  });

  test('homophones, transposed and previous names are found by a fuzzy search alone', async () => {
    for (const [key, names] of [
      ['sounds-alike', { family: 'MOCKSMITH', given: 'Zena' }],
      ['nickname', { family: 'ROBIN', given: 'Mockfield' }],
      ['renamed', { family: 'TESTFORMER', given: 'Yarrow' }],
      ['apostrophe', { family: 'OMOCK KOCINSKI', given: 'Zoe' }],
    ] as const) {
      expect(await found(askedFor(key, names)), key).toEqual([]);
      expect(await found({ ...askedFor(key, names), '_fuzzy-match': 'true' }), key).toHaveLength(1);
    }
    const [year = '', month = '', day = ''] = bornOf('other-day').split('-');
    const transposed = { family: 'MOCKDALE', given: 'Alder', birthdate: `eq${year}-${day}-${month}` };
    expect(await found(transposed)).toEqual([]);
    expect(await found({ ...transposed, '_fuzzy-match': 'true' })).toEqual([['9990000352', 0.75]]);
  });

  test('a name with an apostrophe, a hyphen and diacritics is found as it is written, in any case', async () => {
    const asked = askedFor('apostrophe', { family: "o'mock-kociński", given: 'zoë' });
    expect(await found(asked)).toEqual([['9990000344', 1]]);
  });

  test('a restricted patient is never found by postcode or practice', async () => {
    const restricted = askedFor('restricted', { family: 'TESTCHILD' });
    const other = askedFor('looked-after', { family: 'TESTCHILD' });
    expect(await found(restricted)).toHaveLength(1);
    for (const where of [{ 'address-postalcode': 'ZZ99*' }, { 'general-practitioner': 'Z9G99' }]) {
      expect(await found({ ...restricted, ...where })).toEqual([]);
      expect(await found({ ...other, ...where })).toHaveLength(1);
    }
  });

  const child = { family: 'TESTCHILD', birthdate: 'eq2020-02-01' };
  const { birthdate } = child;
  test.each<[string, Record<string, string>, string]>([
    ['a wildcard after one letter', { ...child, family: 'O*' }, 'INVALID_SEARCH_DATA'],
    ['a name of 36 letters', { ...child, family: 'x'.repeat(36) }, 'INVALID_SEARCH_DATA'],
    ['such a given name', { ...child, given: '*' }, 'INVALID_SEARCH_DATA'],
    ['a parameter that it does not know', { ...child, name: 'x' }, 'ADDITIONAL_PROPERTIES'],
    ['no date', { family: 'TESTCHILD' }, 'INVALID_SEARCH_DATA'],
    ['nothing', {}, 'UNSUPPORTED_SERVICE'],
    ['no family name', { given: 'Amber', birthdate }, 'INVALID_SEARCH_DATA'],
    ['a fuzzy search without a given name', { ...child, '_fuzzy-match': 'true' }, 'INVALID_SEARCH_DATA'],
    [
      'a wildcard in a fuzzy search',
      { ...child, family: 'TESTC*', given: 'Amber', '_fuzzy-match': 'true' },
      'INVALID_SEARCH_DATA',
    ],
    ['a history that is neither', { ...child, _history: 'yes' }, 'INVALID_VALUE'],
    ['a gender of its own', { ...child, gender: 'f' }, 'INVALID_VALUE'],
    ['no real date', { ...child, birthdate: 'eq2020-02-31' }, 'INVALID_VALUE'],
    ['too many wanted', { ...child, '_max-results': '51' }, 'INVALID_VALUE'],
  ])('%s is refused', async (_case, parameters, code) => {
    expect(await search(parameters)).toMatchObject({ status: 400, body: outcome(code) });
  });
});
