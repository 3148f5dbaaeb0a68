/** What the audit trail has of a lookup: a real trail in a real folder, and a service that answers over real HTTP. */
import { generateKeyPairSync } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mountSmallDisk } from '../../e2e/doubles/small-disk.ts';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import type { Fault } from '../../shared/fault.ts';
import type { CheckOutcome, HistoryOutcome } from '../../shared/outcome.ts';
import type { Audit } from '../audit/audit.ts';
import { createDecrypter, createEncrypter } from '../audit/jwe.ts';
import { readTrail } from '../audit/testing/read-trail.ts';
import { createTestAudit } from '../audit/testing/test-audit.ts';
import { nurse, workstation } from '../audit/testing/test-trail.ts';
import type { Actor } from '../audit/trail-event.ts';
import type { AuthorisedFetch } from '../network/api-response.ts';
import type { PatientLookup, PatientLookupDependencies } from './patient-lookup.ts';
import { plainFetch, type Reply } from './testing/loopback-service.ts';
import {
  firstChild,
  operationOutcome,
  patient,
  searchFor,
  searchset,
  secondChild,
} from './testing/synthetic.ts';
import { checkIdOf, lookupForTests, scheduled, trace, unscheduled, usual } from './testing/test-lookup.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const decrypter = createDecrypter(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
const encrypter = createEncrypter(publicKey.export({ format: 'pem', type: 'spki' }).toString());

const details = searchFor('A', '2015-01-01');

const { service, createTestLookup } = lookupForTests();
let folder: string;
let failures: [Fault, string][];
let signedIn: Actor | undefined;

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
  failures = [];
  signedIn = nurse;
});

function openAudit(withKey = true): Audit {
  return createTestAudit(folder, {
    encrypter: withKey ? encrypter : undefined,
    actor: () => signedIn,
    onFailure: (fault, reason) => failures.push([fault, reason]),
  });
}

const openLookup = (audit: Audit, further: Partial<PatientLookupDependencies> = {}) =>
  createTestLookup({ userId: () => signedIn?.userId, audit, ...further });

/** The entries about the lookup itself. */
const entries = () => readTrail(folder).entries.slice(1);

/** The entries behind those of the trace that each check needs. */
const entriesAfterTrace = () => entries().slice(2);

test('a trace is recorded before the request to PDS, and its outcome with the number that PDS gave', async () => {
  const audit = openAudit();
  const recordedBefore: unknown[] = [];
  service.answerWith(() => {
    recordedBefore.push(...entries().map(({ event }) => event));
    return { body: patient(secondChild) };
  });
  const shown = await openLookup(audit).trace({ nhsNumber: firstChild });
  expect(Object.keys(shown), 'what the page gets').toEqual(['kind', 'patient']);
  await audit.settled();
  expect(recordedBefore).toEqual(['patient-trace']);
  const [traced, outcome] = entries();
  expect(traced).toMatchObject({ event: 'patient-trace', actor: nurse, workstation });
  expect(outcome).toMatchObject({ event: 'patient-trace-outcome', outcome: 'traced', fault: null });
  expect([traced, outcome].map((entry) => decrypter?.decrypt(String(entry?.['patient'])))).toEqual([
    firstChild,
    secondChild,
  ]);
});

test('a search, a check and a history are recorded before they are requested', async () => {
  const audit = openAudit();
  const recordedBefore: unknown[] = [];
  service.answerWith((received) => {
    recordedBefore.push(entries().at(-1)?.event);
    return received.url.pathname.endsWith('/Patient') ? { body: searchset([]) } : usual(received);
  });
  const lookup = openLookup(audit);
  await lookup.search(details);
  const checkId = checkIdOf(await lookup.check(unscheduled(await trace(lookup))));
  await lookup.history({ checkId, from: 0 });
  await lookup.history({ checkId, from: 100 });
  await audit.settled();
  expect(recordedBefore).toEqual(['patient-search', 'patient-trace', 'cpis-query', 'cpis-query']);
  expect(entries()).toMatchObject([
    { event: 'patient-search', scope: 'current' },
    { event: 'patient-search-outcome', outcome: 'none' },
    { event: 'patient-trace' },
    { event: 'patient-trace-outcome', outcome: 'traced' },
    { event: 'cpis-query', query: 'check', checkId },
    { event: 'cpis-outcome', query: 'check', checkId, outcome: 'found', notification: 'sent' },
    { event: 'cpis-query', query: 'history', checkId, mayNotify: false },
    { event: 'cpis-outcome', query: 'history', checkId, outcome: 'read' },
  ]);
});

