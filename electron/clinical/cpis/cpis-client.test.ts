import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type FaultKind, lookupDetails } from '../../../shared/fault.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import {
  type Answer,
  environmentAt,
  loopbackServiceForTests,
  plainFetch,
} from '../testing/loopback-service.ts';
import {
  auditEvent,
  auditEvents,
  carePlan,
  careTeam,
  careTeams,
  currentPlan,
  firstChild,
  flag,
  flagCareTeam,
  operationOutcome,
  patientFlags,
  practitionerRole,
  searchset,
  secondChild,
} from '../testing/synthetic.ts';
import { historyIncomplete } from './audit-event.ts';
import { createCpisClient } from './cpis-client.ts';

const service = loopbackServiceForTests();
const elsewhere = loopbackServiceForTests();
/** What the network was told of each request. */
const repeatable: boolean[] = [];
const largestPlansBytes = 1_024 * 1_024;
const largestHistoryBytes = 192 * 1_024;
const signal = new AbortController().signal;
const checkId = randomUUID();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

beforeEach(() => {
  repeatable.length = 0;
});

type CpisSettings = NonNullable<NonNullable<Parameters<typeof environmentAt>[1]>['cpis']>;

function createClient(cpis: CpisSettings = {}, doubtedNow?: Date) {
  return createCpisClient({
    fetch: (request) => {
      repeatable.push(request.repeatable);
      return plainFetch(request);
    },
    environment: environmentAt(service.origin, { cpis }),
    now: () => new Date('2026-11-23T14:32:00Z'),
    doubtedNow: () => doubtedNow,
    newId: randomUUID,
    wait: async () => undefined,
    random: () => 0,
    userRole: () => ({ id: '555254242105', organisationCode: 'Z9A01' }),
  });
}

const check = (careSetting: CareSetting, cpis: CpisSettings = {}, doubtedNow?: Date) =>
  createClient(cpis, doubtedNow).check(firstChild, careSetting, signal, checkId);
const history = (careSetting: CareSetting, cpis: CpisSettings = {}) =>
  createClient(cpis).history(firstChild, careSetting, signal, checkId);

const couldNotCheck = (kind: FaultKind) => ({ kind: 'could-not-check', fault: { kind } });

const unscheduledHeaders = () => service.received.map(({ headers }) => headers['isunscheduledaccessevent']);

test('H2, H11: that another flag may be of CP-IS is said with the records', async () => {
  const unread = { ...flag([], firstChild, { id: 'flag-2' }), code: {} };
  const flags = [flag(['plan-1'], firstChild), unread];
  const details = [carePlan(currentPlan, firstChild), flagCareTeam(currentPlan)];
  service.answerWith(() => ({ body: searchset(flags, details) }));
  const outcome = await check('scheduled', { wireFormat: 'patient-flags' });
  expect(outcome).toMatchObject({ kind: 'found', plans: [{ status: 'current' }], warned: true });
});

