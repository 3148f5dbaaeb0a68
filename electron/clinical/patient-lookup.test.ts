import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import { auditDouble } from '../audit/testing/test-audit.ts';
import type { AuditEvent } from '../audit/trail-event.ts';
import type { AuthorisedFetch } from '../network/api-response.ts';
import {
  environmentAt,
  type LoopbackService,
  plainFetch,
  type Received,
  type Reply,
  startLoopbackService,
} from './loopback-service.ts';
import { createPatientLookup, type PatientLookup, type PatientLookupDependencies } from './patient-lookup.ts';
import {
  auditEvents,
  careTeams,
  currentPlan,
  firstChild,
  operationOutcome,
  patient,
  patientFlags,
  searchset,
  secondChild,
} from './synthetic.ts';
import { lookupDependencies } from './testing/lookup-dependencies.ts';

let service: LoopbackService;
let recorded: AuditEvent[] = [];
const now = new Date('2026-11-23T14:32:00Z');

beforeAll(async () => {
  service = await startLoopbackService();
});
afterAll(() => service.close());
beforeEach(() => {
  service.received.length = 0;
  recorded = [];
  service.answerWith(usual);
});

/** A service where every patient exists and has one plan and one access. */
function usual({ url }: Received): Reply {
  const number = /(\d{10})$/.exec(decodeURIComponent(url.href))?.[1] ?? '';
  if (url.pathname.endsWith(`/Patient/${number}`)) return { body: patient(number) };
  if (url.pathname.endsWith('/Patient')) return { body: searchset([patient(firstChild)]) };
  if (url.pathname.endsWith('/CareTeam')) return { body: careTeams([currentPlan], number) };
  if (url.pathname.endsWith('/AuditEvent')) {
    return { body: auditEvents([{ recorded: '2026-11-20T10:00:00Z', name: 'Dr A' }], number) };
  }
  return { status: 404, body: operationOutcome('RESOURCE_NOT_FOUND') };
}

/** As `auditDouble`, where `record` stands for the trail at events of this kind alone. */
function recordingBy(kind: AuditEvent['event'], record: PatientLookupDependencies['audit']['record']) {
  return auditDouble(async (event) => (event.event === kind ? record(event) : undefined));
}

const cpisQueries = () => recorded.filter(({ event }) => event === 'cpis-query');

function createTestLookup(
  further: Partial<PatientLookupDependencies> = {},
  settings: Parameters<typeof environmentAt>[1] = {},
): PatientLookup {
  return createPatientLookup({
    ...lookupDependencies(environmentAt(service.origin, settings)),
    now: () => now,
    userRole: () => ({ id: '555254242105', organisationCode: 'Z9A01' }),
    audit: auditDouble(async (event) => {
      recorded.push(event);
      return undefined;
    }),
    ...further,
  });
}

async function trace(lookup: PatientLookup, nhsNumber = firstChild): Promise<string> {
  const outcome = await lookup.trace({ nhsNumber });
  if (outcome.kind !== 'traced') throw new Error(`not traced: ${JSON.stringify(outcome)}`);
  return outcome.patient.context;
}

const unscheduled = (context: string, repeat: 'first' | 'again' = 'first') =>
  ({ context, careSetting: 'unscheduled', repeat }) as const;
const scheduled = (context: string) => ({ context, careSetting: 'scheduled', repeat: 'first' }) as const;

const cpisRequests = () => service.received.filter(({ url }) => url.pathname.startsWith('/cpis/'));
const unscheduledRequests = () =>
  service.received.filter(
    ({ headers }) => headers['isunscheduledaccessevent'] !== 'false' && headers['traceid'],
  );

