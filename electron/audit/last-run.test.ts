import { appendFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { makeFault } from '../../shared/fault.ts';
import { readLastRun } from './last-run.ts';
import { append, checkOutcome, checkQuery, firstFileOf, nurse, openTestTrail } from './testing/test-trail.ts';
import type { Actor, AuditEvent } from './trail-event.ts';

const doctor: Actor = { ...nurse, userId: '999999910001' };
const start = Date.parse('2026-11-23T14:00:00Z');

let folder: string;
let minute: number;

beforeEach(() => {
  folder = path.join(temporaryFolder(), 'audit');
  minute = 0;
});

type Step = readonly [AuditEvent, Actor | null];

/** A trail of one entry a minute from 14:01 on, behind `trail-begun` at 14:00; each list is of a run of the viewer. */
async function write(...runs: readonly (readonly Step[])[]): Promise<void> {
  for (const steps of runs) {
    const trail = openTestTrail(folder, { now: () => new Date(start + minute++ * 60_000) });
    for (const [event, actor] of steps) await append(trail, [event], actor);
  }
}

const read = (now = new Date(start + 3_600_000)) => readLastRun(folder, now);

const started: Step = [{ event: 'started', version: '1', environment: 'SIMULATOR', recordsEnd: true }, null];
const signedIn = (actor: Actor): Step => [{ event: 'signed-in', purpose: 'sign-in' }, actor];
const signedOut = (actor: Actor): Step => [{ event: 'signed-out', fault: null }, actor];
const locked = (actor: Actor): Step => [{ event: 'locked' }, actor];
const trace = (actor: Actor): Step => [{ event: 'patient-trace', patient: null, from: 'viewer' }, actor];
const check = (
  actor: Actor,
  checkId: string,
  careSetting: 'unscheduled' | 'scheduled' = 'unscheduled',
): Step => [{ ...checkQuery, checkId, careSetting, mayNotify: careSetting === 'unscheduled' }, actor];
const outcome = (actor: Actor, checkId: string, notification: 'sent' | 'not-sent'): Step => [
  { ...checkOutcome, checkId, notification },
  actor,
];
const dropped = (actor: Actor, checkId: string): Step => {
  const { kind, reference } = makeFault('patient-changed', 'ref-1');
  const given = { outcome: 'could-not-check', notification: 'unknown', fault: { kind, reference } } as const;
  return [{ ...checkOutcome, checkId, ...given }, actor];
};

const nothing = { interrupted: undefined, leftCheckAt: undefined };

/** The beginning of most runs: the check is the third entry of the trail, at 14:03. */
const asked = [started, signedIn(nurse), check(nurse, 'a')];
const answered = [...asked, outcome(nurse, 'a', 'sent')];
const at = new Date('2026-11-23T14:03:00Z');

describe('H4: whether a session was interrupted', () => {
  test('no trail at all: nothing', () => expect(read()).toEqual(nothing));

  test('signed out: not, whatever came before', async () => {
    await write([...answered, signedOut(nurse)]);
    expect(read()).toEqual(nothing);
    await write([...asked, signedOut(nurse), dropped(nurse, 'a')]);
    expect(read().interrupted).toBeUndefined();
  });

  test.each<[string, readonly (readonly Step[])[], Actor, Date | undefined]>([
    ['no end after an unscheduled check: it was, and the check notified', [answered], nurse, at],
    ['locked is no end', [[...answered, locked(nurse)]], nurse, at],
    [
      'two crashes in a row: the checks of the first still count',
      [answered, [started, signedIn(nurse)]],
      nurse,
      at,
    ],
    [
      'a check that did not notify, or a scheduled one, is no reason to ask',
      [[...asked, outcome(nurse, 'a', 'not-sent')], [check(nurse, 'b', 'scheduled')]],
      nurse,
      undefined,
    ],
    [
      'H14: a check of an earlier user does not count',
      [[...asked, locked(nurse), signedIn(doctor)]],
      doctor,
      undefined,
    ],
  ])('%s', async (_case, runs, actor, notifiedAt) => {
    await write(...runs);
    expect(read().interrupted).toEqual({ actor, notifiedAt });
  });

  test('a check that a former version recorded as not notifying, in its words, is no reason to ask', async () => {
    await write([...asked, outcome(nurse, 'a', 'not-sent')]);
    const file = firstFileOf(folder);
    await writeFile(file, (await readFile(file, 'utf8')).replace('"not-sent"', '"not-told"'));
    expect(read().interrupted).toEqual({ actor: nurse, notifiedAt: undefined });
  });

  test('longer ago than a day: no more', async () => {
    await write(asked);
    expect(read(new Date(start + 25 * 3_600_000))).toEqual(nothing);
  });

  test('lines that are no entries are passed over', async () => {
    await write(asked);
    await appendFile(firstFileOf(folder), '{"event":"cpis-query"}\n{"eve');
    expect(read().interrupted?.notifiedAt).toEqual(at);
  });
});

test.each<[string, readonly (readonly Step[])[], ReturnType<typeof readLastRun>['leftCheckAt']]>([
  ['the run ended before it came', [asked], at],
  ['the viewer was quit before it came', [[...asked, signedOut(nurse), dropped(nurse, 'a')]], at],
  ['it came', [answered], undefined],
  [
    'the user went on to another patient, and was told then',
    [[...asked, dropped(nurse, 'a'), trace(nurse)]],
    undefined,
  ],
  ['it was in an earlier run, and was said at the start of the last', [asked, [started]], undefined],
  ['it was a scheduled check', [[started, signedIn(nurse), check(nurse, 'a', 'scheduled')]], undefined],
])('H5: whether the answer to an unscheduled check was never shown: %s', async (_case, runs, leftCheckAt) => {
  await write(...runs);
  expect(read().leftCheckAt).toEqual(leftCheckAt);
});