describe('H3: what ends while a trace or a search is being recorded ends that too', () => {
  /** A network layer that sends even what has been aborted. */
  const deaf: AuthorisedFetch = ({ signal: _, ...request }) => plainFetch(request);

  test.each<[string, (lookup: PatientLookup) => unknown]>([
    ['the end of the page', (lookup) => lookup.clear('page-lost')],
    ['a lock', (lookup) => lookup.clear('lock')],
    ['a patient who is left', (lookup) => lookup.discard()],
  ])('%s', async (_name, end) => {
    const audit = openAudit();
    const lookup = openLookup(audit, { fetch: deaf });
    const traced = lookup.trace({ nhsNumber: firstChild });
    end(lookup);
    expect(await traced).toMatchObject({ kind: 'could-not-trace', fault: { kind: 'patient-changed' } });
    const searched = lookup.search(details);
    end(lookup);
    expect(await searched).toMatchObject({ kind: 'could-not-search', fault: { kind: 'patient-changed' } });
    expect(service.received).toEqual([]);
    await audit.settled();
    expect(entries()).toMatchObject([
      { event: 'patient-trace' },
      { event: 'patient-trace-outcome', outcome: 'could-not-trace' },
      { event: 'patient-search', scope: 'current' },
      { event: 'patient-search-outcome', outcome: 'could-not-search' },
    ]);
  });

  test('and no patient is open behind one that cannot be recorded', async () => {
    for (const begin of ['trace', 'search'] as const) {
      await rm(folder, { recursive: true, force: true });
      const lookup = openLookup(openAudit());
      await trace(lookup);
      service.received.length = 0;
      await rm(folder, { recursive: true });
      await writeFile(folder, '');
      const outcome = begin === 'trace' ? lookup.trace({ nhsNumber: firstChild }) : lookup.search(details);
      expect(await outcome).toMatchObject({ fault: { kind: 'audit-unavailable' } });
      expect(lookup.openPatient(), begin).toBeUndefined();
      expect(service.received, begin).toEqual([]);
    }
  });
});

test('a CP-IS query carries its setting, effect and references; the NHS number only encrypted', async () => {
  const audit = openAudit();
  const lookup = openLookup(audit);
  const checkId = checkIdOf(await lookup.check(unscheduled(await trace(lookup))));
  await audit.settled();
  const [entry] = entriesAfterTrace();
  expect(entry).toMatchObject({
    event: 'cpis-query',
    query: 'check',
    careSetting: 'unscheduled',
    repeat: 'first',
    mayNotify: true,
    checkId,
    actor: nurse,
  });
  expect(JSON.stringify(entry)).not.toContain(firstChild);
  expect(decrypter?.decrypt(String(entry?.['patient']))).toBe(firstChild);
});

test('H10: without a key no NHS number is kept, in any form', async () => {
  const audit = openAudit(false);
  const lookup = openLookup(audit);
  await lookup.check(unscheduled(await trace(lookup)));
  await audit.settled();
  expect(entriesAfterTrace()).toMatchObject([{ event: 'cpis-query', patient: null }, {}]);
  expect(JSON.stringify(entries())).not.toContain(firstChild);
});

test('one check that two clicks wait for has one outcome', async () => {
  const audit = openAudit();
  const lookup = openLookup(audit);
  const request = unscheduled(await trace(lookup));
  service.answerWith(() => ({ body: searchset([]) }));
  await Promise.all([lookup.check(request), lookup.check(request)]);
  await audit.settled();
  expect(entriesAfterTrace()).toMatchObject([
    { event: 'cpis-query' },
    { event: 'cpis-outcome', outcome: 'no-record', notification: 'unknown', fault: null },
  ]);
});

