/** A clinic list against a service that answers over real HTTP. Time passes at once: `pace.test.ts` has the waits. */
import { beforeEach, describe, expect, test } from 'vitest';
import { type ClinicListView, summariseClinicList } from '../../../shared/clinic-list.ts';
import { makeFault } from '../../../shared/fault.ts';
import { auditDouble } from '../../audit/testing/test-audit.ts';
import type { AuditEvent } from '../../audit/trail-event.ts';
import { createPatientLookup, type PatientLookupDependencies } from '../patient-lookup.ts';
import { lookupDependencies } from '../testing/lookup-dependencies.ts';
import {
  type Answer,
  environmentAt,
  loopbackServiceForTests,
  type Reply,
} from '../testing/loopback-service.ts';
import {
  careTeams,
  currentPlan,
  firstChild,
  operationOutcome,
  patient,
  secondChild,
} from '../testing/synthetic.ts';
import { scheduled, unscheduled } from '../testing/test-lookup.ts';
import { createClinicList } from './clinic-list.ts';

const service = loopbackServiceForTests();

const bornOn = '2015-08-14';
const listOf = (...numbers: readonly string[]) => numbers.map((number) => `${number} ${bornOn}`).join('\n');

function open(further: Partial<PatientLookupDependencies> = {}) {
  const trail: AuditEvent[] = [];
  const views: (ClinicListView | undefined)[] = [];
  let at = Date.parse('2026-11-27T09:00:00Z');
  let monotonic = 0;
  const dependencies: PatientLookupDependencies = {
    ...lookupDependencies(environmentAt(service.origin)),
    now: () => new Date(at),
    wait: async (ms) => {
      at += ms;
    },
    audit: auditDouble(async (event) => void trail.push(event)),
    ...further,
  };
  const lookup = createPatientLookup(dependencies);
  const clinicList = createClinicList({
    ...dependencies,
    lookup,
    requestsPerSecond: 4,
    monotonicMs: () => monotonic,
    onChange: (view) => views.push(view),
    onClosed: () => undefined,
  });
  const ended = () =>
    expect.poll(() => ['finished', 'stopped'].includes(clinicList.view()?.progress.kind ?? '')).toBe(true);
  /** Starts a list, and waits until it has ended. */
  const check = async (list = listOf(firstChild)) => {
    expect(clinicList.start(list)).toEqual({ kind: 'started' });
    await ended();
  };
  const outcomes = () => clinicList.view()?.rows.map(({ outcome }) => outcome.kind);
  const passTime = (ms: number): void => {
    at += ms;
    monotonic += ms;
  };
  const setClockBack = (ms: number): void => {
    at -= ms;
  };
  return { trail, views, lookup, clinicList, ended, check, outcomes, passTime, setClockBack };
}

/** Keeps every answer until the returned function is called. */
function holdAnswers(answer: Answer): () => void {
  const released = Promise.withResolvers<void>();
  service.answerWith(async (received) => {
    await released.promise;
    return answer(received);
  });
  return released.resolve;
}

const numberOf = (url: URL) => url.pathname.split('/').at(-1) ?? '';

/** PDS has the patient as the list has; CP-IS answers as `cpis` does. */
const answering =
  (cpis: () => Reply): Answer =>
  ({ url }) =>
    url.pathname.endsWith('/CareTeam') ? cpis() : { body: patient(firstChild, { birthDate: bornOn }) };
const hasPlan = answering(() => ({ body: careTeams([currentPlan], firstChild) }));
const hasNone = answering(() => ({ body: careTeams([], firstChild) }));

beforeEach(() => service.answerWith(hasPlan));

