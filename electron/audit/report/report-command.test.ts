import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { createTestTerminal } from '../../testing/test-terminal.ts';
import { runReport } from '../command.ts';
import { parseAuditCommand } from '../command-line.ts';
import { checkOutcome, checkQuery, nurse, openTestTrail, workstation } from '../testing/test-trail.ts';
import type { Trail } from '../trail.ts';
import type { Actor, AuditEvent } from '../trail-event.ts';

let parent: string;
let folder: string;
let trail: Trail;
let count: number;

const patient = 'eyJhbGciOiJFQ0RILUVTIn0..synthetic';

/** Each trail begins at a time of its own: two that begin alike are copies of one. */
let begun = 0;

const open = (at: string, largestFileBytes?: number) =>
  openTestTrail(at, {
    now: () => new Date(Date.UTC(2026, 9, 22, 12, 0, begun++)),
    ...(largestFileBytes === undefined ? {} : { largestFileBytes }),
  });

beforeEach(() => {
  parent = temporaryFolder();
  folder = path.join(parent, 'audit');
  trail = open(folder);
  count = 0;
});

const write = (at: string, event: AuditEvent, actor = nurse) =>
  trail.append({ ...event, workstation, actor }, new Date(at));

type CheckOutcome = 'found' | 'no-record' | 'denied' | 'could-not-check';

/** A patient found at `at`, asked about 10 s later and answered 2 s after that. */
async function check(at: string, outcome: CheckOutcome = 'no-record', actor = nurse): Promise<void> {
  count += 1;
  const after = (seconds: number) => new Date(Date.parse(at) + seconds * 1_000).toISOString();
  const checkId = `check-${count}`;
  await write(at, { event: 'patient-trace-outcome', outcome: 'traced', patient, fault: null }, actor);
  await write(after(10), { ...checkQuery, checkId, patient }, actor);
  const fault =
    outcome === 'could-not-check' ? ({ kind: 'timed-out', reference: 'reference-1' } as const) : null;
  const notification = outcome === 'found' ? 'sent' : 'unknown';
  await write(after(12), { ...checkOutcome, checkId, outcome, notification, fault }, actor);
}

/** So many checks on this day, one a second. */
async function checks(count: number, day: string, outcome?: CheckOutcome, actor?: Actor): Promise<void> {
  for (let each = 0; each < count; each += 1) await check(`${day}T14:00:${10 + each}Z`, outcome, actor);
}

async function copyFiles(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const name of await readdir(from)) await copyFile(path.join(from, name), path.join(to, name));
}

async function run(...args: readonly string[]) {
  const output = path.join(parent, `report-${(await readdir(parent)).length}.json`);
  const command = parseAuditCommand(['report', `--output=${output}`, ...args], folder);
  if (command.kind !== 'report') throw new Error('problem' in command ? command.problem : command.kind);
  const { terminal, written } = createTestTerminal();
  const code = await runReport(command, terminal);
  expect(written.out).toBe('');
  const text = code === 2 ? '' : await readFile(command.outputFile, 'utf8');
  return { code, error: written.error, text, file: command.outputFile };
}

const exact = '--small-numbers=shown';

async function json(...args: readonly string[]) {
  const { text, ...rest } = await run(...args);
  return { ...rest, report: JSON.parse(text) };
}

const byDay = (report: { checks: { byDay: { day: string; count: unknown }[] } }) =>
  Object.fromEntries(report.checks.byDay.map(({ day, count: each }) => [day, each]));

