import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../start.ts';
import { control, environmentOf, obtainAccessToken, read } from '../testing/application.ts';

const simulator = await startSimulator();
const baseUrl = environmentOf(simulator).cpis.baseUrl;
const nurse = await obtainAccessToken(simulator, ['Nora Synthetic']);
afterEach(async () => {
  await control(simulator, 'POST', 'reset');
});
afterAll(() => simulator.stop());

type Headers = Readonly<Record<string, string | undefined>>;
const silent = { isunscheduledaccessevent: 'false' };
const unscheduled = { isunscheduledaccessevent: 'true' };

const urlOf = (resource: 'CareTeam' | 'AuditEvent', number: string) =>
  `${baseUrl}/${resource}?patient:identifier=https://fhir.nhs.uk/Id/nhs-number|${number}`;
const careTeam = (number: string, headers: Headers = silent, token = nurse) =>
  read(urlOf('CareTeam', number), token, headers);
const auditEvent = (number: string, headers: Headers = silent, token = nurse) =>
  read(urlOf('AuditEvent', number), token, headers);
const notifications = async () => (await control(simulator, 'GET', 'notifications')).body;

const outcome = (code: string) => ({
  resourceType: 'OperationOutcome',
  id: expect.any(String),
  issue: [{ details: { coding: [{ code }] } }],
});

describe('CareTeam', () => {
  test('one plan, in the shape of the guide: no profile, matches counted', async () => {
    const { status, headers, body } = await careTeam('9990000018');
    expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json']);
    expect(body).toEqual({
      resourceType: 'Bundle',
      id: expect.any(String),
      type: 'searchset',
      total: 1,
      link: [{ relation: 'self', url: urlOf('CareTeam', '9990000018') }],
      entry: [
        {
          fullUrl: expect.stringMatching(/\/CareTeam\/[0-9a-f-]{36}$/),
          resource: {
            resourceType: 'CareTeam',
            id: expect.any(String),
            category: [
              {
                coding: [
                  {
                    system: 'http://snomed.info/sct',
                    code: '342191000000101',
                    display: 'Subject to child protection plan',
                  },
                ],
              },
            ],
            name: 'Synthetic Borough Council',
            subject: {
              identifier: { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' },
              display: 'Amber Mock TESTCHILD',
            },
            telecom: [
              { system: 'phone', use: 'work', value: '02079460101' },
              { system: 'phone', use: 'mobile', value: '02079460102' },
            ],
            period: { start: expect.any(String), end: expect.any(String) },
          },
          search: { mode: 'match' },
        },
      ],
    });
  });

  test.each(['9990000077', '9990000115', '9990000263'])(
    'no record for %s: no entry at all',
    async (number) => {
      const { status, body } = await careTeam(number);
      expect(status).toBe(200);
      expect(body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 0 });
      expect(body).not.toHaveProperty('entry');
    },
  );

  test('several plans of several authorities', async () => {
    expect((await careTeam('9990000042')).body).toMatchObject({ total: 4 });
  });

  test('can come in pages', async () => {
    await control(simulator, 'POST', 'settings', { pageSize: 3 });
    const { body } = await careTeam('9990000042');
    const next = `${urlOf('CareTeam', '9990000042')}&page=2`;
    expect(body).toMatchObject({ total: 4, link: [{ relation: 'self' }, { relation: 'next', url: next }] });
    const last = (await read(next, nurse, silent)).body;
    expect(last).toMatchObject({ total: 4, link: [{ relation: 'self' }], entry: [expect.anything()] });
  });
});