describe.each([
  ['care-team', careTeams, '/cpis/FHIR/R4/CareTeam'],
  ['patient-flags', patientFlags, '/cpis/FHIR/R4/PatientFlag'],
] as const)('%s', (wireFormat, write, path) => {
  test('the request and its headers', async () => {
    service.answerWith(() => ({ body: write([currentPlan], firstChild) }));
    const outcome = await check('scheduled', { wireFormat });
    expect(outcome).toMatchObject({ kind: 'found', notification: 'not-sent' });
    const [{ url, headers } = { url: new URL('x:'), headers: {} }] = service.received;
    expect(url.pathname).toBe(path);
    expect(headers).toMatchObject({
      accept: 'application/fhir+json',
      isunscheduledaccessevent: 'false',
      traceid: expect.stringMatching(uuid),
      'x-request-id': expect.stringMatching(uuid),
      'x-correlation-id': checkId,
    });
    expect(headers).not.toHaveProperty('nhsd-session-urid');
  });

  test.each([
    ['the day after its end', '2026-12-02T09:00:00Z', 'unknown'],
    ['its last day', '2026-12-01T09:00:00Z', 'current'],
  ])('H20: where today may also be %s, a plan is %s', async (_day, doubted, status) => {
    const plan = { ...currentPlan, end: '2026-12-01' };
    service.answerWith(() => ({ body: write([plan], firstChild) }));
    const outcome = await check('scheduled', { wireFormat }, new Date(doubted));
    const statusText = status === 'unknown' ? "Unclear: this computer's clock may be wrong" : 'Current';
    expect(outcome).toMatchObject({ plans: [{ status, statusText }] });
  });

  test.each([
    ['a warning', { severity: 'warning', code: 'processing' }, true],
    ['information that something was left out', { severity: 'information', code: 'suppressed' }, true],
    ['harmless information', { severity: 'information', code: 'informational' }, false],
  ])(
    'H2, H11: %s beside a record hides none, and that there may be more is said',
    async (_name, issue, warned) => {
      const body = write([currentPlan], firstChild);
      const resource = { resourceType: 'OperationOutcome', issue: [issue] };
      service.answerWith(() => ({ body: { ...body, entry: [body['entry'], { resource }].flat() } }));
      const outcome = await check('scheduled', { wireFormat });
      expect(outcome).toMatchObject({ kind: 'found', plans: [{ status: 'current' }], warned });
    },
  );

  test('the role goes along where there is one to send', async () => {
    service.answerWith(() => ({ body: write([], firstChild) }));
    await check('scheduled', { wireFormat, sendRole: true });
    expect(service.received[0]?.headers).toMatchObject({ 'nhsd-session-urid': '555254242105' });
  });

  test('H2: an unknown patient is not "no record"', async () => {
    service.answerWith(() => ({ status: 404, body: operationOutcome('not-found') }));
    expect(await check('scheduled', { wireFormat })).toMatchObject({
      kind: 'could-not-check',
      // Unlike a PDS fault, this one comes after the request to CP-IS.
      fault: { kind: 'patient-not-found', action: expect.not.stringContaining('has not been asked') },
    });
  });

  test('a scheduled check survives a busy moment', async () => {
    const replies = [
      { status: 429, headers: { 'Retry-After': '1' }, body: '' },
      { body: write([], firstChild) },
    ];
    service.answerWith(() => replies.shift() ?? 'hang-up');
    expect(await check('scheduled', { wireFormat })).toMatchObject({ kind: 'no-record' });
    expect(service.received).toHaveLength(2);
  });
});

test('H4: the header is always sent, and says what was chosen', async () => {
  service.answerWith(() => ({ body: careTeams([], firstChild) }));
  // Without a record no authority is known to have been notified (H1, H5).
  expect(await check('unscheduled')).toMatchObject({ notification: 'unknown' });
  expect(await check('scheduled')).toMatchObject({ notification: 'not-sent' });
  expect(unscheduledHeaders()).toEqual(['true', 'false']);
  expect(repeatable).toEqual([false, true]);
});