test('traces and checks each patient silently, each recorded before it is sent', async () => {
  const { trail, outcomes, check } = open();
  const recordedBefore: (string | undefined)[] = [];
  const { received } = service;
  service.answerWith((received) => {
    recordedBefore.push(trail.at(-1)?.event);
    return hasPlan(received);
  });
  await check();
  expect(outcomes()).toEqual(['found']);
  expect(recordedBefore).toEqual(['patient-trace', 'cpis-query']);
  expect(trail).toMatchObject([
    { event: 'patient-trace', from: 'clinic-list', patient: firstChild },
    { event: 'patient-trace-outcome', outcome: 'traced' },
    { event: 'cpis-query', careSetting: 'scheduled', mayNotify: false, repeat: 'first' },
    { event: 'cpis-outcome', outcome: 'found', notification: 'not-sent' },
  ]);
  expect(received.map(({ headers }) => headers['isunscheduledaccessevent'])).toEqual([undefined, 'false']);
});

test('H2, H11: a record found with a warning of CP-IS has it in its row', async () => {
  const issue = [{ severity: 'warning', code: 'processing' }];
  const warning = { resource: { resourceType: 'OperationOutcome', issue } };
  const body = careTeams([currentPlan], firstChild);
  service.answerWith(answering(() => ({ body: { ...body, entry: [body['entry'], warning].flat() } })));
  const { clinicList, check } = open();
  await check();
  expect(clinicList.view()?.rows).toMatchObject([{ outcome: { kind: 'found', warned: true } }]);
});

test('H12: a row has the date of its answer, for a list that is open past midnight', async () => {
  const { clinicList, check, passTime } = open();
  await check();
  passTime(24 * 3_600_000);
  expect(clinicList.view()?.rows).toMatchObject([
    { at: { short: '27-Nov-2026 09:00', long: '27 November 2026 at 09:00' } },
  ]);
});

test('H20: a row says that the clock is in doubt, be it from the answer of CP-IS on', async () => {
  let doubted: Date | undefined;
  service.answerWith((received) => {
    if (received.url.pathname.endsWith('/CareTeam')) doubted = new Date('2027-01-01T09:00:00Z');
    return hasPlan(received);
  });
  const { clinicList, check } = open({ doubtedNow: () => doubted });
  await check();
  expect(clinicList.view()?.rows.map(({ notes }) => notes)).toEqual([['clock-doubted']]);
});

test('H3, H22: another date of birth than the list has: CP-IS is not asked, and nobody is named', async () => {
  const { clinicList, check } = open();
  await check(`${firstChild} 15/08/2015`);
  expect(service.received).toHaveLength(1);
  expect(clinicList.view()?.rows).toMatchObject([
    {
      patient: { name: undefined, born: { short: '15-Aug-2015' } },
      outcome: { kind: 'by-hand' },
      opens: false,
    },
  ]);
  expect(clinicList.open(1)).toMatchObject({ kind: 'gone' });
});

test('H2, H22: each way to fail is its own outcome, and none is "no record"', async () => {
  const failing = {
    '9990000018': { status: 500, body: operationOutcome('X') },
    '9990000026': { status: 404, body: operationOutcome('RESOURCE_NOT_FOUND') },
    '9990000034': { status: 200, body: {} },
  };
  service.answerWith(
    ({ url }) => failing[numberOf(url) as keyof typeof failing] ?? { status: 403, body: '' },
  );
  const { clinicList, outcomes, check } = open();
  await check(`${listOf('9990000018', '9990000026', '9990000034')}\n9990000019 ${bornOn}`);
  expect(outcomes()).toEqual(['could-not-check', 'by-hand', 'could-not-check', 'by-hand']);
  expect(summariseClinicList(clinicList.view()?.rows ?? [])).toBe(
    '2 checked: 0 records found, 0 no record, 2 could not be checked. 2 to check by hand.',
  );
});

test('a trail that cannot be written lets nothing be sent', async () => {
  const { outcomes, check } = open({
    audit: auditDouble(async () => makeFault('audit-unavailable', 'ref')),
  });
  await check();
  expect(service.received).toEqual([]);
  expect(outcomes()).toEqual(['could-not-check']);
});