describe('the usual way', () => {
  test('the role and the organisation go to each service as its own settings say', async () => {
    const sent = () =>
      service.received.map(({ headers }) => [
        headers['nhsd-session-urid'],
        headers['nhsd-end-user-organisation-ods'],
      ]);
    const asItComes = createTestLookup();
    await asItComes.check(scheduled(await trace(asItComes)));
    expect(sent()).toEqual([
      ['555254242105', 'Z9A01'],
      [undefined, undefined],
    ]);
    service.received.length = 0;
    const both = createTestLookup({}, { cpis: { sendRole: true, sendOrganisation: true } });
    await both.check(scheduled(await trace(both)));
    expect(sent()).toEqual([
      ['555254242105', 'Z9A01'],
      ['555254242105', 'Z9A01'],
    ]);
  });

  test('H4, H5: an unscheduled check says in words that the local authority is notified', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(unscheduled(await trace(lookup)));
    expect(outcome).toMatchObject({
      kind: 'found',
      history: 'ask',
      plans: [
        {
          title: 'Child protection plan (CPP)',
          status: 'current',
          localAuthority: 'Anyshire County Council',
        },
      ],
      retrieval: {
        retrievedAt: now.toISOString(),
        sentence:
          'Retrieved 14:32. Unscheduled care: the local authority is notified of this attendance. This is not a referral.',
        notification: 'sent',
      },
    });
    expect(cpisRequests()[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'true' });
  });

  test('H5, H12: a scheduled check says when it was made and that nobody is notified', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(scheduled(await trace(lookup)));
    expect(outcome).toMatchObject({
      kind: 'found',
      retrieval: {
        sentence: 'Retrieved 14:32. Scheduled care: nobody is notified.',
        notification: 'not-sent',
      },
    });
    expect(cpisRequests()[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'false' });
  });

  test('H1: an intact empty searchset is no record', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => ({ body: searchset([]) }));
    expect(await lookup.check(scheduled(context))).toMatchObject({
      kind: 'no-record',
      retrieval: {
        sentence: 'Retrieved 14:32. Scheduled care: nobody is notified.',
        notification: 'not-sent',
      },
    });
  });

  test('H1, H5: no record in unscheduled care never says that a local authority is notified, and a repeat needs a yes', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => ({ body: searchset([]) }));
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'no-record',
      retrieval: {
        sentence: 'Retrieved 14:32. Unscheduled care: do not assume that a local authority is notified.',
        notification: 'unknown',
      },
    });
    expect(await lookup.check(unscheduled(context))).toMatchObject({ kind: 'confirm-repeat' }); // H4
    expect(unscheduledRequests()).toHaveLength(1);
  });

  test('H4: the history of an unscheduled check is a silent read, and is read for the current answer only', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(unscheduled(await trace(lookup)));
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({
      kind: 'read',
      history: { accesses: [{ name: 'Dr A', role: 'Not recorded' }], incomplete: undefined },
    });
    expect(unscheduledRequests()).toHaveLength(1);
    expect(await lookup.history({ checkId: 'another', from: 0 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'patient-changed' },
    });
    await trace(lookup, secondChild);
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
  });

  test('H4: a history that is requested as chosen is sent once a check, even when it fails', async () => {
    const lookup = createTestLookup({}, { cpis: { historyRequest: 'as-chosen' } });
    const outcome = await lookup.check(unscheduled(await trace(lookup)));
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    service.answerWith(() => ({ status: 503, body: operationOutcome('UNABLE_TO_CALL_SERVICE') }));
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    const history = cpisRequests().filter(({ url }) => url.pathname.endsWith('/AuditEvent'));
    expect(history).toHaveLength(1);
    expect(history[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'true' });
  });

  test('H15: a history that failed does not hide the plan, and a silent read can be repeated', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(scheduled(await trace(lookup)));
    expect(outcome.kind).toBe('found');
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    service.answerWith(() => ({
      status: 403,
      body: operationOutcome('ACCESS_DENIED', '57073625-1428-49e7-9ac5-abf1910cc58b'),
    }));
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'denied', reference: '57073625-1428-49e7-9ac5-abf1910cc58b' },
    });
    service.answerWith(usual);
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'read' });
  });

  test('a long history comes in parts, and is requested once', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(scheduled(await trace(lookup)));
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    expect(await lookup.history({ checkId, from: 1 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'request-refused' },
    });
    const many = Array.from({ length: 201 }, (_, index) => ({
      recorded: new Date(Date.UTC(2026, 0, 1, 0, 201 - index)).toISOString(),
      name: `Clinician ${index}`,
    }));
    service.answerWith(() => ({ body: auditEvents(many, firstChild) }));
    const names: string[] = [];
    for (const from of [0, 100, 200]) {
      const part = await lookup.history({ checkId, from });
      if (part.kind !== 'read') throw new Error('not read');
      expect(part.history.total).toBe(201);
      names.push(...part.history.accesses.map(({ name }) => name));
    }
    expect(names).toEqual(many.map(({ name }) => name));
    expect(cpisRequests().filter(({ url }) => url.pathname.endsWith('/AuditEvent'))).toHaveLength(1);
  });

  test('the audit trail has each request to CP-IS before it is sent', async () => {
    const lookup = createTestLookup();
    const outcome = await lookup.check(unscheduled(await trace(lookup)));
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    await lookup.history({ checkId, from: 0 });
    const shared = {
      event: 'cpis-query',
      patient: firstChild,
      careSetting: 'unscheduled',
      repeat: 'first',
      checkId,
    };
    expect(cpisQueries()).toEqual([
      { query: 'check', mayNotify: true, ...shared },
      { query: 'history', mayNotify: false, ...shared },
    ]);
  });
});