describe('pages', () => {
  const teams = ['a', 'b', 'c'].map((id) => careTeam({ ...currentPlan, localAuthority: id }, firstChild, id));

  /** Serves one team a page; `link` says where the next page is. */
  function serve(
    link: (page: number) => string | undefined,
    answerPage: Answer | undefined = undefined,
  ): void {
    service.answerWith((received) => {
      const page = Number(received.url.searchParams.get('page') ?? 0);
      if (page > 0 && answerPage !== undefined) return answerPage(received);
      const next = link(page + 1);
      const links = next === undefined ? [] : [{ relation: 'next', url: next }];
      return { body: searchset([teams[page]], [], { total: 3, link: links }) };
    });
  }

  const relative = (page: number) => (page < 3 ? `?page=${page}` : undefined);

  test('are followed to the last, and only the first can notify (H4)', async () => {
    serve(relative);
    expect(await check('unscheduled')).toMatchObject({ kind: 'found', plans: { length: 3 } });
    expect(unscheduledHeaders()).toEqual(['true', 'false', 'false']);
    expect(repeatable).toEqual([false, true, true]);
  });

  test('by absolute address too', async () => {
    serve((page) => (page < 3 ? `${service.origin}/cpis/FHIR/R4/CareTeam?page=${page}` : undefined));
    expect(await check('scheduled')).toMatchObject({ plans: { length: 3 } });
  });

  test.each<[string, () => void]>([
    ['on another origin', () => serve(() => `${elsewhere.origin}/cpis/FHIR/R4/CareTeam?page=1`)],
    ['that is no address', () => serve(() => 'http://')],
    ['with a user name', () => serve(() => service.origin.replace('//', '//user@'))],
    ['that comes round again', () => serve((page) => `?page=${page % 2}`)],
    ['that fails', () => serve(relative, () => ({ status: 500, body: '' }))],
    [
      'that is refused',
      () => serve(relative, () => ({ status: 403, body: operationOutcome('ACCESS_DENIED') })),
    ],
    ['that cannot be read', () => serve(relative, () => ({ body: '{}' }))],
  ])('H2: a page %s makes the whole incomplete, and what came before it is said', async (_name, arrange) => {
    arrange();
    expect(await check('scheduled')).toMatchObject(couldNotCheck('record-mentioned'));
    expect(elsewhere.received).toEqual([]);
  });

  test('H2: a first page without a record whose next page fails is said with the reason', async () => {
    service.answerWith(({ url }) =>
      url.searchParams.has('page')
        ? { status: 500, body: '' }
        : { body: searchset([], [], { link: [{ relation: 'next', url: '?page=1' }] }) },
    );
    expect(await check('scheduled')).toMatchObject(couldNotCheck('service-failing'));
  });

  test('H2: pages without an end are given up', async () => {
    serve(
      (page) => `?page=${page}`,
      ({ url }) => {
        const page = Number(url.searchParams.get('page'));
        return {
          body: searchset([], [], { total: 3, link: [{ relation: 'next', url: `?page=${page + 1}` }] }),
        };
      },
    );
    expect(await check('scheduled')).toMatchObject({ kind: 'could-not-check' });
    expect(service.received).toHaveLength(100);
  });

  test.each([
    ['is lost', { status: 500, body: '' }],
    ['is too large', { body: JSON.stringify(searchset([])).padEnd(largestHistoryBytes) }],
  ])('H15: a history whose next page %s shows what there is', async (_name, nextPage) => {
    service.answerWith(({ url }) =>
      url.searchParams.has('page')
        ? nextPage
        : {
            body: searchset(
              [auditEvent({ recorded: '2026-11-01T10:00:00Z' }, firstChild, 'a')],
              [practitionerRole({ recorded: '', name: 'Dr A' }, 'a-role')],
              { total: 2, link: [{ relation: 'next', url: '?page=1' }] },
            ),
          },
    );
    expect(await history('unscheduled')).toMatchObject({
      kind: 'read',
      history: { accesses: [{ name: 'Dr A' }], incomplete: historyIncomplete },
    });
  });
});

describe('H2: an answer that cannot be read, but mentions a record, says so', () => {
  const found = JSON.stringify(searchset([careTeam(currentPlan, firstChild)]));

  test.each<[string, string]>([
    ['members given twice', `${found.slice(0, -1)},"total":0,"entry":[]}`],
    ['a body that ends early', found.slice(0, -2)],
    ['another type of Bundle', found.replace('searchset', 'collection')],
    ['a team in a list of its own', `[${found}]`],
    ['a total without its entries', JSON.stringify(searchset([], [], { total: 1 }))],
    ['a child protection plan alone', '"342191000000101"'],
    ['a looked after child alone', '"764841000000100"'],
    ["an unborn child's plan alone", '"818901000000100"'],
  ])('%s', async (_name, body) => {
    service.answerWith(() => ({ body }));
    const outcome = { ...couldNotCheck('record-mentioned'), notification: 'unknown' };
    expect(await check('unscheduled')).toMatchObject(outcome);
  });

  test('but not where it may be another patient’s (H3)', async () => {
    service.answerWith(() => ({ body: found.replace(firstChild, secondChild).slice(0, -2) }));
    expect(await check('scheduled')).toMatchObject(couldNotCheck('answer-not-understood'));
  });

  test('and nothing of the kind where it mentions none', async () => {
    service.answerWith(() => ({ body: `${JSON.stringify(searchset([])).slice(0, -1)},"total":0}` }));
    expect(await check('scheduled')).toMatchObject(couldNotCheck('answer-not-understood'));
  });
});