describe('what is counted', () => {
  test('checks by day, hour, organisation, role, care setting and outcome; failures; times; copies and prints', async () => {
    await check('2026-11-23T14:32:00Z', 'found');
    await check('2026-11-23T23:59:55Z', 'could-not-check');
    await check('2026-11-25T14:00:00Z', 'no-record', { ...nurse, userId: '999999910009', role: 'Doctor' });
    await write('2026-11-25T14:01:00Z', { event: 'copied' });
    for (const checkId of ['check-1', 'check-3'])
      await write('2026-11-25T14:01:00Z', { event: 'record-copied', checkId });
    await write('2026-11-25T14:01:00Z', { event: 'print' });
    await write('2026-11-25T14:02:00Z', { event: 'print-outcome', outcome: 'sent', fault: null });
    await write('2026-11-25T14:03:00Z', { event: 'save-pdf' });
    await write('2026-11-25T14:04:00Z', { event: 'save-pdf-outcome', outcome: 'saved', fault: null });
    await write('2026-11-25T15:00:00Z', {
      event: 'sign-in-failed',
      purpose: 'sign-in',
      fault: { kind: 'sign-in-cancelled', reference: 'reference-2' },
    });
    const { code, report } = await json(exact);
    expect(code).toBe(0);
    expect(byDay(report)).toEqual({ '2026-11-23': 1, '2026-11-24': 1, '2026-11-25': 1 });
    expect(report.checks.byHour[14]).toEqual({ hour: 14, count: 2 });
    expect(report.checks.byHour[0]).toEqual({ hour: 0, count: 1 });
    expect(report).toMatchObject({
      period: { first: '2026-11-23', last: '2026-11-25' },
      users: 2,
      workstations: 1,
      checks: {
        all: 3,
        notified: 1,
        mayHaveNotified: 2,
        byOrganisation: [{ name: 'Testing NHS Trust', count: 3 }],
        byRole: [
          { name: 'Nurse', count: 2 },
          { name: 'Doctor', count: 1 },
        ],
        byCareSettingAndOutcome: [
          {
            careSetting: 'unscheduled',
            all: 3,
            outcomes: [
              { name: 'found', count: 1 },
              { name: 'no-record', count: 1 },
              { name: 'denied', count: 0 },
              { name: 'could-not-check', count: 1 },
            ],
          },
          { careSetting: 'scheduled', all: 0 },
        ],
      },
      failures: [
        { step: 'check', kind: 'timed-out', count: 1 },
        { step: 'sign-in', kind: 'sign-in-cancelled', count: 1 },
      ],
      foundToAnswer: { answers: 2, medianSeconds: 12, p95Seconds: 12 },
      askedToAnswer: { answers: 2, medianSeconds: 2, p95Seconds: 2 },
      copiesAndPrints: {
        copied: 1,
        recordCopied: 2,
        printed: 1,
        printsSent: 1,
        printsCancelled: 0,
        printsFailed: 0,
      },
    });
  });

  test('a check without an outcome, where the viewer was killed meanwhile', async () => {
    await write('2026-11-23T14:00:00Z', {
      ...checkQuery,
      checkId: 'left',
      careSetting: 'scheduled',
      mayNotify: false,
      repeat: 'again',
    });
    await write('2026-11-23T14:05:00Z', {
      event: 'started',
      version: '1',
      environment: 'test',
      recordsEnd: true,
    });
    const { report } = await json(exact);
    expect(report.checks).toMatchObject({ all: 1, repeated: 1 });
    expect(report.checks.byCareSettingAndOutcome[1].outcomes.at(-1)).toEqual({
      name: 'no-outcome',
      count: 1,
    });
  });

  test('of a patient only the first answer says how long one takes', async () => {
    await check('2026-11-23T14:00:00Z', 'found');
    await write('2026-11-23T14:30:00Z', { ...checkQuery, checkId: 'again', patient, repeat: 'again' });
    await write('2026-11-23T14:30:01Z', { ...checkOutcome, checkId: 'again' });
    const { report } = await json(exact);
    expect(report.foundToAnswer).toMatchObject({ answers: 1, p95Seconds: 12 });
    expect(report.askedToAnswer).toMatchObject({ answers: 2 });
  });

  test('within --since and --until, both days included; a check belongs to the day on which it was asked for', async () => {
    await check('2026-11-22T23:59:45Z');
    await check('2026-11-23T10:00:00Z');
    await check('2026-11-24T10:00:00Z');
    await check('2026-11-25T10:00:00Z');
    const { report } = await json(exact, '--since=2026-11-23', '--until', '2026-11-24');
    expect(byDay(report)).toEqual({ '2026-11-23': 1, '2026-11-24': 1 });
    expect(report.checks.all).toBe(2);
  });
});