describe('nothing is sent', () => {
  test.each([
    ['signed-out', { permissions: () => undefined }],
    [
      'audit-unavailable',
      { audit: recordingBy('cpis-query', async () => makeFault('audit-unavailable', 'x')) },
    ],
    [
      'audit-unavailable',
      {
        audit: recordingBy('cpis-query', () => {
          throw new Error('disk full');
        }),
      },
    ],
    ['not-confirmed', { gesture: { take: async () => false } }],
    [
      'role-not-allowed',
      {
        permissions: () => ({
          unscheduled: { kind: 'refused', reason: 'Your role may only look silently.' },
          scheduled: { kind: 'allowed' },
        }),
      },
    ],
  ] satisfies [string, Partial<PatientLookupDependencies>][])('%s', async (kind, further) => {
    let isTracing = true;
    const { permissions } = { permissions: undefined, ...further };
    const lookup = createTestLookup({
      ...further,
      permissions: () =>
        isTracing || permissions === undefined
          ? { unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } }
          : permissions(),
    });
    const context = await trace(lookup);
    isTracing = false;
    expect(await lookup.check(unscheduled(context))).toMatchObject({ kind: 'not-asked', fault: { kind } });
    expect(cpisRequests()).toEqual([]);
  });

  test('H3: for a context that is not the current patient', async () => {
    const lookup = createTestLookup();
    const first = await trace(lookup);
    const second = await trace(lookup, secondChild);
    const expectNothingAsked = async (context: string) =>
      expect(await lookup.check(unscheduled(context))).toMatchObject({
        kind: 'not-asked',
        fault: { kind: 'patient-changed' },
      });
    for (const context of [first, 'never-seen']) await expectNothingAsked(context);
    await lookup.discard();
    for (const context of [first, second, 'never-seen']) await expectNothingAsked(context);
    expect(cpisRequests()).toEqual([]);
  });

  test('H4: for a care setting that the site has fixed otherwise', async () => {
    const lookup = createTestLookup({}, { careSetting: 'scheduled' });
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({
      kind: 'not-asked',
      fault: {
        kind: 'request-refused',
        happened: 'This site allows only scheduled care to be chosen.',
        action: 'Find the patient again and choose the other care setting.',
      },
    });
    expect(cpisRequests()).toEqual([]);
  });

  test('H4: for unscheduled care on Patient Flags, which has no history either', async () => {
    const lookup = createTestLookup({}, { cpis: { wireFormat: 'patient-flags' } });
    const context = await trace(lookup);
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'not-asked',
      fault: { kind: 'request-refused' },
    });
    expect(cpisRequests()).toEqual([]);
    service.answerWith(() => ({ body: patientFlags([currentPlan], firstChild) }));
    const outcome = await lookup.check(scheduled(context));
    expect(outcome).toMatchObject({ kind: 'found', history: 'not-offered' });
    const checkId = outcome.kind === 'found' ? outcome.retrieval.checkId : '';
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    expect(cpisRequests()).toHaveLength(1);
  });
});

