/** The audit trail on Windows' own file system calls: written, continued, killed, verified. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { readLastRun } from '../electron/audit/last-run.ts';
import { openTrail, type Trail } from '../electron/audit/trail.ts';
import type { AuditEvent } from '../electron/audit/trail-event.ts';
import { temporaryFolder } from './support/folder.ts';
import { holdFile, runBundle, startBundle } from './support/programs.ts';

const actor = {
  userId: '999999910000',
  roleId: '999999910001',
  role: 'Nurse',
  organisation: 'Testing NHS Trust',
};
const started: AuditEvent = {
  event: 'started',
  version: '1.0.0',
  environment: 'SIMULATOR',
  recordsEnd: true,
};

function open(folder: string, largestFileBytes?: number): Trail {
  const now = () => new Date();
  return openTrail({ folder, workstation: 'WARD-7', now, ...(largestFileBytes && { largestFileBytes }) });
}

async function write(trail: Trail, ...events: readonly AuditEvent[]): Promise<void> {
  for (const event of events) await trail.append({ ...event, workstation: 'WARD-7', actor });
}

const verify = (folder: string) => runBundle(['viewer', 'audit', 'verify', folder]);
const eventsIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .flatMap((name) => readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line).event);

describe('Audit trail', () => {
  const parent = temporaryFolder('trail caf\u00e9');
  const folderOf = (name: string) => path.join(parent, name, 'audit');

  test('is written, continued by a second run, and verifies', async () => {
    const folder = folderOf('two-runs');
    await write(open(folder), started, { event: 'ended' });
    await write(open(folder), started, { event: 'ended' });
    assert.deepEqual(eventsIn(folder), ['trail-begun', 'started', 'ended', 'started', 'ended']);
    const { exitCode, out } = await verify(folder);
    assert.match(out, /The trail is whole\./);
    assert.equal(exitCode, 0);
  });

  test('goes on in a new file where one is full', async () => {
    const folder = folderOf('rotation');
    const trail = open(folder, 1_000);
    await write(trail, ...Array.from({ length: 20 }, (): AuditEvent => ({ event: 'copied' })));
    assert.ok(readdirSync(folder).length > 4);
    assert.equal((await verify(folder)).exitCode, 0);
  });

  test('has every entry that was said to be written, whenever the viewer is killed', async () => {
    const folder = folderOf('killed');
    let said = 0;
    for (let run = 0; run < 5; run += 1) {
      said += await writeAndKill(folder, 5 + run * 7);
      await write(open(folder, 2_000), started, { event: 'ended' });
      said += 2;
    }
    const { exitCode, out } = await verify(folder);
    assert.equal(exitCode, 0, out);
    const written = eventsIn(folder).filter((event) => event !== 'trail-begun' && event !== 'lines-torn');
    assert.ok(!written.includes('trail-damaged'), out);
    assert.ok(written.length >= said, `${written.length} entries, and ${said} were said to be written`);
  });

  /** Kills the writer after so many entries; returns how many it said to be on the disk. */
  async function writeAndKill(folder: string, entries: number): Promise<number> {
    const writer = startBundle(['write-trail', folder, '2000']);
    let out = '';
    writer.stdout?.setEncoding('utf8');
    for await (const text of writer.stdout ?? []) {
      out += text;
      if (out.split('\n').length > entries) writer.kill();
    }
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
    return out.trimEnd().split('\n').length;
  }

  test('records a line that was torn, and goes on', async () => {
    const folder = folderOf('torn');
    await write(open(folder), started);
    appendFileSync(path.join(folder, 'audit-000000000001.jsonl'), '{"seq":3,"at":"20');
    await write(open(folder), started);
    assert.equal(eventsInLoosely(folder).filter((event) => event === 'lines-torn').length, 1);
    const { exitCode, out } = await verify(folder);
    assert.match(out, /The trail is whole\./);
    assert.equal(exitCode, 0);
  });

  const eventsInLoosely = (folder: string) =>
    readFileSync(path.join(folder, 'audit-000000000001.jsonl'), 'utf8').match(/(?<="event":")[a-z-]+/g) ?? [];

  test('that was changed is found out', async () => {
    const folder = folderOf('changed');
    await write(open(folder), started, { event: 'copied' }, { event: 'ended' });
    const file = path.join(folder, 'audit-000000000001.jsonl');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('copied', 'cOpied'));
    const { exitCode, out } = await verify(folder);
    assert.match(out, /THE TRAIL IS NOT WHOLE/);
    assert.equal(exitCode, 1);
  });

  test('is verified, exported and reported on beside a viewer that writes', async () => {
    const folder = folderOf('beside');
    const writer = startBundle(['write-trail', folder, '0']);
    await once(writer.stdout ?? writer, 'data');
    for (let round = 0; round < 3; round += 1) {
      const { exitCode, out } = await verify(folder);
      assert.equal(exitCode, 0, out);
    }
    const file = path.join(parent, 'export.csv');
    const exported = await runBundle([
      'viewer',
      'audit',
      'export',
      folder,
      '--format=csv',
      `--output=${file}`,
    ]);
    assert.equal(exported.exitCode, 0, exported.error);
    assert.match(readFileSync(file, 'utf8'), /copied/);
    const again = await runBundle(['viewer', 'audit', 'export', folder, '--format=csv', `--output=${file}`]);
    assert.match(again.error, /is there already/);
    assert.equal(again.exitCode, 2);
    const page = path.join(parent, 'report.html');
    const reported = await runBundle(['viewer', 'audit', 'report', `--from=${folder}`, `--output=${page}`]);
    assert.equal(reported.exitCode, 0, reported.error);
    assert.match(readFileSync(page, 'utf8'), /<html/);
    writer.kill();
    if (writer.exitCode === null && writer.signalCode === null) await once(writer, 'exit');
  });
});