describe('days and hours', () => {
  beforeEach(async () => {
    // 25 October 2026, 01:30 in summer time, and an hour later 01:30 again.
    await check('2026-10-25T00:30:00Z');
    await check('2026-10-25T01:30:00Z');
    await check('2026-10-25T23:30:00Z');
    // In summer time this was the next day already.
    await check('2026-10-23T23:30:00Z');
  });

  test('are of UK time; the hour that comes twice in autumn is one, and the report says so', async () => {
    const { report } = await json(exact);
    expect(report.timeZone).toBe('Europe/London');
    expect(byDay(report)).toEqual({ '2026-10-24': 1, '2026-10-25': 3 });
    expect(report.checks.byHour[1]).toEqual({ hour: 1, count: 2 });
    expect(report.clockChanges).toEqual([{ day: '2026-10-25', direction: 'back' }]);
    const { text } = await run('--format=html');
    expect(text).toContain('Days and hours are UK time.');
    expect(text).toContain(
      'On 25-Oct-2026 the clocks went back: the hour from 01:00 came twice, and both are counted as one.',
    );
  });

  test('or of UTC, which knows no change', async () => {
    const { report } = await json(exact, '--time-zone=UTC');
    expect(byDay(report)).toEqual({ '2026-10-23': 1, '2026-10-24': 0, '2026-10-25': 3 });
    expect(report.checks.byHour[0]).toEqual({ hour: 0, count: 1 });
    expect(report.checks.byHour[1]).toEqual({ hour: 1, count: 1 });
    expect(report.clockChanges).toEqual([]);
    const { text } = await run('--format=html', '--time-zone=UTC');
    expect(text).toContain('Days and hours are in UTC');
  });
});