describe('H22: the end of a list', () => {
  /** Starts a list of two and waits until its first request is at the service, which keeps it. */
  async function underWay() {
    const opened = open();
    const release = holdAnswers(hasPlan);
    opened.clinicList.start(listOf(firstChild, secondChild));
    await expect.poll(() => service.received.length).toBe(1);
    return { ...opened, release };
  }

  test('a stop shows at once, and the answer that comes late is dropped', async () => {
    const { clinicList, views, release, outcomes, trail } = await underWay();
    clinicList.steer('stop');
    expect(views.at(-1)?.progress).toEqual({ kind: 'stopped' });
    release();
    await expect.poll(() => trail.at(-1)?.event).toBe('patient-trace-outcome');
    expect(outcomes()).toEqual(['not-checked', 'not-checked']);
    expect(service.received).toHaveLength(1);
  });

  test('H10: a lock or a sign-out leaves nothing, and what comes late brings nothing back', async () => {
    const { clinicList, release, trail, views } = await underWay();
    clinicList.clear();
    const viewsBefore = views.length;
    release();
    await expect.poll(() => trail.at(-1)?.event).toBe('patient-trace-outcome');
    expect(clinicList.view()).toBeUndefined();
    expect(clinicList.current()).toBeUndefined();
    expect(views).toHaveLength(viewsBefore);
  });

  test('a second list starts only after the first', async () => {
    const { clinicList, release, check } = await underWay();
    expect(clinicList.start(listOf(firstChild))).toMatchObject({ kind: 'not-started' });
    clinicList.steer('stop');
    release();
    await check();
  });
});

test('a pause sends nothing until the list goes on', async () => {
  const { clinicList, ended } = open();
  clinicList.start(listOf(firstChild));
  clinicList.steer('pause');
  await expect.poll(() => clinicList.view()?.progress.kind).toBe('paused');
  const before = service.received.length;
  clinicList.steer('continue');
  await ended();
  expect(service.received.length - before).toBeGreaterThan(0);
});

test('a patient who is traced after the pause waits for the check, and no row says that it is being checked', async () => {
  const { clinicList, ended, outcomes } = open();
  service.answerWith(({ url }) => {
    if (url.pathname.endsWith('/CareTeam')) return { body: careTeams([], firstChild) };
    expect(outcomes()).toEqual(['checking', 'waiting']);
    clinicList.steer('pause');
    return { body: { ...patient(firstChild), birthDate: bornOn } };
  });
  clinicList.start(listOf(firstChild, secondChild));
  await expect.poll(outcomes).toEqual(['waiting', 'waiting']);
  expect(service.received).toHaveLength(1);
  clinicList.steer('stop');
  await ended();
  expect(outcomes()).toEqual(['not-checked', 'not-checked']);
});

test('H14: nothing is sent while a notice of a lock runs, also where script continues the list, which then goes on', async () => {
  const { clinicList, ended, outcomes } = open();
  service.answerWith((received) => {
    if (service.received.length === 1) clinicList.noticeChanged(true);
    return hasNone(received);
  });
  clinicList.start(listOf(firstChild));
  await expect.poll(outcomes).toEqual(['waiting']);
  clinicList.steer('continue');
  await expect.poll(outcomes).toEqual(['waiting']);
  expect(clinicList.view()?.progress.kind).toBe('paused');
  expect(service.received).toHaveLength(1);
  clinicList.noticeChanged(false);
  await ended();
  expect(outcomes()).toEqual(['no-record']);
});

test('H14: after the end of the session nothing of the list is recorded any more, also where that ends a notice', async () => {
  let permissions = lookupDependencies(environmentAt(service.origin)).permissions();
  const { clinicList, trail, outcomes } = open({ permissions: () => permissions });
  service.answerWith((received) => {
    clinicList.noticeChanged(true);
    return hasNone(received);
  });
  clinicList.start(listOf(firstChild, secondChild));
  await expect.poll(outcomes).toEqual(['waiting', 'waiting']);
  permissions = undefined;
  clinicList.noticeChanged(false);
  await expect.poll(outcomes).toEqual(['not-checked', 'waiting']);
  expect(trail.map(({ event }) => event)).toEqual(['patient-trace', 'patient-trace-outcome']);
});

