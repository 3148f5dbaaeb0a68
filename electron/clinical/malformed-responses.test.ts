/**
 * Every response that tracing and checking a patient wait for, damaged in every way that a network or a service can,
 * through the real session and network layer. The user sees the right fault in time; no damaged response becomes "no record"
 * (H2), and an unscheduled request is sent once, whatever the response (H4).
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openForeignTls } from '../../e2e/doubles/tls-front.ts';
import type { Fault, FaultKind } from '../../shared/fault.ts';
import type { CheckOutcome, HistoryOutcome, SearchOutcome, TraceOutcome } from '../../shared/outcome.ts';
import { type Simulator, startSimulator } from '../../simulator/client.ts';
import { createIdentity, type Identity } from '../identity/testing/identity.ts';
import { createPerson } from '../identity/testing/person.ts';
import type { Fetch } from '../network/network.ts';
import { chromiumFetch } from '../network/testing/chromium-fetch.ts';
import { createPatientLookup, type PatientLookup } from './patient-lookup.ts';
import { lookupDependencies } from './testing/lookup-dependencies.ts';
import { firstChild, searchFor } from './testing/synthetic.ts';
import { checkIdOf, scheduled, trace } from './testing/test-lookup.ts';

let simulator: Simulator;
let identity: Identity;
/** Redirects requests on this path to another origin, below every layer under test. */
let detour: { readonly path: RegExp; readonly origin: string } | undefined;

const fetch: Fetch = (url, options) => {
  const { origin, pathname } = new URL(url);
  return chromiumFetch(detour?.path.test(pathname) ? url.replace(origin, detour.origin) : url, options);
};

beforeAll(async () => {
  simulator = await startSimulator();
  identity = createIdentity(simulator, { ...createPerson('Nora Synthetic'), fetch });
  expect((await identity.session.signIn()).state).toBe('signed-in');
});
afterEach(async () => {
  detour = undefined;
  await simulator.clearFaults();
});
afterAll(async () => {
  identity.session.signOut();
  await simulator.stop();
});

/** Everything is real except the wait between the attempts of a read. */
function createRealLookup(timeoutSeconds = 5): PatientLookup {
  const { session, environment } = identity;
  return createPatientLookup({
    ...lookupDependencies({ ...environment, timeoutSeconds }),
    fetch: session.authorisedFetch,
    now: () => new Date(),
    random: Math.random,
    userRole: session.role,
    permissions: session.permissions,
  });
}

interface LookupResult {
  readonly kind: string;
  readonly fault: Fault | undefined;
  readonly notification: string | undefined;
}

interface LookupRequest {
  readonly target: string;
  readonly path: RegExp;
  readonly service: 'pds' | 'cpis';
  readonly kind: string;
  readonly isNotifying: boolean;
  readonly prepare: (lookup: PatientLookup) => Promise<() => Promise<LookupResult>>;
}

function resultOf(outcome: TraceOutcome | SearchOutcome | CheckOutcome | HistoryOutcome): LookupResult {
  return {
    kind: outcome.kind,
    fault: 'fault' in outcome ? outcome.fault : undefined,
    notification: 'retrieval' in outcome ? outcome.retrieval.notification : undefined,
  };
}

async function sentTo({ path }: LookupRequest): Promise<number> {
  return (await simulator.requests()).filter((request) => path.test(request.path)).length;
}

function serviceOf({ service }: LookupRequest): URL {
  return new URL(identity.environment[service].baseUrl);
}

function expectFailure(
  { kind, fault, notification }: LookupResult,
  request: LookupRequest,
  faultKind: FaultKind,
  notified: 'not-sent' | 'unknown',
): void {
  expect(kind).toBe(request.kind);
  expect(fault).toMatchObject({
    kind: faultKind,
    happened: expect.stringMatching(/^[A-Z].*\.$/),
    action: expect.stringMatching(/^[A-Z].*\.$/),
    reference: expect.stringMatching(/./),
  });
  if (request.target === 'cpis.care-team')
    expect(notification).toBe(request.isNotifying ? notified : 'not-sent');
}

const cpisRequest = (careSetting: 'unscheduled' | 'scheduled'): LookupRequest => ({
  target: 'cpis.care-team',
  path: /\/CareTeam$/,
  service: 'cpis',
  kind: 'could-not-check',
  isNotifying: careSetting === 'unscheduled',
  prepare: async (lookup) => {
    const context = await trace(lookup);
    return async () => resultOf(await lookup.check({ context, careSetting, repeat: 'first' }));
  },
});