describe('what is not in it', () => {
  test('H10: a report shows no count from 1 to 7, and rounds the others, in no format', async () => {
    await checks(12, '2026-11-23');
    await check('2026-11-24T14:00:00Z', 'found');
    const { report } = await json();
    expect(report.checks.all).toBe(15);
    expect(byDay(report)).toEqual({ '2026-11-23': 10, '2026-11-24': '*' });
    expect(report.checks).toMatchObject({ notified: '*', byOrganisation: [{ count: 15 }] });
    expect(report.users).toBe('*');
    const { text: csv } = await run('--format=csv');
    expect(csv).toContain('checks by day,2026-11-24,,*\r\n');
    expect(csv).not.toMatch(/^(?:checks|failures|copies)[^\r]*,(?:[1-7]|1[1-4])\r$/m);
    const { text: page } = await run('--format=html');
    expect(page).toContain('Fewer than 8 checks found a record');
    expect(page).not.toMatch(/<td[^>]*>(?:[1-7]|1[1-4])</);
  });

  test('of fewer than 8 answers no time is told', async () => {
    await check('2026-11-23T14:00:00Z');
    const { report } = await json();
    expect(report.foundToAnswer).toEqual({ answers: '*', medianSeconds: '*', p95Seconds: '*' });
  });

  test('H10: a report names no patient, no user, no check and no folder', async () => {
    await checks(9, '2026-11-23', 'could-not-check');
    for (const format of ['html', 'csv', 'json']) {
      const { text } = await run(`--format=${format}`, exact);
      for (const secret of [patient, nurse.userId, nurse.roleId, 'check-', 'reference-', parent, workstation])
        expect(text).not.toContain(secret);
    }
  });

  test('nothing that a page or a spreadsheet would run', async () => {
    const role = '=1+1<script>alert(1)</script>"\u202e';
    await checks(9, '2026-11-23', 'no-record', { ...nurse, role });
    const { text: page } = await run('--format=html');
    expect(page).toContain('=1+1&#60;script&#62;alert(1)&#60;/script&#62;&#34;\\u202e');
    expect(page).not.toMatch(/<script|\son\w+=|javascript:|https?:\/\//i);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
    const { text: csv } = await run('--format=csv');
    expect(csv).toContain(`"'=1+1<script>`);
    expect(csv).not.toContain('\u202e');
  });
});

describe('many trails', () => {
  test('by several --from, and by the folder above them', async () => {
    const [one, two] = [path.join(parent, 'all/WARD-1/nurse/audit'), path.join(parent, 'all/WARD-2/audit')];
    trail = open(one);
    await checks(3, '2026-11-23');
    trail = open(two);
    await checks(4, '2026-11-23');
    const several = await json(exact, `--from=${one}`, '--from', two);
    expect(several).toMatchObject({ code: 0, report: { checks: { all: 7 }, trails: { count: 2 } } });
    expect((await json(exact, `--from=${path.join(parent, 'all')}`)).report).toMatchObject({
      checks: { all: 7 },
    });
    expect(several.error).toContain(`Trail 1: ${one}\n`);
  });

  test('a copy beside its original is counted once, and so is what the workstation has kept of its archive', async () => {
    trail = open(folder, 2_000);
    await checks(10, '2026-11-23');
    const archive = path.join(parent, 'archive');
    await copyFiles(folder, archive);
    const files = (await readdir(folder)).filter((name) => name.startsWith('audit-')).toSorted();
    for (const name of files.slice(0, -1)) await rm(path.join(folder, name));
    await checks(5, '2026-11-24');

    const alone = await json(exact);
    expect(alone).toMatchObject({ code: 1 });
    expect(alone.report.trails.notWhole[0].problems[0]).toMatch(/entries 1 to \d+ are missing before entry/);

    const both = await json(exact, `--from=${folder}`, `--from=${archive}`, `--from=${archive}`);
    expect(both).toMatchObject({ code: 0, report: { checks: { all: 15 }, trails: { notWhole: [] } } });
    expect(both.error).toMatch(/Entries: \d+, of which \d+ are in another folder too/);
  });

  test('another continuation of the same beginning is a problem', async () => {
    await check('2026-11-23T14:00:00Z');
    const copy = path.join(parent, 'copy');
    await copyFiles(folder, copy);
    await check('2026-11-23T15:00:00Z');
    trail = open(copy);
    await check('2026-11-23T16:00:00Z');
    await check('2026-11-23T17:00:00Z');
    const { code, error } = await run(`--from=${folder}`, `--from=${copy}`);
    expect(code).toBe(1);
    expect(error).toContain('one of them was rewritten');
  });
});

describe('a trail that is not whole', () => {
  test('is said first on the page, in the data and by the exit code; what can be read is counted', async () => {
    await check('2026-11-23T14:00:00Z', 'found');
    await check('2026-11-24T14:00:00Z', 'found');
    const file = path.join(folder, 'audit-000000000001.jsonl');
    const text = await readFile(file, 'utf8');
    await writeFile(file, text.replace('"seq":2', '"seq":9'));
    const { code, error, report } = await json(exact);
    expect(code).toBe(1);
    expect(error).toContain('THE TRAIL IS NOT WHOLE.');
    expect(report).toMatchObject({ checks: { all: 2 }, trails: { notWhole: [{ number: 1 }] } });
    const { text: page } = await run('--format=html');
    expect(page.indexOf('The trail is not whole')).toBeGreaterThan(0);
    expect(page.indexOf('The trail is not whole')).toBeLessThan(page.indexOf('Checks of CP-IS'));
    expect((await run('--format=csv')).text).toContain('problem,trail 1,,');
  });
});

describe('ends with 2, in plain words, and leaves no file', () => {
  test.each([
    [
      'a folder that is not there',
      () => [`--from=${path.join(parent, 'nowhere')}`],
      /nowhere is not there\.\n$/,
    ],
    ['a folder without a trail', () => [`--from=${parent}`], /^There is no trail in .*\.\n$/],
  ])('%s', async (_name, args, words) => {
    const { code, error, file } = await run(...args());
    expect(code).toBe(2);
    expect(error).toMatch(words);
    await expect(stat(file)).rejects.toThrow('ENOENT');
  });

  test('a file that is there', async () => {
    await check('2026-11-23T14:00:00Z');
    const { file } = await run();
    const { code, error } = await run(`--output=${file}`);
    expect(code).toBe(2);
    expect(error).toMatch(/is there already\.\n$/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });
});

test('a trail without a check says so', async () => {
  await write('2026-11-23T14:00:00Z', { event: 'locked' });
  const { text } = await run('--format=html');
  expect(text).toContain('CP-IS was not checked');
});