describe('Audit trail held by another program', () => {
  const parent = temporaryFolder('held trail');
  const trailFile = 'audit-000000000001.jsonl';
  const markFile = 'end-mark.json';

  for (const name of [trailFile, markFile]) {
    for (const others of ['none', 'read'] as const) {
      test(`W5: ${name} held for a moment (${others} for others): the entry is written all the same`, async () => {
        const folder = path.join(parent, `moment-${name}-${others}`);
        const trail = open(folder);
        await write(trail, started);
        const held = await holdFile(path.join(folder, name), others);
        const appended = write(trail, { event: 'copied' });
        await pause(150);
        await held.release();
        await appended;
        assert.deepEqual(eventsIn(folder), ['trail-begun', 'started', 'copied']);
        assert.equal((await verify(folder)).exitCode, 0);
      });
    }

    test(`W2: ${name} held when a run first writes: refused with its own reason, and nothing is called damaged`, async () => {
      const folder = path.join(parent, `first-${name}`);
      await write(open(folder), started, { event: 'ended' });
      const trail = open(folder);
      const held = await holdFile(path.join(folder, name), 'none');
      await assert.rejects(write(trail, started), { code: 'EBUSY' });
      await held.release();
      await write(trail, started, { event: 'ended' });
      assert.deepEqual(eventsIn(folder), ['trail-begun', 'started', 'ended', 'started', 'ended']);
      assert.equal((await verify(folder)).exitCode, 0);
    });
  }

  test(`W2: ${markFile} held for a moment when a run first writes: nothing is called damaged`, async () => {
    const folder = path.join(parent, 'first-moment');
    await write(open(folder), started, { event: 'ended' });
    const held = await holdFile(path.join(folder, markFile), 'none');
    const appended = write(open(folder), started);
    await pause(150);
    await held.release();
    await appended;
    assert.deepEqual(eventsIn(folder), ['trail-begun', 'started', 'ended', 'started']);
  });

  test('a backup that lets others read and write does not stop the viewer', async () => {
    const folder = path.join(parent, 'backup');
    const trail = open(folder);
    await write(trail, started);
    const held = [
      await holdFile(path.join(folder, trailFile), 'all'),
      await holdFile(path.join(folder, markFile), 'all'),
    ];
    await write(trail, { event: 'copied' }, { event: 'ended' });
    await Promise.all(held.map((one) => one.release()));
    assert.equal((await verify(folder)).exitCode, 0);
  });

  test('H5: how the last run ended is read from a file that is held for a moment', async () => {
    const folder = path.join(parent, 'last-run');
    await write(open(folder), started, { event: 'signed-in', purpose: 'sign-in' });
    const held = await holdFile(path.join(folder, trailFile), 'none', 200);
    const { interrupted } = readLastRun(folder, new Date());
    assert.equal(interrupted?.actor.userId, actor.userId);
    await held.release();
  });

  test('verify names the file that is held', async () => {
    const folder = path.join(parent, 'verify');
    await write(open(folder), started, { event: 'ended' });
    const held = await holdFile(path.join(folder, trailFile), 'none');
    const { exitCode, out, error } = await verify(folder);
    await held.release();
    assert.match(out + error, new RegExp(`${trailFile}.* in use by another program \\(EBUSY\\)`));
    assert.notEqual(exitCode, 0);
  });
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