describe('history', () => {
  test.each([
    ['silent', 'unscheduled', 'false'],
    ['silent', 'scheduled', 'false'],
    ['as-chosen', 'unscheduled', 'true'],
    ['as-chosen', 'scheduled', 'false'],
  ] as const)(
    'H4: requested %s after an %s check, the header is %s',
    async (historyRequest, careSetting, header) => {
      service.answerWith(() => ({ body: auditEvents([], firstChild) }));
      expect(await history(careSetting, { historyRequest })).toEqual({
        kind: 'read',
        history: { accesses: [], incomplete: undefined },
      });
      expect(unscheduledHeaders()).toEqual([header]);
      expect(repeatable).toEqual([header === 'false']);
    },
  );

  test.each<[string, Answer, string]>([
    ['refused', () => ({ status: 403, body: operationOutcome('ACCESS_DENIED') }), 'denied'],
    ['failing', () => ({ status: 500, body: '' }), 'service-failing'],
    ['not understood', () => ({ body: 'x' }), 'answer-not-understood'],
    ['not a searchset', () => ({ body: {} }), 'answer-not-understood'],
    ['of another patient', () => ({ body: auditEvents([{ recorded: '' }], secondChild) }), 'wrong-patient'],
  ])('H15: %s', async (_name, answer, kind) => {
    service.answerWith(answer);
    expect(await history('scheduled')).toMatchObject({ kind: 'could-not-read', fault: { kind } });
  });
});

describe('an answer that is far larger than CP-IS gives is not read, in words', () => {
  const padded = (body: unknown, bytes: number): Answer => {
    const text = JSON.stringify(body).padEnd(bytes);
    return () => ({ body: text });
  };
  const record = searchset([careTeam(currentPlan, firstChild)]);
  const tooLarge = {
    kind: 'could-not-check',
    notification: 'not-sent',
    fault: { kind: 'answer-not-understood', ...lookupDetails.plansTooLarge },
  };

  test.each([
    ['an empty one is read', searchset([]), largestPlansBytes, { kind: 'no-record' }],
    ['an empty one is not', searchset([]), largestPlansBytes + 1, tooLarge],
    ['one that mentions a record says so', record, largestPlansBytes + 1, couldNotCheck('record-mentioned')],
  ])('H2: %s', async (_name, body, bytes, outcome) => {
    service.answerWith(padded(body, bytes));
    expect(await check('scheduled')).toMatchObject(outcome);
  });

  test('H2: two pages that are too large together', async () => {
    const page = searchset([], [], { total: 0, link: [{ relation: 'next', url: '?page=2' }] });
    const first = padded(page, largestPlansBytes / 2);
    const second = padded(searchset([]), largestPlansBytes / 2 + 1);
    service.answerWith((received) => (received.url.searchParams.has('page') ? second : first)(received));
    expect(await check('scheduled')).toMatchObject(tooLarge);
  });

  test.each([
    [largestHistoryBytes, { kind: 'read' }],
    [
      largestHistoryBytes + 1,
      { kind: 'could-not-read', fault: { kind: 'answer-not-understood', ...lookupDetails.historyTooLarge } },
    ],
  ])('H15: a history of %i bytes', async (bytes, outcome) => {
    service.answerWith(padded(auditEvents([], firstChild), bytes));
    expect(await history('scheduled')).toMatchObject(outcome);
  });
});
