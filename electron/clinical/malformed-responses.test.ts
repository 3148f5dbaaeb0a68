/**
 * Every answer that finding and checking a patient wait for, spoilt in every way a network or a service can spoil it,
 * through the real session and network layer. The user is told which, in time; nothing is ever taken for "no record"
 * (H2), and an unscheduled question leaves once, whatever comes back (H4).
 */
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openForeignTls } from '../../e2e/doubles/tls-front.ts';
import type { Fault, FaultKind } from '../../shared/fault.ts';
import type { CheckOutcome, HistoryOutcome, SearchOutcome, TraceOutcome } from '../../shared/outcome.ts';
import { type Simulator, startSimulator } from '../../simulator/client.ts';
import { chromiumFetch } from '../identity/testing/chromium-fetch.ts';
import { createIdentity, type Identity } from '../identity/testing/identity.ts';
import { createPerson } from '../identity/testing/person.ts';
import type { Fetch } from '../network/network.ts';
import { readHistorySearch } from './cpis/read-history-search.ts';
import { createPatientLookup, type PatientLookup } from './patient-lookup.ts';
import { firstChild } from './synthetic.ts';

let simulator: Simulator;
let identity: Identity;
/** Where requests on this path go instead: underneath everything that is tried here. */
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

/** Everything real but the wait between the tries of a silent read. */
function createRealEnquiry(timeoutSeconds = 5): PatientLookup {
  const { session, environment } = identity;
  return createPatientLookup({
    fetch: session.authorisedFetch,
    environment: { ...environment, timeoutSeconds },
    clock: () => new Date(),
    newId: randomUUID,
    userId: () => '999999910000',
    earlierSession: undefined,
    wait: async () => undefined,
    random: Math.random,
    sessionRoleId: session.roleId,
    permissions: session.permissions,
    readHistory: readHistorySearch,
    beforeCpisQuery: async () => undefined,
  });
}

/** What a question came to, as far as it matters here. */
interface Came {
  readonly kind: string;
  readonly fault: Fault | undefined;
  readonly notification: string | undefined;
}

interface Asking {
  readonly target: string;
  /** The path of the requests that the fault strikes. */
  readonly path: RegExp;
  readonly service: 'pds' | 'cpis';
  /** How it ends, whatever the fault. */
  readonly kind: string;
  readonly isNotifying: boolean;
  /** Goes so far that only the question itself is left. */
  readonly ask: (lookup: PatientLookup) => Promise<() => Promise<Came>>;
}

async function trace(lookup: PatientLookup): Promise<string> {
  const outcome = await lookup.trace({ nhsNumber: firstChild });
  if (outcome.kind !== 'traced') throw new Error(outcome.kind);
  return outcome.patient.context;
}

function came(outcome: TraceOutcome | SearchOutcome | CheckOutcome | HistoryOutcome): Came {
  return {
    kind: outcome.kind,
    fault: 'fault' in outcome ? outcome.fault : undefined,
    notification: 'retrieval' in outcome ? outcome.retrieval.notification : undefined,
  };
}

/** How many requests of this kind the service has seen. */
async function sentTo({ path }: Asking): Promise<number> {
  return (await simulator.requests()).filter((request) => path.test(request.path)).length;
}

function serviceOf({ service }: Asking): URL {
  return new URL(identity.environment[service].baseUrl);
}

function expectFailure(
  { kind, fault, notification }: Came,
  asking: Asking,
  faultKind: FaultKind,
  told: 'not-told' | 'may-have-been-told',
): void {
  expect(kind).toBe(asking.kind);
  expect(fault).toMatchObject({
    kind: faultKind,
    happened: expect.stringMatching(/^[A-Z].*\.$/),
    action: expect.stringMatching(/^[A-Z].*\.$/),
    reference: expect.stringMatching(/./),
  });
  if (asking.target === 'cpis.care-team') expect(notification).toBe(asking.isNotifying ? told : 'not-told');
}

const askingCpis = (careSetting: 'unscheduled' | 'scheduled'): Asking => ({
  target: 'cpis.care-team',
  path: /\/CareTeam$/,
  service: 'cpis',
  kind: 'could-not-check',
  isNotifying: careSetting === 'unscheduled',
  ask: async (lookup) => {
    const context = await trace(lookup);
    return async () => came(await lookup.check({ context, careSetting, repeat: 'first' }));
  },
});

const questions: Readonly<Record<string, Asking>> = {
  'a patient by number': {
    target: 'pds.read',
    path: /\/Patient\/\d{10}$/,
    service: 'pds',
    kind: 'could-not-trace',
    isNotifying: false,
    ask: async (lookup) => async () => came(await lookup.trace({ nhsNumber: firstChild })),
  },
  'a patient by name': {
    target: 'pds.search',
    path: /\/Patient$/,
    service: 'pds',
    kind: 'could-not-search',
    isNotifying: false,
    ask: async (lookup) => async () =>
      came(
        await lookup.search({
          familyName: 'TESTCHILD',
          givenNames: [],
          dateOfBirth: '2015-01-31',
        }),
      ),
  },
  'CP-IS in scheduled care': askingCpis('scheduled'),
  'CP-IS in unscheduled care': askingCpis('unscheduled'),
  'the history': {
    target: 'cpis.audit-event',
    path: /\/AuditEvent$/,
    service: 'cpis',
    kind: 'could-not-read',
    isNotifying: false,
    ask: async (lookup) => {
      const context = await trace(lookup);
      const found = await lookup.check({ context, careSetting: 'scheduled', repeat: 'first' });
      if (found.kind !== 'found') throw new Error(found.kind);
      return async () => came(await lookup.history({ checkId: found.retrieval.checkId, from: 0 }));
    },
  },
};

