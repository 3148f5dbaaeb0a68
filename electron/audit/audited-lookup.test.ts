import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mountSmallDisk } from '../../e2e/doubles/small-disk.ts';
import { type NhsNumber, parseNhsNumber } from '../../shared/clinical/nhs-number.ts';
import { type Fault, makeFault } from '../../shared/fault.ts';
import type { CheckOutcome } from '../../shared/outcome.ts';
import type {
  CpisQuery,
  NumberedTraceOutcome,
  PatientLookup,
  UnauditedPatientLookup,
} from '../clinical/patient-lookup.ts';
import { type Audit, createAudit } from './audit.ts';
import { auditPatientLookup, recordCpisQuery } from './audited-lookup.ts';
import { createDecrypter, createEncrypter } from './jwe.ts';
import { openTrail } from './trail.ts';
import type { Actor } from './trail-event.ts';
import { verifyTrail } from './verify.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const decrypter = createDecrypter(privateKey.export({ format: 'pem', type: 'pkcs8' }).toString());
const encrypter = createEncrypter(publicKey.export({ format: 'pem', type: 'spki' }).toString());

const nhsNumber = valid('9990000018');
const replacement = valid('9990000026');
const actor: Actor = {
  userId: '999999910000',
  roleId: '999999910001',
  role: 'Nurse',
  organisation: 'Testing NHS Trust',
};

let parent: string;
let folder: string;
let failures: [Fault, string][];
let signedIn: Actor | undefined;
let unmount: () => void;

beforeEach(async () => {
  parent = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-audit-'));
  folder = path.join(parent, 'audit');
  failures = [];
  signedIn = actor;
  unmount = () => undefined;
});

afterEach(async () => {
  unmount();
  await rm(parent, { recursive: true, force: true });
});

function valid(text: string): NhsNumber {
  const parsed = parseNhsNumber(text);
  if (parsed.kind === 'invalid') throw new Error(text);
  return parsed.nhsNumber;
}

function openAudit(withKey = true): Audit {
  return createAudit({
    trail: openTrail({ folder, workstation: 'WARD-7', now: () => new Date() }),
    workstation: 'WARD-7',
    encrypter: withKey ? encrypter : undefined,
    actor: () => signedIn,
    now: () => new Date(),
    newReference: () => 'ref-1',
    onFailure: (fault, reason) => failures.push([fault, reason]),
  });
}

/** A double of the patient lookup: records its requests and returns prepared outcomes. */
function services(answers: { readonly trace?: NumberedTraceOutcome; readonly check?: CheckOutcome } = {}) {
  const retrieval: string[] = [];
  const lookup: UnauditedPatientLookup = {
    trace: async () => {
      retrieval.push('trace');
      return answers.trace ?? { kind: 'not-found', fault: makeFault('patient-not-found', 'pds-1') };
    },
    search: async () => {
      retrieval.push('search');
      return { kind: 'too-many' };
    },
    openPatient: () => undefined,
    discard: async () => {
      retrieval.push('discard');
      return undefined;
    },
    check: async () => answers.check ?? { kind: 'not-asked', fault: makeFault('role-not-allowed', 'role-1') },
    history: async () => ({ kind: 'could-not-read', fault: makeFault('busy', 'cpis-2') }),
    clear: () => undefined,
  };
  return { lookup, retrieval };
}

const entries = () => verifyTrail(folder).entries.slice(1);

const query: CpisQuery = {
  query: 'check',
  nhsNumber,
  careSetting: 'unscheduled',
  mayNotify: true,
  repeat: 'first',
  checkId: 'check-1',
};