describe('H4: an unscheduled request is never sent twice without a fresh yes', () => {
  test('two clicks at once share one request and one answer', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    const [first, second, third] = await Promise.all([
      lookup.check(unscheduled(context)),
      lookup.check(unscheduled(context)),
      lookup.check(unscheduled(context, 'again')),
    ]);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(unscheduledRequests()).toHaveLength(1);
    expect(cpisQueries()).toHaveLength(1);
  });

  test('the other care setting is not requested while a request is pending', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    const [, other] = await Promise.all([
      lookup.check(unscheduled(context)),
      lookup.check(scheduled(context)),
    ]);
    expect(other).toMatchObject({ kind: 'not-asked', fault: { kind: 'request-refused' } });
  });

  test('a repeat needs a yes, for the same child traced again too', async () => {
    const lookup = createTestLookup();
    await lookup.check(unscheduled(await trace(lookup)));
    await lookup.check(unscheduled(await trace(lookup, secondChild)));
    const context = await trace(lookup);
    expect(await lookup.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: now.toISOString(),
      about: 'this-patient',
    });
    expect(unscheduledRequests()).toHaveLength(2);
    expect(await lookup.check(scheduled(context))).toMatchObject({ kind: 'found' });
    expect(await lookup.check(unscheduled(context, 'again'))).toMatchObject({ kind: 'found' });
    expect(unscheduledRequests()).toHaveLength(3);
  });

  test('a lock keeps the memory, a sign-out ends it', async () => {
    const lookup = createTestLookup();
    await lookup.check(unscheduled(await trace(lookup)));
    lookup.clear('lock');
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({ kind: 'confirm-repeat' });
    lookup.clear('sign-out');
    expect(await lookup.check(unscheduled(await trace(lookup)))).toMatchObject({ kind: 'found' });
  });

  test('H5: a lost answer counts as sent, and is not repeated by itself', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => 'hang-up');
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      retrieval: {
        notification: 'unknown',
        sentence:
          'Tried 14:32. Unscheduled care: the local authority may have been notified of this attendance.',
      },
    });
    expect(unscheduledRequests()).toHaveLength(1);
    expect(await lookup.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: now.toISOString(),
      about: 'this-patient',
    });
  });

  test('a refused request did not notify, so a repeat needs no yes', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => ({ status: 403, body: operationOutcome('ACCESS_DENIED') }));
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'denied',
      retrieval: { notification: 'not-sent' },
    });
    service.answerWith(usual);
    expect(await lookup.check(unscheduled(context))).toMatchObject({ kind: 'found' });
  });

  test('a request that was aborted after sending counts as sent', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith((received) =>
      received.url.pathname.endsWith('/CareTeam') ? new Promise(() => undefined) : usual(received),
    );
    const lost = lookup.check(unscheduled(context));
    await expect.poll(() => unscheduledRequests().length).toBe(1);
    const again = await trace(lookup);
    expect(await lost).toMatchObject({ kind: 'could-not-check', fault: { kind: 'patient-changed' } });
    expect(await lookup.check(unscheduled(again))).toMatchObject({ kind: 'confirm-repeat' });
    expect(unscheduledRequests()).toHaveLength(1);
  });
});

