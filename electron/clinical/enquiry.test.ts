import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import type { AuthorisedFetch } from '../network/answer.ts';
import { readHistorySearch } from './cpis/read-history-search.ts';
import { type CpisQuery, createEnquiry, type Enquiry, type EnquiryDependencies } from './enquiry.ts';
import {
  environmentAt,
  type LoopbackService,
  plainFetch,
  type Received,
  type Reply,
  startLoopbackService,
} from './loopback-service.ts';
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

let service: LoopbackService;
let asked: CpisQuery[] = [];
const now = new Date('2026-11-23T14:32:00Z');

beforeAll(async () => {
  service = await startLoopbackService();
});
afterAll(() => service.close());
beforeEach(() => {
  service.received.length = 0;
  asked = [];
  service.answerWith(usual);
});

/** Patients exist; every child has one plan, and one access. */
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

function createTestEnquiry(
  further: Partial<EnquiryDependencies> = {},
  settings: Parameters<typeof environmentAt>[1] = {},
): Enquiry {
  return createEnquiry({
    fetch: plainFetch,
    environment: environmentAt(service.origin, settings),
    clock: () => now,
    newId: randomUUID,
    userId: () => '999999910000',
    earlierSession: undefined,
    wait: async () => undefined,
    random: () => 0,
    permissions: () => ({ unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } }),
    sessionRoleId: () => '555254242105',
    readHistory: readHistorySearch,
    beforeCpisQuery: async (query) => {
      asked.push(query);
      return undefined;
    },
    ...further,
  });
}

async function trace(enquiry: Enquiry, nhsNumber = firstChild): Promise<string> {
  const outcome = await enquiry.trace({ nhsNumber });
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
  test('H4, H5: an unscheduled check says in words that the local authority has been told', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(unscheduled(await trace(enquiry)));
    expect(outcome).toMatchObject({
      kind: 'found',
      history: 'ask',
      plans: [
        { title: 'Child protection plan', status: 'current', localAuthority: 'Anyshire County Council' },
      ],
      asked: {
        retrievedAt: now.toISOString(),
        sentence: 'Retrieved 14:32, unscheduled care: the local authority has been told',
        notification: 'told',
      },
    });
    expect(cpisRequests()[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'true' });
  });

  test('H5, H12: a scheduled check says when it was asked and that nobody has been told', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(scheduled(await trace(enquiry)));
    expect(outcome).toMatchObject({
      kind: 'found',
      asked: { sentence: 'Retrieved 14:32, scheduled care: nobody has been told', notification: 'not-told' },
    });
    expect(cpisRequests()[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'false' });
  });

  test('H1: an intact empty searchset is no record', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith(() => ({ body: searchset([]) }));
    expect(await enquiry.check(scheduled(context))).toMatchObject({
      kind: 'no-record',
      asked: { sentence: 'Retrieved 14:32, scheduled care: nobody has been told', notification: 'not-told' },
    });
  });

  test('H1, H5: no record in unscheduled care never says that a local authority has been told, and asking again needs a yes', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith(() => ({ body: searchset([]) }));
    expect(await enquiry.check(unscheduled(context))).toMatchObject({
      kind: 'no-record',
      asked: {
        sentence:
          'Retrieved 14:32, unscheduled care: there is no record, so do not assume that a local authority has been told',
        notification: 'may-have-been-told',
      },
    });
    expect(await enquiry.check(unscheduled(context))).toMatchObject({ kind: 'confirm-repeat' }); // H4
    expect(unscheduledRequests()).toHaveLength(1);
  });

  test('H4: the history of an unscheduled check is a silent read, and is read for the current answer only', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(unscheduled(await trace(enquiry)));
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({
      kind: 'read',
      history: { accesses: [{ name: 'Dr A', role: 'Not recorded' }], incomplete: undefined },
    });
    expect(unscheduledRequests()).toHaveLength(1);
    expect(await enquiry.history({ checkId: 'another', from: 0 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'patient-changed' },
    });
    await trace(enquiry, secondChild);
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
  });

  test('H4: a history that is asked as chosen is sent once a check, even when it fails', async () => {
    const enquiry = createTestEnquiry({}, { cpis: { historyRequest: 'as-chosen' } });
    const outcome = await enquiry.check(unscheduled(await trace(enquiry)));
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    service.answerWith(() => ({ status: 503, body: operationOutcome('UNABLE_TO_CALL_SERVICE') }));
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    const history = cpisRequests().filter(({ url }) => url.pathname.endsWith('/AuditEvent'));
    expect(history).toHaveLength(1);
    expect(history[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'true' });
  });

  test('H15: a history that failed does not hide the plan, and a silent one can be asked for again', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(scheduled(await trace(enquiry)));
    expect(outcome.kind).toBe('found');
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    service.answerWith(() => ({
      status: 403,
      body: operationOutcome('ACCESS_DENIED', '57073625-1428-49e7-9ac5-abf1910cc58b'),
    }));
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'denied', reference: '57073625-1428-49e7-9ac5-abf1910cc58b' },
    });
    service.answerWith(usual);
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({ kind: 'read' });
  });

  test('a long history comes in parts, and is asked for once', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(scheduled(await trace(enquiry)));
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    expect(await enquiry.history({ checkId, from: 1 })).toMatchObject({
      kind: 'could-not-read',
      fault: { kind: 'request-refused' },
    });
    const many = Array.from({ length: 250 }, (_, index) => ({
      recorded: new Date(Date.UTC(2026, 0, 1, 0, 250 - index)).toISOString(),
      name: `Clinician ${index}`,
    }));
    service.answerWith(() => ({ body: auditEvents(many, firstChild) }));
    const names: string[] = [];
    for (const from of [0, 100, 200]) {
      const part = await enquiry.history({ checkId, from });
      if (part.kind !== 'read') throw new Error('not read');
      expect(part.history.total).toBe(250);
      names.push(...part.history.accesses.map(({ name }) => name));
    }
    expect(names).toEqual(many.map(({ name }) => name));
    expect(cpisRequests().filter(({ url }) => url.pathname.endsWith('/AuditEvent'))).toHaveLength(1);
  });

  test('the audit hook is told what is about to be asked', async () => {
    const enquiry = createTestEnquiry();
    const outcome = await enquiry.check(unscheduled(await trace(enquiry)));
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    await enquiry.history({ checkId, from: 0 });
    const shared = { nhsNumber: firstChild, careSetting: 'unscheduled', repeat: 'first', checkId };
    expect(asked).toEqual([
      { query: 'check', mayNotify: true, ...shared },
      { query: 'history', mayNotify: false, ...shared },
    ]);
  });
});