test('a trace is recorded before the request to PDS, and its outcome with the number that PDS gave', async () => {
  const audit = openAudit();
  const banner = { name: '', born: { short: '', long: '' }, gender: '', nhsNumber: '', died: undefined };
  const traced: NumberedTraceOutcome = {
    kind: 'traced',
    nhsNumber: replacement,
    patient: { context: 'context-1', banner, notes: [] },
  };
  const shown = await auditPatientLookup(services({ trace: traced }).lookup, audit).trace({ nhsNumber });
  expect(shown, 'what the page gets').toEqual({ kind: 'traced', patient: traced.patient });
  await audit.settled();
  const [trace, outcome] = entries();
  expect(trace).toMatchObject({ event: 'patient-trace', actor, workstation: 'WARD-7' });
  expect(outcome).toMatchObject({ event: 'patient-trace-outcome', outcome: 'traced', fault: null });
  expect([trace, outcome].map((entry) => decrypter?.decrypt(String(entry?.['patient'])))).toEqual([
    nhsNumber,
    replacement,
  ]);
});

describe('H3: what ends while a trace or a search is being recorded ends that too', () => {
  const searchFor = { familyName: 'A', givenNames: [], dateOfBirth: '2015-01-01' };

  test.each<[string, (lookup: PatientLookup) => unknown]>([
    ['the end of the page', (lookup) => lookup.clear('page-lost')],
    ['a lock', (lookup) => lookup.clear('lock')],
    ['a patient who is left', (lookup) => lookup.discard()],
  ])('%s', async (_name, end) => {
    const audit = openAudit();
    const { lookup, retrieval } = services();
    const audited = auditPatientLookup(lookup, audit);
    const traced = audited.trace({ nhsNumber });
    end(audited);
    expect(await traced).toMatchObject({ kind: 'could-not-trace', fault: { kind: 'patient-changed' } });
    const searched = audited.search(searchFor);
    end(audited);
    expect(await searched).toMatchObject({ kind: 'could-not-search', fault: { kind: 'patient-changed' } });
    expect(retrieval.filter((asked) => asked !== 'discard')).toEqual([]);
    await audit.settled();
    expect(entries()).toMatchObject([
      { event: 'patient-trace' },
      { event: 'patient-trace-outcome', outcome: 'could-not-trace' },
      { event: 'patient-search' },
      { event: 'patient-search-outcome', outcome: 'could-not-search' },
    ]);
  });

  test('and nobody is open behind one that cannot be recorded', async () => {
    await writeFile(folder, '');
    for (const begin of ['trace', 'search'] as const) {
      const { lookup, retrieval } = services();
      const audited = auditPatientLookup(lookup, openAudit());
      const outcome = begin === 'trace' ? audited.trace({ nhsNumber }) : audited.search(searchFor);
      expect(await outcome).toMatchObject({ fault: { kind: 'audit-unavailable' } });
      expect(retrieval, begin).toEqual(['discard']);
    }
  });
});

test('a CP-IS query carries its setting, effect and references; the NHS number only encrypted', async () => {
  const audit = openAudit();
  expect(await recordCpisQuery(audit, query)).toBeUndefined();
  const [entry] = entries();
  const { nhsNumber: _number, ...rest } = query;
  expect(entry).toMatchObject({ event: 'cpis-query', ...rest, actor });
  expect(JSON.stringify(entry)).not.toContain(nhsNumber);
  expect(decrypter?.decrypt(String(entry?.['patient']))).toBe(nhsNumber);
});

test('H10: without a key no NHS number is kept, in any form', async () => {
  await recordCpisQuery(openAudit(false), query);
  expect(entries()).toMatchObject([{ event: 'cpis-query', patient: null }]);
});

test('one check that two clicks wait for has one outcome', async () => {
  const audit = openAudit();
  const retrieval = {
    checkId: 'check-1',
    retrievedAt: '2026-11-23T14:00:00.000Z',
    sentence: '',
    careSetting: 'unscheduled',
    notification: 'may-have-been-told',
  } as const;
  const lookup = auditPatientLookup(services({ check: { kind: 'no-record', retrieval } }).lookup, audit);
  const request = { context: 'c', careSetting: 'unscheduled', repeat: 'first' } as const;
  await Promise.all([lookup.check(request), lookup.check(request)]);
  await audit.settled();
  expect(entries()).toMatchObject([
    {
      event: 'cpis-outcome',
      checkId: 'check-1',
      outcome: 'no-record',
      notification: 'may-have-been-told',
      fault: null,
    },
  ]);
});