test('a pause during the last line does not hold the next list', async () => {
  const { clinicList, check } = open();
  service.answerWith(
    answering(() => {
      clinicList.steer('pause');
      return { body: careTeams([], firstChild) };
    }),
  );
  await check();
  const before = service.received.length;
  await check(`${firstChild} 15/08/2015`);
  expect(service.received.length - before).toBe(1);
});

test('waits for a single check of the user', async () => {
  const { clinicList, lookup, ended } = open();
  const release = holdAnswers(hasNone);
  const single = lookup.trace({ nhsNumber: secondChild });
  clinicList.start(listOf(firstChild));
  await expect.poll(() => service.received.length).toBe(1);
  expect(clinicList.view()?.rows[0]?.outcome.kind).toBe('waiting');
  release();
  await single;
  await ended();
});

describe('a row that is opened', () => {
  /** Checks a list of one, and opens its row. */
  async function openRow() {
    const all = open();
    await all.check();
    const before = service.received.length;
    const opened = all.clinicList.open(1);
    if (opened.kind !== 'opened') throw new Error('not opened');
    return { ...all, opened, before };
  }

  test('is the patient on the screen with the kept answer, and sends nothing', async () => {
    const { lookup, opened, before } = await openRow();
    expect(opened).toMatchObject({ outcome: { kind: 'found' }, ageMs: 0 });
    expect(structuredClone(opened), 'crosses to the page').toEqual(opened);
    expect(lookup.keptCheck(opened.outcome.retrieval.checkId)?.outcome).toEqual(opened.outcome);
    expect(service.received).toHaveLength(before);
  });

  test('H4: cannot be checked in unscheduled care', async () => {
    const { lookup, opened, before } = await openRow();
    expect(await lookup.check(unscheduled(opened.patient.context))).toMatchObject({
      kind: 'not-asked',
      fault: { kind: 'request-refused' },
    });
    expect(service.received).toHaveLength(before);
  });

  test('H12: has the age of its answer', async () => {
    const { clinicList, passTime } = await openRow();
    passTime(600_000);
    expect(clinicList.open(1)).toMatchObject({ ageMs: 600_000 });
  });

  test('H12: has its age though the clock was set back', async () => {
    const { clinicList, passTime, setClockBack } = await openRow();
    passTime(600_000);
    setClockBack(300_000);
    expect(clinicList.open(1)).toMatchObject({ ageMs: 600_000 });
  });

  test('takes the outcome of a further check into the list', async () => {
    const { lookup, outcomes, opened } = await openRow();
    service.answerWith(hasNone);
    await lookup.check(scheduled(opened.patient.context));
    expect(outcomes()).toEqual(['no-record']);
  });
});

test.each([
  ['a role that may not check in scheduled care', { scheduled: { kind: 'refused', reason: 'no' } }],
  ['nobody signed in', undefined],
] as const)('starts no list for %s', (_, permissions) => {
  const { clinicList } = open({
    permissions: () => permissions && { unscheduled: { kind: 'allowed' }, ...permissions },
  });
  expect(clinicList.start(listOf(firstChild))).toMatchObject({ kind: 'not-started' });
});

test('a role that does not list scheduled care starts one: the screen has warned, and CP-IS has the last word', async () => {
  const scheduled = { kind: 'uncertain', warning: 'Your role may not let you' } as const;
  const { outcomes, check } = open({
    permissions: () => ({ unscheduled: { kind: 'allowed' }, scheduled }),
  });
  service.answerWith(answering(() => ({ status: 403, body: operationOutcome('ACCESS_DENIED') })));
  await check();
  expect(outcomes()).toEqual(['denied']);
});