describe('nothing is sent', () => {
  test.each([
    ['signed-out', { permissions: () => undefined }],
    ['audit-unavailable', { beforeCpisQuery: async () => makeFault('audit-unavailable', 'x') }],
    [
      'audit-unavailable',
      {
        beforeCpisQuery: () => {
          throw new Error('disk full');
        },
      },
    ],
    [
      'role-not-allowed',
      {
        permissions: () => ({
          unscheduled: { kind: 'refused', reason: 'Your role may only look silently.' },
          scheduled: { kind: 'allowed' },
        }),
      },
    ],
  ] satisfies [string, Partial<EnquiryDependencies>][])('%s', async (kind, further) => {
    let isTracing = true;
    const { permissions } = { permissions: undefined, ...further };
    const enquiry = createTestEnquiry({
      ...further,
      permissions: () =>
        isTracing || permissions === undefined
          ? { unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } }
          : permissions(),
    });
    const context = await trace(enquiry);
    isTracing = false;
    expect(await enquiry.check(unscheduled(context))).toMatchObject({ kind: 'not-asked', fault: { kind } });
    expect(cpisRequests()).toEqual([]);
  });

  test('H3: for a context that is not the current patient', async () => {
    const enquiry = createTestEnquiry();
    const first = await trace(enquiry);
    const second = await trace(enquiry, secondChild);
    const expectNothingAsked = async (context: string) =>
      expect(await enquiry.check(unscheduled(context))).toMatchObject({
        kind: 'not-asked',
        fault: { kind: 'patient-changed' },
      });
    for (const context of [first, 'never-seen']) await expectNothingAsked(context);
    await enquiry.discard();
    for (const context of [first, second, 'never-seen']) await expectNothingAsked(context);
    expect(cpisRequests()).toEqual([]);
  });

  test('H4: for a care setting that the site has fixed otherwise', async () => {
    const enquiry = createTestEnquiry({}, { careSetting: 'scheduled' });
    expect(await enquiry.check(unscheduled(await trace(enquiry)))).toMatchObject({
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
    const enquiry = createTestEnquiry({}, { cpis: { wireFormat: 'patient-flags' } });
    const context = await trace(enquiry);
    expect(await enquiry.check(unscheduled(context))).toMatchObject({
      kind: 'not-asked',
      fault: { kind: 'request-refused' },
    });
    expect(cpisRequests()).toEqual([]);
    service.answerWith(() => ({ body: patientFlags([currentPlan], firstChild) }));
    const outcome = await enquiry.check(scheduled(context));
    expect(outcome).toMatchObject({ kind: 'found', history: 'not-offered' });
    const checkId = outcome.kind === 'found' ? outcome.asked.checkId : '';
    expect(await enquiry.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    expect(cpisRequests()).toHaveLength(1);
  });
});

describe('H4: an unscheduled question is never sent twice without a fresh yes', () => {
  test('two clicks at once share one question and one answer', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    const [first, second, third] = await Promise.all([
      enquiry.check(unscheduled(context)),
      enquiry.check(unscheduled(context)),
      enquiry.check(unscheduled(context, 'again')),
    ]);
    expect(second).toBe(first);
    expect(third).toBe(first);
    expect(unscheduledRequests()).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  test('the other care setting is not asked while a question waits', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    const [, other] = await Promise.all([
      enquiry.check(unscheduled(context)),
      enquiry.check(scheduled(context)),
    ]);
    expect(other).toMatchObject({ kind: 'not-asked', fault: { kind: 'request-refused' } });
  });

  test('asking again needs a yes, for the same child found again too', async () => {
    const enquiry = createTestEnquiry();
    await enquiry.check(unscheduled(await trace(enquiry)));
    await enquiry.check(unscheduled(await trace(enquiry, secondChild)));
    const context = await trace(enquiry);
    expect(await enquiry.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: now.toISOString(),
      about: 'this-patient',
    });
    expect(unscheduledRequests()).toHaveLength(2);
    expect(await enquiry.check(scheduled(context))).toMatchObject({ kind: 'found' });
    expect(await enquiry.check(unscheduled(context, 'again'))).toMatchObject({ kind: 'found' });
    expect(unscheduledRequests()).toHaveLength(3);
  });

  test('a lock keeps the memory, a sign-out ends it', async () => {
    const enquiry = createTestEnquiry();
    await enquiry.check(unscheduled(await trace(enquiry)));
    enquiry.clear('lock');
    expect(await enquiry.check(unscheduled(await trace(enquiry)))).toMatchObject({ kind: 'confirm-repeat' });
    enquiry.clear('sign-out');
    expect(await enquiry.check(unscheduled(await trace(enquiry)))).toMatchObject({ kind: 'found' });
  });

  test('a lost answer counts as sent, and is not repeated by itself', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith(() => 'hang-up');
    expect(await enquiry.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      asked: {
        notification: 'may-have-been-told',
        sentence: 'Asked 14:32, unscheduled care: the local authority may have been told',
      },
    });
    expect(unscheduledRequests()).toHaveLength(1);
    expect(await enquiry.check(unscheduled(context))).toEqual({
      kind: 'confirm-repeat',
      askedBefore: now.toISOString(),
      about: 'this-patient',
    });
  });

  test('a refused question told nobody, so asking again needs no yes', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith(() => ({ status: 403, body: operationOutcome('ACCESS_DENIED') }));
    expect(await enquiry.check(unscheduled(context))).toMatchObject({
      kind: 'denied',
      asked: { notification: 'not-told' },
    });
    service.answerWith(usual);
    expect(await enquiry.check(unscheduled(context))).toMatchObject({ kind: 'found' });
  });

  test('a question that was let go of in flight counts as sent', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith((received) =>
      received.url.pathname.endsWith('/CareTeam') ? new Promise(() => undefined) : usual(received),
    );
    const lost = enquiry.check(unscheduled(context));
    await expect.poll(() => unscheduledRequests().length).toBe(1);
    const again = await trace(enquiry);
    expect(await lost).toMatchObject({ kind: 'could-not-check', fault: { kind: 'patient-changed' } });
    expect(await enquiry.check(unscheduled(again))).toMatchObject({ kind: 'confirm-repeat' });
    expect(unscheduledRequests()).toHaveLength(1);
  });
});