test('a refused check and a failed history are recorded with their references', async () => {
  const audit = openAudit();
  const lookup = auditPatientLookup(services().lookup, audit);
  await lookup.check({ context: 'c', careSetting: 'unscheduled', repeat: 'first' });
  await lookup.history({ checkId: 'check-1', from: 0 });
  await audit.settled();
  expect(entries()).toMatchObject([
    { outcome: 'not-asked', checkId: null, fault: { kind: 'role-not-allowed', reference: 'role-1' } },
    { outcome: 'could-not-read', checkId: 'check-1', fault: { kind: 'busy', reference: 'cpis-2' } },
  ]);
});

test('an outcome after the sign-out still has the actor of its request', async () => {
  const audit = openAudit();
  const { lookup } = services();
  const late = auditPatientLookup(
    {
      ...lookup,
      trace: (request) => {
        signedIn = undefined;
        return lookup.trace(request);
      },
    },
    audit,
  );
  await late.trace({ nhsNumber });
  await audit.settled();
  expect(entries().map((entry) => entry['actor'])).toEqual([actor, actor]);
});

test('on a full disk no request is sent, in plain words; once there is space it goes on', async () => {
  const disk = mountSmallDisk(folder);
  unmount = disk.unmount;
  const audit = openAudit();
  await audit.record({ event: 'copied' });
  disk.fill();
  const { lookup, retrieval } = services();
  const audited = auditPatientLookup(lookup, audit);

  const outcome = await audited.trace({ nhsNumber });
  expect(outcome).toEqual({
    kind: 'could-not-trace',
    fault: {
      kind: 'audit-unavailable',
      reference: 'ref-1',
      happened: "This computer's disk is full: the audit trail could not be written, so nothing was asked.",
      action: 'Give the reference to your IT service desk.',
    },
  });
  expect(await audited.search({ familyName: 'X', givenNames: [], dateOfBirth: '2015-01-01' })).toMatchObject({
    kind: 'could-not-search',
    fault: { kind: 'audit-unavailable' },
  });
  expect(await recordCpisQuery(audit, query)).toMatchObject({ kind: 'audit-unavailable' });
  expect(retrieval).toEqual(['discard', 'discard']);
  expect(failures.map(([, reason]) => reason)).toEqual(['ENOSPC', 'ENOSPC', 'ENOSPC']);
  expect(audit.state().lastFailure).toMatchObject({ reference: 'ref-1' });

  disk.free();
  await audited.trace({ nhsNumber });
  await audit.settled();
  expect(retrieval).toEqual(['discard', 'discard', 'discard', 'trace']);
  expect(audit.state().lastFailure).toBeUndefined();
  expect(verifyTrail(folder).findings.filter(({ kind }) => kind === 'problem')).toEqual([]);
});

test('H5: the end waits for the outcome of pending requests', async () => {
  const audit = openAudit();
  let answer: (outcome: NumberedTraceOutcome) => void = () => undefined;
  const { lookup } = services();
  const slow = auditPatientLookup(
    { ...lookup, trace: () => new Promise<NumberedTraceOutcome>((resolve) => (answer = resolve)) },
    audit,
  );
  const traced = slow.trace({ nhsNumber });
  await audit.settled();
  const end = audit.end();
  await new Promise(setImmediate); // it has begun to wait
  answer({ kind: 'not-found', fault: makeFault('patient-not-found', 'pds-1') });
  await Promise.all([traced, end]);
  expect(entries().map(({ event }) => event)).toEqual(['patient-trace', 'patient-trace-outcome', 'ended']);
});
