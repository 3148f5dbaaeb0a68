import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mountSmallDisk } from '../../e2e/doubles/small-disk.ts';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { type Log, type LogRecord, openLog } from './log.ts';

let folder: string;

beforeEach(() => {
  folder = temporaryFolder();
});

const open = (level: 'faults' | 'events' = 'events'): Log =>
  openLog(folder, level, () => new Date('2026-11-23T14:32:00Z'));

const fault = (reference: string, detail = 'cpis.check') =>
  ({ event: 'fault', kind: 'offline', reference, detail }) as const;

/** Writes the records, and waits until they are on the disk or refused. */
async function write(log: Log, ...records: readonly LogRecord[]): Promise<void> {
  for (const record of records) log.write(record);
  await log.settled();
}

/** A log that cannot be written: how many faults it remembers, and why. */
async function failureOf(log: Log) {
  await write(log, fault('abc'));
  return [log.recentFaults().length, log.failure()];
}

const lines = async () => (await readFile(path.join(folder, 'viewer.log'), 'utf8')).trimEnd().split('\n');

test('one line of JSON a record, in order, with its time', async () => {
  const log = open();
  await write(log, { event: 'session', state: 'signing-in' }, fault('abc'));
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
  await write(log, fault('9990000018', 'GET /Patient?family=Smith'));
  expect((await lines()).join()).not.toMatch(/9990000018|Smith/);
});

test('H10: that an answer mentions a record is in no log', async () => {
  const log = open();
  await write(log, { ...fault('abc'), kind: 'record-mentioned' });
  expect((await lines()).join()).not.toContain('mention');
  expect(log.recentFaults()).toMatchObject([{ kind: 'answer-not-understood', reference: 'abc' }]);
});

test('at the level "faults", the changes of the session stay out', async () => {
  const log = open('faults');
  await write(log, { event: 'session', state: 'signing-in' }, fault('abc'));
  expect(await lines()).toHaveLength(1);
});

test('two files at most, each of limited size, and the newest lines out of both', async () => {
  const log = open();
  for (let count = 0; count < 9_000; count += 1) await write(log, fault(`r${count}`, 'x'.repeat(60)));
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
  for (let count = 0; count < 25; count += 1) await write(log, fault(`r${count}`));
  expect(log.recentFaults()).toHaveLength(20);
  expect(log.recentFaults()[0]).toMatchObject({ kind: 'offline', reference: 'r24' });
});

describe('a log that cannot be written stops no user, and Diagnostics says why', () => {
  test('on a full disk, and it goes on once there is space', async () => {
    const disk = mountSmallDisk(path.join(folder, 'logs'));
    onTestFinished(disk.unmount);
    const log = openLog(path.join(folder, 'logs'), 'events', () => new Date());
    disk.fill();
    await write(log, fault('abc'));
    expect(log.recentFaults()).toHaveLength(1);
    expect(log.failure()).toBe('ENOSPC');
    disk.free();
    await write(log, fault('def'));
    expect(log.failure()).toBeUndefined();
    expect(await log.newestLines(9)).toEqual([expect.stringContaining('def')]);
  });

  test('on a read-only disk', async () => {
    const disk = mountSmallDisk(path.join(folder, 'logs'));
    onTestFinished(disk.unmount);
    disk.setReadOnly(true);
    for (const each of [path.join(folder, 'logs'), path.join(folder, 'logs', 'not-made-yet')]) {
      expect(await failureOf(openLog(each, 'events', () => new Date()))).toEqual([1, 'EROFS']);
    }
  });

  test('in a folder that is none', async () => {
    const file = path.join(folder, 'not-a-folder');
    await writeFile(file, '');
    expect(await failureOf(openLog(file, 'events', () => new Date()))).toEqual([1, 'EEXIST']);
  });

  test('in a FIFO, which nothing waits for', async () => {
    await promisify(execFile)('mkfifo', [
      path.join(folder, 'viewer.log'),
      path.join(folder, 'viewer.old.log'),
    ]);
    const log = open();
    expect(await failureOf(log)).toEqual([1, 'ENXIO']);
    expect(await log.newestLines(9)).toEqual(['']);
  });
});

test('a full log that another program holds loses no line', async () => {
  // While this folder exists, no file can have its name.
  await mkdir(path.join(folder, 'viewer.old.log', 'held'), { recursive: true });
  await writeFile(path.join(folder, 'viewer.log'), `${'x'.repeat(600 * 1024)}\n`);
  const log = open();
  await write(log, fault('abc'), fault('def'));
  expect(log.failure()).toBeUndefined();
  expect(await log.newestLines(2)).toEqual([expect.stringContaining('abc'), expect.stringContaining('def')]);
});