describe('AuditEvent', () => {
  test('has the oddities of the guide: a text for a boolean, no code, trailing spaces, includes not counted', async () => {
    const { body } = await auditEvent('9990000018');
    expect(body).toMatchObject({ total: 3 });
    const entries: unknown = Object(body).entry;
    expect(entries).toHaveLength(6);
    expect(entries).toMatchObject([
      {
        search: { mode: 'match' },
        resource: {
          resourceType: 'AuditEvent',
          type: { display: 'CP-IS access ' },
          agent: [
            {
              type: { coding: [{ code: 'PAT' }] },
              who: { identifier: { value: '9990000018' } },
              requestor: 'false',
            },
            {
              type: { coding: [{ code: 'ASSIGNED' }] },
              who: { reference: expect.stringMatching(/^PractitionerRole\//) },
              requestor: 'true',
            },
          ],
        },
      },
      {},
      {},
      {
        search: { mode: 'include' },
        resource: {
          resourceType: 'PractitionerRole',
          practitioner: { display: 'Dana Invented ' },
          organization: { display: 'SYNTHETIC GENERAL HOSPITAL (Z9A01)' },
          code: [{ coding: [{ display: 'Nurse Access Role ' }] }],
        },
      },
      {},
      {},
    ]);
    expect(Object(entries)[0].resource.type).not.toHaveProperty('code');
    expect(JSON.stringify(body)).not.toContain('profile":');
  });

  test('H4: grows by an unscheduled access, not by a scheduled one, and keeps 25', async () => {
    await careTeam('9990000085', silent);
    expect(firstAuthor((await auditEvent('9990000085')).body)).toBe('Clinician 25 Invented ');
    await careTeam('9990000085', unscheduled);
    const { body } = await auditEvent('9990000085');
    expect(body).toMatchObject({ total: 25 });
    expect(firstAuthor(body)).toBe('Nora Synthetic ');
  });
});

describe('H4: the local authority is told', () => {
  test('once for an unscheduled request, with who asked', async () => {
    await careTeam('9990000018', unscheduled);
    expect(await notifications()).toEqual([
      {
        at: expect.any(String),
        nhsNumber: '9990000018',
        request: 'CareTeam',
        header: 'true',
        name: 'Nora Synthetic',
        localAuthorities: ['Synthetic Borough Council'],
      },
    ]);
  });

  test('not at all for a scheduled one', async () => {
    await careTeam('9990000018', silent);
    await auditEvent('9990000018', silent);
    expect(await notifications()).toEqual([]);
  });

  test('also when the header is left out', async () => {
    await careTeam('9990000018', {});
    expect(await notifications()).toMatchObject([{ header: 'defaulted' }]);
  });

  test('also by an unscheduled AuditEvent request, and for a number without a record', async () => {
    await auditEvent('9990000018', unscheduled);
    await careTeam('9990000263', unscheduled);
    expect(await notifications()).toMatchObject([
      { request: 'AuditEvent', localAuthorities: ['Synthetic Borough Council'] },
      { nhsNumber: '9990000263', localAuthorities: [] },
    ]);
  });

  test('when the answer is lost after the service has acted', async () => {
    await control(simulator, 'POST', 'faults', {
      target: 'cpis.care-team',
      fault: { kind: 'reset' },
      handled: true,
      times: 1,
    });
    await expect(careTeam('9990000018', unscheduled)).rejects.toThrow();
    expect(await notifications()).toHaveLength(1);
  });
});

describe('refused requests, which notify no local authority', () => {
  test.each([
    ['no TraceID', { ...unscheduled, traceid: undefined }, 'PRECONDITION_FAILED'],
    ['a TraceID that is no UUID', { ...unscheduled, traceid: 'trace' }, 'PRECONDITION_FAILED'],
    ['TRUE', { isunscheduledaccessevent: 'TRUE' }, 'PRECONDITION_FAILED'],
    ['an empty header', { isunscheduledaccessevent: '' }, 'PRECONDITION_FAILED'],
  ])('%s', async (_case, headers, code) => {
    expect(await careTeam('9990000018', headers)).toMatchObject({ status: 400, body: outcome(code) });
    expect(await notifications()).toEqual([]);
  });

  test.each(['9990000017', '999 000 0018', ''])('the number %j', async (number) => {
    expect(await careTeam(number, unscheduled)).toMatchObject({
      status: 400,
      body: outcome('INVALID_SEARCH_DATA'),
    });
    expect(await notifications()).toEqual([]);
  });

  test.each([
    ['Noel Synthetic', silent, 403],
    ['Noel Synthetic', unscheduled, 403],
    ['Sia Synthetic', unscheduled, 403],
    ['Sia Synthetic', silent, 200],
    ['Una Synthetic', unscheduled, 200],
    ['Una Synthetic', silent, 200],
    ['Ivy Synthetic', unscheduled, 200],
    ['Pia Synthetic', unscheduled, 200],
  ])('%s with %o: %i', async (user, headers, status) => {
    const token = await obtainAccessToken(simulator, [user]);
    expect((await careTeam('9990000018', headers, token)).status).toBe(status);
    expect(await notifications()).toHaveLength(status === 200 && headers === unscheduled ? 1 : 0);
  });

  test('a record that no user may see', async () => {
    expect(await careTeam('9990000212', unscheduled)).toMatchObject({
      status: 403,
      body: outcome('ACCESS_DENIED'),
    });
    expect(await notifications()).toEqual([]);
  });
});

function firstAuthor(body: unknown): unknown {
  const entries: readonly unknown[] = Object(body).entry;
  const first = entries.find((entry) => Object(entry).search.mode === 'include');
  return Object(first).resource.practitioner.display;
}
