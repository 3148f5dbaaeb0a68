import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { readLastRun } from './last-run.ts';
import { openTrail } from './trail.ts';
import type { Actor, AuditEvent } from './trail-event.ts';
import { listTrailFiles } from './trail-folder.ts';

const nurse: Actor = {
  userId: '999999910000',
  roleId: '555000001',
  role: 'Nurse',
  organisation: 'Testing NHS Trust',
};
const doctor: Actor = { ...nurse, userId: '999999910001' };
const start = Date.parse('2026-11-23T14:00:00Z');

let folder: string;
let minute: number;

beforeEach(() => {
  folder = temporaryFolder();
  minute = 0;
});

type Step = readonly [AuditEvent, Actor | null];

/** A trail of one entry a minute from 14:01 on, behind `trail-begun` at 14:00. */
async function write(steps: readonly Step[]): Promise<void> {
  const now = () => {
    const at = new Date(start + minute * 60_000);
    minute += 1;
    return at;
  };
  const trail = openTrail({ folder: path.join(folder, 'audit'), workstation: 'WARD-7', now });
  for (const [event, actor] of steps) await trail.append({ ...event, workstation: 'WARD-7', actor });
}

const read = (now = new Date(start + 3_600_000)) => readLastRun(path.join(folder, 'audit'), now);

const started: Step = [{ event: 'started', version: '1', environment: 'SIMULATOR', recordsEnd: true }, null];
const signedIn = (actor: Actor): Step => [{ event: 'signed-in', purpose: 'sign-in' }, actor];
const signedOut = (actor: Actor): Step => [{ event: 'signed-out', fault: null }, actor];
const locked = (actor: Actor): Step => [{ event: 'locked' }, actor];
const trace = (actor: Actor): Step => [{ event: 'patient-trace', patient: null, from: 'viewer' }, actor];
const check = (
  actor: Actor,
  checkId: string,
  careSetting: 'unscheduled' | 'scheduled' = 'unscheduled',
): Step => [
  {
    event: 'cpis-query',
    query: 'check',
    checkId,
    patient: null,
    careSetting,
    mayNotify: careSetting === 'unscheduled',
    repeat: 'first',
  },
  actor,
];
const outcome = (actor: Actor, checkId: string, notification: 'sent' | 'not-sent'): Step => [
  { event: 'cpis-outcome', query: 'check', checkId, outcome: 'found', notification, fault: null },
  actor,
];
const dropped = (actor: Actor, checkId: string): Step => {
  const { kind, reference } = makeFault('patient-changed', 'ref-1');
  const fault = { kind, reference };
  const notification = 'unknown';
  return [
    { event: 'cpis-outcome', query: 'check', checkId, outcome: 'could-not-check', notification, fault },
    actor,
  ];
};

const nothing = { interrupted: undefined, leftCheckAt: undefined };

describe('H4: whether a session was interrupted', () => {
  test('no trail at all: nothing', () => expect(read()).toEqual(nothing));

  test('signed out: not, whatever came before', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'sent'), signedOut(nurse)]);
    expect(read()).toEqual(nothing);
  });

  test('no end after an unscheduled check: it was, and the check notified', async () => {
    await write([started, signedIn(nurse), trace(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'sent')]);
    expect(read()).toEqual({
      interrupted: { actor: nurse, notifiedAt: new Date('2026-11-23T14:04:00Z') },
      leftCheckAt: undefined,
    });
  });

  test('locked is no end', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'sent'), locked(nurse)]);
    expect(read().interrupted?.notifiedAt).toEqual(new Date('2026-11-23T14:03:00Z'));
  });

  test('two crashes in a row: the checks of the first still count', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'sent')]);
    await write([started, signedIn(nurse)]);
    expect(read().interrupted?.notifiedAt).toEqual(new Date('2026-11-23T14:03:00Z'));
  });

  test('a check that did not notify, or a scheduled one, is no reason to ask', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'not-sent')]);
    await write([check(nurse, 'b', 'scheduled')]);
    expect(read().interrupted).toEqual({ actor: nurse, notifiedAt: undefined });
  });

  test('nor is one that a former version recorded, in its words', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'not-sent')]);
    const [file] = listTrailFiles(path.join(folder, 'audit'));
    if (file === undefined) throw new Error('no trail');
    await writeFile(file.path, (await readFile(file.path, 'utf8')).replace('"not-sent"', '"not-told"'));
    expect(read().interrupted).toEqual({ actor: nurse, notifiedAt: undefined });
  });

  test('H14: a check of an earlier user does not count', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), locked(nurse), signedIn(doctor)]);
    expect(read().interrupted).toEqual({ actor: doctor, notifiedAt: undefined });
  });

  test('longer ago than a day: no more', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a')]);
    expect(read(new Date(start + 25 * 3_600_000))).toEqual(nothing);
  });

  test('lines that are no entries are passed over', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a')]);
    await appendFile(path.join(folder, 'audit', 'audit-000000000001.jsonl'), '{"event":"cpis-query"}\n{"eve');
    expect(read().interrupted?.notifiedAt).toEqual(new Date('2026-11-23T14:03:00Z'));
  });
});

describe('H5: whether the answer to an unscheduled check was never shown', () => {
  const at = new Date('2026-11-23T14:03:00Z');

  test('the run ended before it came', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a')]);
    expect(read().leftCheckAt).toEqual(at);
  });

  test('the viewer was quit before it came', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), signedOut(nurse), dropped(nurse, 'a')]);
    expect(read()).toEqual({ interrupted: undefined, leftCheckAt: at });
  });

  test('it came', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), outcome(nurse, 'a', 'sent')]);
    expect(read().leftCheckAt).toBeUndefined();
  });

  test('the user went on to another patient, and was told then', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a'), dropped(nurse, 'a'), trace(nurse)]);
    expect(read().leftCheckAt).toBeUndefined();
  });

  test('it was in an earlier run, and was said at the start of the last', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a')]);
    await write([started]);
    expect(read().leftCheckAt).toBeUndefined();
  });

  test('it was a scheduled check', async () => {
    await write([started, signedIn(nurse), check(nurse, 'a', 'scheduled')]);
    expect(read().leftCheckAt).toBeUndefined();
  });
});