describe('H3, H10: an answer belongs to the patient of its request', () => {
  /** A network layer that delivers even the answers of aborted requests. */
  const deaf: AuthorisedFetch = ({ signal: _, ...request }) => plainFetch(request);

  const search = (lookup: PatientLookup) =>
    lookup.search({
      familyName: 'Example',
      givenNames: [],
      born: { earliest: '2015-08-14', latest: '2015-08-14' },
      scope: 'current',
    });

  const finish = {
    trace: (lookup: PatientLookup) => lookup.trace({ nhsNumber: secondChild }),
    search,
    discard: (lookup: PatientLookup) => lookup.discard(),
    lock: (lookup: PatientLookup) => lookup.clear('lock'),
    'sign-out': (lookup: PatientLookup) => lookup.clear('sign-out'),
  } satisfies Record<string, (lookup: PatientLookup) => unknown>;

  const ends = ['trace', 'search', 'discard', 'lock', 'sign-out'] as const;
  const requests = [
    ['/Patient/9990000018', (lookup: PatientLookup) => lookup.trace({ nhsNumber: firstChild })],
    ['/Patient', search],
    ['/CareTeam', (lookup: PatientLookup, context: string) => lookup.check(scheduled(context))],
    [
      '/AuditEvent',
      async (lookup: PatientLookup, context: string) => {
        const outcome = await lookup.check(scheduled(context));
        return lookup.history({
          checkId: outcome.kind === 'found' ? outcome.retrieval.checkId : '',
          from: 0,
        });
      },
    ],
  ] as const;

  test.each(requests.flatMap(([path, send]) => ends.map((end) => [path, end, send] as const)))(
    'the answer of %s after %s is dropped',
    async (path, end, send) => {
      const lookup = createTestLookup({ fetch: deaf });
      const context = await trace(lookup);
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      service.answerWith(async (received) => {
        if (received.url.pathname.endsWith(path)) await released;
        return usual(received);
      });
      const pending = send(lookup, context);
      const count = () => service.received.filter(({ url }) => url.pathname.endsWith(path)).length;
      await expect.poll(count).toBe(path.startsWith('/Patient/') ? 2 : 1);
      const ending = finish[end](lookup);
      release();
      await ending;
      expect(await pending).toMatchObject({ fault: { kind: 'patient-changed' } });
      expect(JSON.stringify(await pending)).not.toMatch(/Anyshire|Dr A|EXAMPLE/);
    },
  );

  test('H17: whatever replaces or drops the patient is announced', async () => {
    let changes = 0;
    const onPatientChange = () => {
      changes += 1;
    };
    const lookup = createTestLookup({ onPatientChange });
    for (const end of ends) {
      changes = 0;
      await finish[end](lookup);
      expect(changes, end).toBe(1);
    }
  });

  test('H5: when the unscheduled check was sent that a lock leaves is passed on', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => new Promise(() => undefined));
    void lookup.check(unscheduled(context));
    await expect.poll(() => unscheduledRequests().length).toBe(1);
    expect(lookup.clear('lock')).toEqual(now);
    expect(lookup.clear('sign-out')).toBeUndefined();
  });

  test('nothing is sent when the patient changes while the audit trail is being written', async () => {
    let written = () => undefined as undefined;
    const lookup = createTestLookup({
      audit: recordingBy(
        'cpis-query',
        () =>
          new Promise((resolve) => {
            written = () => void resolve(undefined);
          }),
      ),
    });
    const check = lookup.check(unscheduled(await trace(lookup)));
    await trace(lookup, secondChild);
    written();
    expect(await check).toMatchObject({ kind: 'not-asked', fault: { kind: 'patient-changed' } });
    expect(cpisRequests()).toEqual([]);
  });

  test('an answer about another NHS number is refused', async () => {
    const lookup = createTestLookup();
    const context = await trace(lookup);
    service.answerWith(() => ({ body: careTeams([currentPlan], secondChild) }));
    expect(await lookup.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      retrieval: { notification: 'unknown' },
      fault: { kind: 'wrong-patient' },
    });
  });
});
