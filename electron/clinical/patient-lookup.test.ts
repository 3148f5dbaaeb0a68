import { describe, expect, test } from 'vitest';
import { type FaultKind, makeFault } from '../../shared/fault.ts';
import type { PatientLookupDependencies } from './patient-lookup.ts';
import {
  auditEvents,
  currentPlan,
  firstChild,
  operationOutcome,
  patientFlags,
  searchset,
  secondChild,
} from './testing/synthetic.ts';
import {
  checkIdOf,
  lookupForTests,
  notAsked,
  now,
  recordingBy,
  scheduled,
  trace,
  unscheduled,
  usual,
} from './testing/test-lookup.ts';

const { service, createTestLookup, traced, cpisQueries, cpisRequests, unscheduledRequests } =
  lookupForTests();

const ownAccess = {
  recorded: now.toISOString(),
  name: 'Nora Synthetic',
  organisation: 'SYNTHETIC GENERAL HOSPITAL',
};

describe('the usual way', () => {
  const nobodyIsNotified = {
    sentence: 'Retrieved 14:32. Scheduled care: nobody is notified.',
    notification: 'not-sent',
  };

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
    expect(outcome).toMatchObject({ kind: 'found', retrieval: nobodyIsNotified });
    expect(cpisRequests()[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'false' });
  });

  test('H20: while the clock is in doubt, patient and answer say so, and no entry is taken for this check', async () => {
    service.answerWith((received) =>
      received.url.pathname.endsWith('/AuditEvent')
        ? { body: auditEvents([ownAccess], firstChild) }
        : usual(received),
    );
    const user = { name: 'Nora Synthetic', role: 'Nurse', organisation: 'SYNTHETIC GENERAL HOSPITAL' };
    const certain = createTestLookup({ user: () => user });
    const doubting = createTestLookup({
      user: () => user,
      doubtedNow: () => new Date('2026-11-26T14:32:00Z'),
    });
    const ownAccessIn = async (lookup: typeof certain) => {
      const checked = await lookup.check(unscheduled(await trace(lookup)));
      const history = await lookup.history({ checkId: checkIdOf(checked), from: 0 });
      const [access] = history.kind === 'read' ? history.history.accesses : [];
      return { checked, isOwn: access?.isThisCheck };
    };
    expect(await ownAccessIn(certain)).toMatchObject({
      checked: { retrieval: { clockInDoubt: false } },
      isOwn: true,
    });
    expect(await ownAccessIn(doubting)).toEqual({
      checked: expect.objectContaining({
        retrieval: expect.objectContaining({
          clockInDoubt: true,
          sentence: expect.stringMatching(/^Retrieved 14:32 \(this computer's clock may be wrong\)\. Unsch/),
        }),
      }),
      isOwn: undefined,
    });
    expect(await doubting.trace({ nhsNumber: firstChild })).toMatchObject({
      patient: {
        notes: [{ kind: 'clock-doubted', sentence: expect.stringContaining('work out the age') }],
      },
    });
  });

  test('H1: an intact empty searchset is no record', async () => {
    const { lookup, context } = await traced();
    service.answerWith(() => ({ body: searchset([]) }));
    const outcome = await lookup.check(scheduled(context));
    expect(outcome).toMatchObject({ kind: 'no-record', retrieval: nobodyIsNotified });
  });

  test('H1, H5: no record in unscheduled care never says that a local authority is notified, and a repeat needs a yes', async () => {
    const { lookup, context } = await traced();
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
    const checkId = checkIdOf(await lookup.check(unscheduled(await trace(lookup))));
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
    const checkId = checkIdOf(await lookup.check(unscheduled(await trace(lookup))));
    service.answerWith(() => ({ status: 503, body: operationOutcome('UNABLE_TO_CALL_SERVICE') }));
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    expect(await lookup.history({ checkId, from: 0 })).toMatchObject({ kind: 'could-not-read' });
    const history = cpisRequests().filter(({ url }) => url.pathname.endsWith('/AuditEvent'));
    expect(history).toHaveLength(1);
    expect(history[0]?.headers).toMatchObject({ isunscheduledaccessevent: 'true' });
  });

  test('H15: a history that failed does not hide the plan, and a silent read can be repeated', async () => {
    const lookup = createTestLookup();
    const checkId = checkIdOf(await lookup.check(scheduled(await trace(lookup))));
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
    const checkId = checkIdOf(await lookup.check(scheduled(await trace(lookup))));
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
    const checkId = checkIdOf(await lookup.check(unscheduled(await trace(lookup))));
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
  ] satisfies [FaultKind, Partial<PatientLookupDependencies>][])('%s', async (kind, further) => {
    const { lookup, context } = await traced(further);
    expect(await lookup.check(unscheduled(context))).toMatchObject(notAsked(kind));
    expect(cpisRequests()).toEqual([]);
  });

  test('once no user is signed in', async () => {
    const allowed = { unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } } as const;
    let permissions: typeof allowed | undefined = allowed;
    const { lookup, context } = await traced({ permissions: () => permissions });
    permissions = undefined;
    const outcome = await lookup.check(unscheduled(context));
    expect(outcome).toMatchObject(notAsked('signed-out'));
    expect(cpisRequests()).toEqual([]);
  });

  test('H3: for a context that is not the current patient', async () => {
    const lookup = createTestLookup();
    const first = await trace(lookup);
    const second = await trace(lookup, secondChild);
    const expectNothingAsked = async (context: string) =>
      expect(await lookup.check(unscheduled(context))).toMatchObject(notAsked('patient-changed'));
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
    const { lookup, context } = await traced({}, { cpis: { wireFormat: 'patient-flags' } });
    expect(await lookup.check(unscheduled(context))).toMatchObject(notAsked('request-refused'));
    expect(cpisRequests()).toEqual([]);
    service.answerWith(() => ({ body: patientFlags([currentPlan], firstChild) }));
    const outcome = await lookup.check(scheduled(context));
    expect(outcome).toMatchObject({ kind: 'found', history: 'not-offered' });
    const history = await lookup.history({ checkId: checkIdOf(outcome), from: 0 });
    expect(history).toMatchObject({ kind: 'could-not-read' });
    expect(cpisRequests()).toHaveLength(1);
  });
});
