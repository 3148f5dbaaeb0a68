import { execFile } from 'node:child_process';
import { appendFile, mkdir, readdir, readFile, rm, rmdir, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { mountSmallDisk } from '../../e2e/doubles/small-disk.ts';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { readTrail } from './testing/read-trail.ts';
import { append, firstFileOf, nurse, openTestTrail, workstation } from './testing/test-trail.ts';
import type { Trail } from './trail.ts';
import type { AuditEvent } from './trail-event.ts';
import type { VerificationIssue } from './verification-issue.ts';

const run = promisify(execFile);
let parent: string;
let folder: string;

beforeEach(() => {
  parent = temporaryFolder();
  folder = path.join(parent, 'audit');
});

function open(largestFileBytes?: number): Trail {
  let minute = 0;
  const now = () => new Date(Date.UTC(2026, 10, 23, 14, minute++));
  return openTestTrail(folder, largestFileBytes === undefined ? { now } : { now, largestFileBytes });
}

const write = (trail: Trail, ...events: readonly AuditEvent[]) => append(trail, events, nurse);

const someEvents: readonly AuditEvent[] = [
  { event: 'started', version: '1.0.0', environment: 'SIMULATOR', recordsEnd: true },
  { event: 'signed-in', purpose: 'sign-in' },
  { event: 'copied' },
  { event: 'print' },
  { event: 'ended' },
];

const files = async () => (await readdir(folder)).toSorted();
const firstFile = () => firstFileOf(folder);
const events = () => readTrail(folder).entries.map(({ event }) => event);
const problems = (): readonly VerificationIssue[] =>
  readTrail(folder).findings.filter(({ kind }) => kind === 'problem');

describe('a trail', () => {
  test('holds what was written, in order, with user, workstation and UTC time', async () => {
    await write(open(), ...someEvents);
    const { entries, findings } = readTrail(folder);
    expect(findings).toEqual([]);
    expect(entries.map(({ seq, event }) => [seq, event])).toEqual([
      [1, 'trail-begun'],
      [2, 'started'],
      [3, 'signed-in'],
      [4, 'copied'],
      [5, 'print'],
      [6, 'ended'],
    ]);
    expect(entries[2]).toMatchObject({ actor: nurse, workstation, at: '2026-11-23T14:02:00.000Z' });
  });

  test('goes on where it ended, after a restart', async () => {
    await write(open(), ...someEvents);
    await write(open(), ...someEvents);
    expect(readTrail(folder)).toMatchObject({ findings: [], entries: { length: 11 } });
  });

  test('continues its chain across files', async () => {
    await write(open(600), ...someEvents, ...someEvents);
    await write(open(600), ...someEvents);
    expect(await files()).toHaveLength(9);
    expect(readTrail(folder)).toMatchObject({ findings: [], entries: { length: 16 } });
  });

  test('keeps the order of entries that are appended at once', async () => {
    const trail = open();
    await Promise.all(someEvents.map((event) => write(trail, event)));
    expect(events().slice(1)).toEqual(someEvents.map(({ event }) => event));
    expect(problems()).toEqual([]);
  });

  test('is for its owner alone', async () => {
    await write(open(), ...someEvents);
    for (const name of await files()) {
      const { mode } = await stat(path.join(folder, name));
      expect(mode & 0o777).toBe(0o600);
    }
  });
});

describe('after a crash', () => {
  test.each(['{"actor":null,"at":"2026-', 'x', '\u0000\u0000\u0000'])(
    'an incomplete last line stays, and the next entry says so: %j',
    async (fragment) => {
      await write(open(), ...someEvents);
      await appendFile(firstFile(), fragment);
      expect(readTrail(folder).findings.map(({ kind }) => kind)).toEqual(['note']);
      await write(open(), { event: 'copied' });
      expect(events().slice(-2)).toEqual(['lines-torn', 'copied']);
      expect(readTrail(folder).findings).toEqual([
        { kind: 'note', text: 'audit-000000000001.jsonl, line 7: left unfinished, and said so by entry 7.' },
      ]);
    },
  );

  test('an entry that lacks only its line end counts', async () => {
    await write(open(), ...someEvents);
    const text = await readFile(firstFile(), 'utf8');
    await writeFile(firstFile(), text.trimEnd());
    await write(open(), { event: 'copied' });
    expect(readTrail(folder)).toMatchObject({ findings: [], entries: { length: 7 } });
  });

  test('a tail marker that lags one entry behind is no damage', async () => {
    const trail = open();
    await write(trail, ...someEvents);
    const mark = await readFile(path.join(folder, 'end-mark.json'));
    await write(trail, { event: 'copied' });
    await writeFile(path.join(folder, 'end-mark.json'), mark);
    expect(problems()).toEqual([]);
    await write(open(), { event: 'copied' });
    expect(readTrail(folder)).toMatchObject({ findings: [], entries: { length: 8 } });
  });

  test('killed in the first write of all: the trail begins after it', async () => {
    await write(open(), { event: 'copied' });
    await writeFile(firstFile(), '{"act');
    await writeFile(
      path.join(folder, 'end-mark.json'),
      `${`{"hash":"${'0'.repeat(64)}","seq":0}`.padEnd(127)}\n`,
    );
    await write(open(), { event: 'copied' });
    expect(events()).toEqual(['lines-torn', 'trail-begun', 'copied']);
    expect(problems()).toEqual([]);
  });
});

describe('a trail that was tampered with while the viewer was closed', () => {
  test('entries cut off at the end: the gap shows for good', async () => {
    await write(open(), ...someEvents);
    const lines = (await readFile(firstFile(), 'utf8')).split('\n');
    await writeFile(firstFile(), `${lines.slice(0, 3).join('\n')}\n`);
    await write(open(), { event: 'copied' });
    expect(events().slice(-2)).toEqual(['trail-damaged', 'copied']);
    expect(problems().map(({ text }) => text)).toContain(
      'audit-000000000001.jsonl, line 4: entries 4 to 6 are missing before entry 7.',
    );
  });

  test('a missing tail marker', async () => {
    await write(open(), ...someEvents);
    await rm(path.join(folder, 'end-mark.json'));
    await write(open(), { event: 'copied' });
    expect(events().slice(-2)).toEqual(['trail-damaged', 'copied']);
    expect(problems()).toHaveLength(1);
  });

  test('every file taken away', async () => {
    await write(open(), ...someEvents);
    await rm(firstFile());
    await write(open(), { event: 'copied' });
    expect(problems().map(({ text }) => text)).toContain(
      'audit-000000000007.jsonl, line 1: entries 1 to 6 are missing before entry 7.',
    );
  });

  test('nothing readable left: the folder is quarantined under another name, and the new trail says so', async () => {
    await write(open(), ...someEvents);
    await writeFile(firstFile(), 'nonsense\n');
    await rm(path.join(folder, 'end-mark.json'));
    await write(open(), { event: 'copied' });
    const [begun] = readTrail(folder).entries;
    expect(begun).toMatchObject({ event: 'trail-begun', seq: 1 });
    expect(await readdir(path.join(parent, String(begun?.['setAside'])))).toEqual([
      'audit-000000000001.jsonl',
    ]);
  });
});

describe('where it cannot be written', () => {
  test('a full disk rejects, and the trail goes on once there is space', async () => {
    const disk = mountSmallDisk(folder);
    onTestFinished(disk.unmount);
    const trail = open();
    await write(trail, { event: 'copied' });
    disk.fill();
    await expect(write(open(), { event: 'print' })).rejects.toMatchObject({ code: 'ENOSPC' });
    await expect(write(trail, { event: 'print' })).rejects.toMatchObject({ code: 'ENOSPC' });
    disk.free();
    await write(trail, { event: 'copied' });
    expect(problems()).toEqual([]);
    expect(events().at(-1)).toBe('copied');
  });

  test('a read-only disk rejects', async () => {
    const disk = mountSmallDisk(folder);
    onTestFinished(disk.unmount);
    const trail = open();
    await write(trail, { event: 'copied' });
    disk.setReadOnly(true);
    await expect(write(trail, { event: 'print' })).rejects.toMatchObject({ code: 'EROFS' });
    disk.setReadOnly(false);
    await write(trail, { event: 'copied' });
    expect(readTrail(folder)).toMatchObject({ findings: [], entries: { length: 3 } });
  });

  test('a tail marker that is no file rejects, and is neither replaced nor taken for missing', async () => {
    await write(open(), ...someEvents);
    const mark = path.join(folder, 'end-mark.json');
    const kept = await readFile(mark);
    await rm(mark);
    await mkdir(mark);
    await expect(write(open(), { event: 'print' })).rejects.toThrow('end-mark.json is a folder');
    expect(problems().map(({ text }) => text)).toEqual([
      'The end mark is a folder: entries at the end may be missing.',
    ]);
    await rmdir(mark);
    await writeFile(mark, kept);
    await write(open(), { event: 'copied' });
    expect(events().slice(-2)).toEqual(['ended', 'copied']);
    expect(problems()).toEqual([]);
  });

  test.each([
    ['a FIFO', (file: string) => run('mkfifo', [file])],
    ['a device', (file: string) => symlink('/dev/null', file)],
    ['a link to another file', (file: string) => symlink(path.join(parent, 'elsewhere'), file)],
  ])('%s in the place of its file rejects, and swallows nothing', async (_name, put) => {
    await writeFile(path.join(parent, 'elsewhere'), '');
    const trail = open();
    await write(trail, { event: 'copied' });
    await rm(firstFile());
    await put(firstFile());
    await expect(write(trail, { event: 'print' })).rejects.toThrow('audit-000000000001.jsonl is');
    expect((await stat(path.join(parent, 'elsewhere'))).size).toBe(0);
  });

  test('a file where the folder should be rejects; a later attempt, once it is gone, succeeds', async () => {
    await writeFile(folder, '');
    const trail = open();
    await expect(write(trail, { event: 'print' })).rejects.toMatchObject({ code: 'EEXIST' });
    await rm(folder);
    await write(trail, { event: 'copied' });
    expect(events()).toEqual(['trail-begun', 'copied']);
  });
});

describe('whatever is done to one place of the trail is found', () => {
  interface Part {
    readonly name: string;
    readonly bytes: Buffer;
  }
  let parts: readonly Part[];

  beforeEach(async () => {
    await write(open(900), ...someEvents, ...someEvents);
    parts = await Promise.all(
      (await files()).map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })),
    );
  });

  /** Verifies the trail with one of its files replaced, and restores the file. */
  async function findingsWith({ name, bytes }: Part, changed: Buffer): Promise<number> {
    await writeFile(path.join(folder, name), changed);
    const { findings } = readTrail(folder);
    await writeFile(path.join(folder, name), bytes);
    return findings.length;
  }

  const aPart = fc.nat().map((index) => () => parts[index % parts.length] as Part);
  const runs = { numRuns: 300 };

  test('a byte changed', () =>
    fc.assert(
      fc.asyncProperty(aPart, fc.nat(), fc.integer({ min: 1, max: 255 }), async (part, place, by) => {
        const { bytes } = part();
        const changed = Buffer.from(bytes);
        const at = place % bytes.length;
        changed[at] = ((changed[at] ?? 0) + by) % 256;
        expect(await findingsWith(part(), changed)).toBeGreaterThan(0);
      }),
      runs,
    ));

  test('bytes removed', () =>
    fc.assert(
      fc.asyncProperty(aPart, fc.nat(), fc.integer({ min: 1, max: 2_000 }), async (part, place, length) => {
        const { bytes } = part();
        const at = place % bytes.length;
        const changed = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
        expect(await findingsWith(part(), changed)).toBeGreaterThan(0);
      }),
      runs,
    ));

  test('bytes inserted', () =>
    fc.assert(
      fc.asyncProperty(aPart, fc.nat(), fc.uint8Array({ minLength: 1 }), async (part, place, inserted) => {
        const { bytes } = part();
        const at = place % (bytes.length + 1);
        const changed = Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
        expect(await findingsWith(part(), changed)).toBeGreaterThan(0);
      }),
      runs,
    ));

  const swapped = (lines: readonly string[], one: number, other: number) =>
    lines.with(one, lines[other] ?? '').with(other, lines[one] ?? '');

  test('two entries exchanged, one repeated, one removed', () =>
    fc.assert(
      fc.asyncProperty(
        aPart,
        fc.nat(),
        fc.nat(),
        fc.constantFrom('exchange', 'repeat', 'remove'),
        async (part, first, second, what) => {
          const lines = part().bytes.toString('utf8').split('\n').slice(0, -1);
          const one = first % lines.length;
          const other = second % lines.length;
          fc.pre(what !== 'exchange' || one !== other);
          const changed = {
            exchange: swapped(lines, one, other),
            repeat: lines.toSpliced(one, 0, lines[other] ?? ''),
            remove: lines.toSpliced(one, 1),
          }[what];
          expect(
            await findingsWith(part(), Buffer.from(changed.map((line) => `${line}\n`).join(''))),
          ).toBeGreaterThan(0);
        },
      ),
      runs,
    ));

  test('a file removed, or given the name of another', async () => {
    for (const part of parts) {
      await rm(path.join(folder, part.name));
      expect(readTrail(folder).findings.length, part.name).toBeGreaterThan(0);
      const renamed = path.join(folder, 'audit-000000000099.jsonl');
      await writeFile(renamed, part.bytes);
      expect(readTrail(folder).findings.length, part.name).toBeGreaterThan(0);
      await rm(renamed);
      await writeFile(path.join(folder, part.name), part.bytes);
    }
    expect(problems()).toEqual([]);
  });
});
