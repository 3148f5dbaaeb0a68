import { chmod, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Log, openLog } from './log.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (level: 'faults' | 'events' = 'events'): Log =>
  openLog(folder, level, () => new Date('2026-11-23T14:32:00Z'));

const fault = (reference: string, detail = 'cpis.check') =>
  ({ event: 'fault', kind: 'offline', reference, detail }) as const;

const lines = async () => (await readFile(path.join(folder, 'viewer.log'), 'utf8')).trimEnd().split('\n');

test('one line of JSON a record, in order, with its time', async () => {
  const log = open();
  log.write({ event: 'session', state: 'signing-in' });
  log.write(fault('abc'));
  await log.settled();
  expect((await lines()).map((line) => JSON.parse(line))).toEqual([
    { at: '2026-11-23T14:32:00.000Z', event: 'session', state: 'signing-in' },
    {
      at: '2026-11-23T14:32:00.000Z',
      event: 'fault',
      kind: 'offline',
      reference: 'abc',
      detail: 'cpis.check',
    },
  ]);
});

test('what should never have come so far does not reach the disk', async () => {
  const log = open();
  log.write(fault('9990000018', 'GET /Patient?family=Smith'));
  await log.settled();
  expect((await lines()).join()).not.toMatch(/9990000018|Smith/);
});

test('H10: that an answer mentions a record is in no log', async () => {
  const log = open();
  log.write({ ...fault('abc'), kind: 'record-mentioned' });
  await log.settled();
  expect((await lines()).join()).not.toContain('mention');
  expect(log.recentFaults()).toMatchObject([{ kind: 'answer-not-understood', reference: 'abc' }]);
});

test('at the level "faults", the changes of the session stay out', async () => {
  const log = open('faults');
  log.write({ event: 'session', state: 'signing-in' });
  log.write(fault('abc'));
  await log.settled();
  expect(await lines()).toHaveLength(1);
});

test('two files at most, each of limited size, and the newest lines out of both', async () => {
  const log = open();
  for (let count = 0; count < 9_000; count += 1) log.write(fault(`r${count}`, 'x'.repeat(60)));
  await log.settled();
  expect((await readdir(folder)).toSorted()).toEqual(['viewer.log', 'viewer.old.log']);
  for (const name of await readdir(folder)) {
    expect((await readFile(path.join(folder, name))).length).toBeLessThan(530 * 1024);
  }
  const newest = await log.newestLines(4_000);
  expect(newest).toHaveLength(4_000);
  expect(JSON.parse(newest.at(-1) ?? '')).toMatchObject({ reference: 'r8999' });
});

test('the last faults are remembered for the screen, newest first', async () => {
  const log = open();
  for (let count = 0; count < 25; count += 1) log.write(fault(`r${count}`));
  await log.settled();
  expect(log.recentFaults()).toHaveLength(20);
  expect(log.recentFaults()[0]).toMatchObject({ kind: 'offline', reference: 'r24' });
});

test('a full disk or a folder that is none stops nobody', async () => {
  await symlink('/dev/full', path.join(folder, 'viewer.log'));
  const full = open();
  full.write(fault('abc'));
  await full.settled();
  expect(full.recentFaults()).toHaveLength(1);

  const file = path.join(folder, 'not-a-folder');
  await writeFile(file, '');
  await chmod(file, 0o400);
  const none = openLog(file, 'events', () => new Date());
  none.write(fault('abc'));
  await none.settled();
  expect(none.recentFaults()).toHaveLength(1);
});