describe('H3, H10: an answer belongs to the patient it was asked for', () => {
  /** A network layer that delivers even what was given up. */
  const deaf: AuthorisedFetch = ({ signal: _, ...request }) => plainFetch(request);

  const search = (enquiry: Enquiry) =>
    enquiry.search({ familyName: 'Example', givenNames: [], dateOfBirth: '2015-08-14' });

  const finish = {
    trace: (enquiry: Enquiry) => enquiry.trace({ nhsNumber: secondChild }),
    search,
    discard: (enquiry: Enquiry) => enquiry.discard(),
    lock: (enquiry: Enquiry) => enquiry.clear('lock'),
    'sign-out': (enquiry: Enquiry) => enquiry.clear('sign-out'),
  } satisfies Record<string, (enquiry: Enquiry) => unknown>;

  const ends = ['trace', 'search', 'discard', 'lock', 'sign-out'] as const;
  const questions = [
    ['/Patient/9990000018', (enquiry: Enquiry) => enquiry.trace({ nhsNumber: firstChild })],
    ['/Patient', search],
    ['/CareTeam', (enquiry: Enquiry, context: string) => enquiry.check(scheduled(context))],
    [
      '/AuditEvent',
      async (enquiry: Enquiry, context: string) => {
        const outcome = await enquiry.check(scheduled(context));
        return enquiry.history({ checkId: outcome.kind === 'found' ? outcome.asked.checkId : '', from: 0 });
      },
    ],
  ] as const;

  test.each(questions.flatMap(([path, ask]) => ends.map((end) => [path, end, ask] as const)))(
    'the answer of %s after %s is dropped',
    async (path, end, ask) => {
      const enquiry = createTestEnquiry({ fetch: deaf });
      const context = await trace(enquiry);
      let release = (): void => undefined;
      const released = new Promise<void>((resolve) => {
        release = resolve;
      });
      service.answerWith(async (received) => {
        if (received.url.pathname.endsWith(path)) await released;
        return usual(received);
      });
      const asking = ask(enquiry, context);
      const count = () => service.received.filter(({ url }) => url.pathname.endsWith(path)).length;
      await expect.poll(count).toBe(path.startsWith('/Patient/') ? 2 : 1);
      const ending = finish[end](enquiry);
      release();
      await ending;
      expect(await asking).toMatchObject({ fault: { kind: 'patient-changed' } });
      expect(JSON.stringify(await asking)).not.toMatch(/Anyshire|Dr A|EXAMPLE/);
    },
  );

  test('nothing is sent when the patient changes while the audit trail is being written', async () => {
    let written = () => undefined as undefined;
    const enquiry = createTestEnquiry({
      beforeCpisQuery: () =>
        new Promise((resolve) => {
          written = () => void resolve(undefined);
        }),
    });
    const check = enquiry.check(unscheduled(await trace(enquiry)));
    await trace(enquiry, secondChild);
    written();
    expect(await check).toMatchObject({ kind: 'not-asked', fault: { kind: 'patient-changed' } });
    expect(cpisRequests()).toEqual([]);
  });

  test('an answer about another NHS number is refused', async () => {
    const enquiry = createTestEnquiry();
    const context = await trace(enquiry);
    service.answerWith(() => ({ body: careTeams([currentPlan], secondChild) }));
    expect(await enquiry.check(unscheduled(context))).toMatchObject({
      kind: 'could-not-check',
      asked: { notification: 'may-have-been-told' },
      fault: { kind: 'wrong-patient' },
    });
  });
});