test('a refused check and a failed history are recorded with their references', async () => {
  const audit = openAudit();
  const reason = 'Your role may only look silently.';
  const lookup = openLookup(audit, {
    permissions: () => ({ unscheduled: { kind: 'refused', reason }, scheduled: { kind: 'allowed' } }),
  });
  const context = await trace(lookup);
  const refused = await lookup.check(unscheduled(context));
  const checkId = checkIdOf(await lookup.check(scheduled(context)));
  service.answerWith(() => ({ status: 429, body: operationOutcome('TOO_MANY_REQUESTS') }));
  const failed = await lookup.history({ checkId, from: 0 });
  await audit.settled();
  const reference = (outcome: CheckOutcome | HistoryOutcome) =>
    'fault' in outcome ? outcome.fault.reference : 'no fault';
  const [notAsked, , , , couldNotRead] = entriesAfterTrace();
  expect(notAsked).toMatchObject({
    outcome: 'not-asked',
    checkId: null,
    fault: { kind: 'role-not-allowed', reference: reference(refused) },
  });
  expect(couldNotRead).toMatchObject({
    outcome: 'could-not-read',
    checkId,
    fault: { kind: 'busy', reference: reference(failed) },
  });
});

test('an outcome after the sign-out still has the actor of its request', async () => {
  const audit = openAudit();
  service.answerWith(() => {
    signedIn = undefined;
    return { status: 404, body: operationOutcome('RESOURCE_NOT_FOUND') };
  });
  await openLookup(audit).trace({ nhsNumber: firstChild });
  await audit.settled();
  expect(entries().map((entry) => entry['actor'])).toEqual([nurse, nurse]);
});

test('on a full disk no request is sent, in plain words; once there is space it goes on', async () => {
  const disk = mountSmallDisk(folder);
  onTestFinished(disk.unmount);
  const audit = openAudit();
  await audit.record({ event: 'copied' });
  const lookup = openLookup(audit);
  const context = await trace(lookup);
  await audit.settled();
  service.received.length = 0;
  disk.fill();

  expect(await lookup.check(unscheduled(context))).toMatchObject({
    kind: 'not-asked',
    fault: { kind: 'audit-unavailable' },
  });
  expect(await lookup.trace({ nhsNumber: firstChild })).toEqual({
    kind: 'could-not-trace',
    fault: {
      kind: 'audit-unavailable',
      reference: 'ref-1',
      happened: "This computer's disk is full: the audit trail could not be written, so nothing was sent.",
      action: 'Give the reference to your IT service desk.',
    },
  });
  expect(await lookup.search(details)).toMatchObject({
    kind: 'could-not-search',
    fault: { kind: 'audit-unavailable' },
  });
  expect(service.received).toEqual([]);
  await audit.settled();
  expect(new Set(failures.map(([, reason]) => reason))).toEqual(new Set(['ENOSPC']));
  expect(audit.state().lastFailure).toMatchObject({ reference: 'ref-1' });

  disk.free();
  await trace(lookup);
  await audit.settled();
  expect(service.received).toHaveLength(1);
  expect(audit.state().lastFailure).toBeUndefined();
  expect(readTrail(folder).findings.filter(({ kind }) => kind === 'problem')).toEqual([]);
});

test('H5: the end waits for the outcome of pending requests', async () => {
  const audit = openAudit();
  const answer = Promise.withResolvers<Reply>();
  service.answerWith(() => answer.promise);
  const traced = openLookup(audit).trace({ nhsNumber: firstChild });
  await expect.poll(() => service.received.length).toBe(1);
  const end = audit.end();
  await new Promise(setImmediate); // it has begun to wait
  answer.resolve({ status: 404, body: operationOutcome('RESOURCE_NOT_FOUND') });
  await Promise.all([traced, end]);
  expect(entries().map(({ event }) => event)).toEqual(['patient-trace', 'patient-trace-outcome', 'ended']);
});