const requests: Readonly<Record<string, LookupRequest>> = {
  'a patient by number': {
    target: 'pds.read',
    path: /\/Patient\/\d{10}$/,
    service: 'pds',
    kind: 'could-not-trace',
    isNotifying: false,
    prepare: async (lookup) => async () => resultOf(await lookup.trace({ nhsNumber: firstChild })),
  },
  'a patient by name': {
    target: 'pds.search',
    path: /\/Patient$/,
    service: 'pds',
    kind: 'could-not-search',
    isNotifying: false,
    prepare: async (lookup) => async () =>
      resultOf(await lookup.search(searchFor('TESTCHILD', '2015-01-31'))),
  },
  'CP-IS in scheduled care': cpisRequest('scheduled'),
  'CP-IS in unscheduled care': cpisRequest('unscheduled'),
  'the history': {
    target: 'cpis.audit-event',
    path: /\/AuditEvent$/,
    service: 'cpis',
    kind: 'could-not-read',
    isNotifying: false,
    prepare: async (lookup) => {
      const context = await trace(lookup);
      const checkId = checkIdOf(await lookup.check(scheduled(context)));
      return async () => resultOf(await lookup.history({ checkId, from: 0 }));
    },
  },
};

const fhir = 'application/fhir+json';
const page = { contentType: 'text/html', body: '<p>Blocked</p>' };
/** An empty searchset: a damaged response must never be read as one. */
const nothing = '{"resourceType":"Bundle","type":"searchset","total":0,"entry":[]}';

/**
 * How a response is damaged, and the fault that the user sees. A read is sent once, unless `tries` says otherwise; an
 * unscheduled request with this response may have notified, unless `notified` says that it has not.
 */
interface MalformedResponse {
  readonly fault: Record<string, unknown>;
  readonly kind: FaultKind;
  readonly notified?: 'not-sent';
  readonly tries?: 3;
}

const notUnderstood = (fault: Record<string, unknown>): MalformedResponse => ({
  fault,
  kind: 'answer-not-understood',
});
const body = (contentType: string, text: string) => ({ kind: 'body', contentType, body: text });

const malformedResponses: Readonly<Record<string, MalformedResponse>> = {
  hangs: { fault: { kind: 'hang' }, kind: 'timed-out', tries: 3 },
  'comes too late': { fault: { kind: 'delay', ms: 1_000 }, kind: 'timed-out', tries: 3 },
  'comes too slowly': { fault: { kind: 'slow-body', bytesPerSecond: 20 }, kind: 'timed-out', tries: 3 },
  'is reset': { fault: { kind: 'reset' }, kind: 'offline', tries: 3 },
  'is broken off': notUnderstood({ kind: 'truncate' }),
  'is huge': notUnderstood({ kind: 'huge', megabytes: 33 }),
  redirects: notUnderstood({ kind: 'redirect', location: 'http://127.0.0.1:9/' }),
  'is broken JSON': notUnderstood(body(fhir, nothing.slice(0, -1))),
  'is empty': notUnderstood(body(fhir, '')),
  'is JSON of another kind': notUnderstood(body(fhir, '[1]')),
  'says that it is text': notUnderstood(body('text/plain', nothing)),
  'is a web page of a proxy': { fault: { kind: 'html' }, kind: 'answered-in-its-place' },
  'is blocked by a filter with a page': {
    fault: { kind: 'status', status: 403, ...page },
    kind: 'answered-in-its-place',
  },
  'asks the proxy’s password': { fault: { kind: 'status', status: 407 }, kind: 'proxy' },
  'is 429': { fault: { kind: 'status', status: 429 }, kind: 'busy', notified: 'not-sent', tries: 3 },
  'is 500': { fault: { kind: 'status', status: 500 }, kind: 'service-failing', tries: 3 },
  'is 503 with a page': {
    fault: { kind: 'status', status: 503, ...page },
    kind: 'service-failing',
    tries: 3,
  },
};

describe.each(Object.entries(requests))('the answer about %s', (_what, request) => {
  test.each(Object.entries(malformedResponses))('%s', async (_how, malformed) => {
    const { fault, kind, notified = 'unknown', tries = 1 } = malformed;
    const timeoutSeconds = kind === 'timed-out' ? 0.3 : 5;
    const send = await request.prepare(createRealLookup(timeoutSeconds));
    const before = await sentTo(request);
    await simulator.fault(request.target, fault);
    expectFailure(await send(), request, kind, notified);
    // H4: an unscheduled request is sent once.
    expect((await sentTo(request)) - before).toBe(request.isNotifying ? 1 : tries);
  });

  test('is late, but in time', async () => {
    const send = await request.prepare(createRealLookup());
    await simulator.fault(request.target, { kind: 'delay', ms: 200 });
    expect((await send()).kind).not.toBe(request.kind);
  });

  test('never comes, because no server listens: no local authority was notified', async () => {
    const send = await request.prepare(createRealLookup());
    // A port that a server has just closed.
    const gone = await openForeignTls(serviceOf(request));
    gone.close();
    detour = { path: request.path, origin: gone.origin };
    expectFailure(await send(), request, 'offline', 'not-sent');
  });

  test('comes from a server with an untrusted certificate: nothing is sent, and no local authority was notified', async () => {
    const foreign = await openForeignTls(serviceOf(request));
    const send = await request.prepare(createRealLookup());
    detour = { path: request.path, origin: foreign.origin };
    const before = await sentTo(request);
    expectFailure(await send(), request, 'untrusted-certificate', 'not-sent');
    expect(await sentTo(request)).toBe(before);
    foreign.close();
  });
});