const fhir = 'application/fhir+json';
const page = { contentType: 'text/html', body: '<p>Blocked</p>' };
/** As a searchset without a match looks: what must never be read out of a spoilt answer. */
const nothing = '{"resourceType":"Bundle","type":"searchset","total":0,"entry":[]}';

/** `told`: what an unscheduled question that ended so may have done. `tries`: how often a silent one is sent. */
interface Spoilt {
  readonly fault: Record<string, unknown>;
  readonly kind: FaultKind;
  readonly told: 'not-told' | 'may-have-been-told';
  readonly tries: 1 | 3;
}

const maybe = 'may-have-been-told';
const spoilt: Readonly<Record<string, Spoilt>> = {
  hangs: { fault: { kind: 'hang' }, kind: 'timed-out', told: maybe, tries: 3 },
  'comes too late': { fault: { kind: 'delay', ms: 1_000 }, kind: 'timed-out', told: maybe, tries: 3 },
  'comes too slowly': {
    fault: { kind: 'slow-body', bytesPerSecond: 20 },
    kind: 'timed-out',
    told: maybe,
    tries: 3,
  },
  'is reset': { fault: { kind: 'reset' }, kind: 'offline', told: maybe, tries: 3 },
  'is broken off': { fault: { kind: 'truncate' }, kind: 'answer-not-understood', told: maybe, tries: 1 },
  'is huge': {
    fault: { kind: 'huge', megabytes: 33 },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  redirects: {
    fault: { kind: 'redirect', location: 'http://127.0.0.1:9/' },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  'is broken JSON': {
    fault: { kind: 'body', contentType: fhir, body: nothing.slice(0, -1) },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  'is empty': {
    fault: { kind: 'body', contentType: fhir, body: '' },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  'is JSON of another kind': {
    fault: { kind: 'body', contentType: fhir, body: '[1]' },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  'says that it is text': {
    fault: { kind: 'body', contentType: 'text/plain', body: nothing },
    kind: 'answer-not-understood',
    told: maybe,
    tries: 1,
  },
  'is a web page of a proxy': { fault: { kind: 'html' }, kind: 'proxy', told: maybe, tries: 1 },
  'is blocked by a filter with a page': {
    fault: { kind: 'status', status: 403, ...page },
    kind: 'proxy',
    told: maybe,
    tries: 1,
  },
  'asks the proxy’s password': {
    fault: { kind: 'status', status: 407 },
    kind: 'proxy',
    told: maybe,
    tries: 1,
  },
  'is 429': { fault: { kind: 'status', status: 429 }, kind: 'busy', told: 'not-told', tries: 3 },
  'is 500': { fault: { kind: 'status', status: 500 }, kind: 'service-failing', told: maybe, tries: 3 },
  'is 503 with a page': {
    fault: { kind: 'status', status: 503, ...page },
    kind: 'service-failing',
    told: maybe,
    tries: 3,
  },
};

describe.each(Object.entries(questions))('the answer about %s', (_what, asking) => {
  test.each(Object.entries(spoilt))('%s', async (_how, { fault, kind, told, tries }) => {
    const timeoutSeconds = kind === 'timed-out' ? 0.3 : 5;
    const question = await asking.ask(createRealEnquiry(timeoutSeconds));
    const before = await sentTo(asking);
    await simulator.fault(asking.target, fault);
    expectFailure(await question(), asking, kind, told);
    // H4: an unscheduled question is sent once.
    expect((await sentTo(asking)) - before).toBe(asking.isNotifying ? 1 : tries);
  });

  test('is late, but in time', async () => {
    const question = await asking.ask(createRealEnquiry());
    await simulator.fault(asking.target, { kind: 'delay', ms: 200 });
    expect((await question()).kind).not.toBe(asking.kind);
  });

  test('never comes, for nothing is there: nobody was told', async () => {
    const question = await asking.ask(createRealEnquiry());
    // A port that was somebody's a moment ago.
    const gone = await openForeignTls(serviceOf(asking));
    gone.close();
    detour = { path: asking.path, origin: gone.origin };
    expectFailure(await question(), asking, 'offline', 'not-told');
  });

  test('comes from somebody whose certificate nobody trusts: nothing is sent to them, and nobody was told', async () => {
    const foreign = await openForeignTls(serviceOf(asking));
    const question = await asking.ask(createRealEnquiry());
    detour = { path: asking.path, origin: foreign.origin };
    const before = await sentTo(asking);
    expectFailure(await question(), asking, 'untrusted-certificate', 'not-told');
    expect(await sentTo(asking)).toBe(before);
    foreign.close();
  });
});
