import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../e2e/doubles/temporary-folder.ts';
import { findCommandArguments } from '../settings/command-arguments.ts';
import { createTestTerminal } from '../testing/test-terminal.ts';
import { runAuditCommand } from './command.ts';
import { type AuditCommand, parseAuditCommand, type TrailCommand } from './command-line.ts';
import { createEncrypter } from './jwe.ts';
import { append, checkQuery, firstFileOf, nurse, openTestTrail } from './testing/test-trail.ts';
import type { AuditEvent } from './trail-event.ts';

describe('the command line', () => {
  test.each([
    ['a packaged start', ['audit', 'verify', '/a'], true, ['verify', '/a']],
    ['a start with the app folder', ['/app', 'audit', 'verify', '/a'], false, ['verify', '/a']],
    [
      'switches anywhere',
      ['--x=1', '/app', '--y', 'audit', 'export', '--format=csv', '/a'],
      false,
      ['--x=1', '--y', 'export', '--format=csv', '/a'],
    ],
  ])('%s', (_name, args, isPackaged, found) =>
    expect(findCommandArguments('audit', args, isPackaged)).toEqual(found),
  );

  test.each([
    ['an ordinary start', [], true],
    ['an ordinary start with the app folder', ['/app'], false],
    ['a folder that is called audit', ['audit'], false],
    ['a launch link', ['cpis-viewer:launch?audit'], true],
    ['a word too early', ['verify', 'audit'], true],
  ])('%s is not for the trail', (_name, args, isPackaged) =>
    expect(findCommandArguments('audit', args, isPackaged)).toBeUndefined(),
  );

  const fromNinth: AuditCommand = { kind: 'verify', folder: '/a', from: 'audit-000000000009.jsonl' };
  const toJson = { kind: 'export', folder: '/a', from: undefined, format: 'json' } as const;
  test.each<[string[], AuditCommand]>([
    [['verify', '/a'], { kind: 'verify', folder: '/a', from: undefined }],
    [['verify', '/a', '--from=/a/audit-000000000009.jsonl'], fromNinth],
    [['verify', '/a', '--from', 'audit-000000000009.jsonl'], fromNinth],
    [['export', '/a', '--format=json'], { ...toJson, privateKeyFile: undefined, outputFile: undefined }],
    [
      ['export', '--output', '/o.csv', '/a', '--format', 'csv', '--private-key=/k.pem', '--disable-gpu'],
      { ...toJson, format: 'csv', privateKeyFile: '/k.pem', outputFile: '/o.csv' },
    ],
  ])('%j', (args, command) => expect(parseAuditCommand(args, '/own/audit')).toEqual(command));

  test.each([
    [['--from', '/a', '--output', '/o.html'], ['/a'], 'html'],
    [['--from=/a', '--from', '/b', '/c', '--output=/o.CSV'], ['/a', '/b', '/c'], 'csv'],
    [['--output=/o.txt', '--format=json'], ['/own/audit'], 'json'],
  ])('report %j', (args, folders, format) =>
    expect(parseAuditCommand(['report', ...args], '/own/audit')).toMatchObject({
      kind: 'report',
      folders,
      format,
      timeZone: 'Europe/London',
      numbers: 'protected',
    }),
  );

  test.each([
    [[]],
    [['report']],
    [['report', '/a', '--output=/o']],
    [['report', '/a', '--output=/o.html', '--format=pdf']],
    [['report', '--output=/o.html', '--from']],
    [['report', '--output=/o.html', '--since=2026-02-30']],
    [['report', '--output=/o.html', '--since=2026-02']],
    [['report', '--output=/o.html', '--since=2026-03-01', '--until=2026-02-01']],
    [['report', '--output=/o.html', '--time-zone=CET']],
    [['report', '--output=/o.html', '--small-numbers=yes']],
    [['delete', '/a']],
    [['verify']],
    [['verify', '/a', '/b']],
    [['verify', '/a', '--from']],
    [['verify', '/a', '--from=']],
    [['export', '/a']],
    [['export', '/a', '--format=xml']],
    [['export', '/a', '--format=csv', '--private-key=']],
    [['export', '/a', '--format=csv', '--output', '--private-key=/k.pem']],
    [['verify', '/a', '--from=audit-000000000001.jsonl', '--from']],
  ])('%j is not understood', (args) =>
    expect(parseAuditCommand(args, '/own/audit').kind).toBe('not-understood'),
  );
});

describe('on a trail', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const encrypter = createEncrypter(publicKey.export({ format: 'pem', type: 'spki' }).toString());
  let parent: string;
  let folder: string;
  let key: string;

  beforeEach(async () => {
    parent = temporaryFolder();
    folder = path.join(parent, 'audit');
    key = path.join(parent, 'key.pem');
    await writeFile(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const trail = openTestTrail(folder, { now: () => new Date('2026-11-23T14:32:00Z') });
    const query: AuditEvent = { ...checkQuery, patient: encrypter?.encrypt('9990000018') ?? null };
    const outcome: AuditEvent = {
      event: 'cpis-outcome',
      query: 'history',
      checkId: 'check-1',
      outcome: 'could-not-read',
      fault: { kind: 'busy', reference: 'ref-9' },
    };
    await append(trail, [query, outcome], { ...nurse, role: '=Nurse, "senior"' });
  });

  function run(command: TrailCommand) {
    const { terminal, written } = createTestTerminal();
    return { code: runAuditCommand(command, terminal), ...written };
  }

  const toExport = (format: 'csv' | 'json', privateKeyFile?: string, outputFile?: string): TrailCommand => ({
    kind: 'export',
    folder,
    from: undefined,
    format,
    privateKeyFile,
    outputFile,
  });

  const verify = (at: string): TrailCommand => ({ kind: 'verify', folder: at, from: undefined });

  /** A sparse file: it has this size, and no data on the disk. */
  async function truncateTo(file: string, sizeBytes: number): Promise<void> {
    await writeFile(file, '');
    await truncate(file, sizeBytes);
  }

  async function tamper(): Promise<void> {
    const file = firstFileOf(folder);
    await writeFile(file, (await readFile(file, 'utf8')).replace('unscheduled', 'scheduled'));
  }

  test('verify: 0 for a whole trail, with its length and last hash', () => {
    const { code, out } = run(verify(folder));
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Entries: 3, from 2026-11-23T14:32:00.000Z to 2026-11-23T14:32:00.000Z\nLast: entry 3, [0-9a-f]{64}\nThe trail is whole.\n$/,
    );
  });

  test('verify: 1 for a changed one, and where', async () => {
    await tamper();
    const { code, out } = run(verify(folder));
    expect(code).toBe(1);
    expect(out).toContain('PROBLEM: audit-000000000001.jsonl, line 2: not an entry as it was written.');
    expect(out).toContain('THE TRAIL IS NOT WHOLE.');
  });

  test('verify: 1 for a folder without a trail, 2 for no folder', () => {
    expect(run(verify(parent))).toMatchObject({ code: 1 });
    expect(run(verify(path.join(parent, 'nowhere')))).toMatchObject({ code: 2 });
  });

  test('H10: export: CSV with the NHS numbers opened, and no cell that a spreadsheet would run', () => {
    const { code, out } = run(toExport('csv', key));
    expect(code).toBe(0);
    const [headings, begun, query, outcome] = out.split('\r\n');
    expect(headings).toBe(
      'seq,at,event,userId,roleId,role,organisation,workstation,patient,query,careSetting,mayNotify,repeat,checkId,outcome,notification,fault,reference,detail,hash',
    );
    expect(begun).toMatch(
      /^1,2026-11-23T14:32:00.000Z,trail-begun,,,,,WARD-7,,,,,,,,,,,"{""format"":1,""setAside"":null}",/,
    );
    expect(query).toMatch(
      /^2,2026-11-23T14:32:00.000Z,cpis-query,999999910000,999999910001,"'=Nurse, ""senior""",Testing NHS Trust,WARD-7,9990000018,check,unscheduled,true,first,check-1,,,,,,[0-9a-f]{64}$/,
    );
    expect(outcome).toMatch(
      /,cpis-outcome,.*,WARD-7,,history,,,,check-1,could-not-read,,busy,ref-9,,[0-9a-f]{64}$/,
    );
  });

  test.each<[string, string, (file: string) => Promise<unknown>]>([
    ['a FIFO', 'is not a regular file', (file) => promisify(execFile)('mkfifo', [file])],
    ['a device', 'is a symbolic link', (file) => symlink('/dev/zero', file)],
    ['a link', 'is a symbolic link', (file) => symlink(key, file)],
    ['a folder', 'is a folder', (file) => mkdir(file)],
    ['3 GB of nothing', 'is larger than 65536 kB', (file) => truncateTo(file, 3 * 1024 ** 3)],
  ])(
    'verify: 1 for %s in the place of a file, which is named and not waited for',
    async (_name, words, put) => {
      for (const name of ['audit-000000000001.jsonl', 'audit-000000000009.jsonl', 'end-mark.json']) {
        const file = path.join(folder, name);
        await rm(file, { force: true, recursive: true });
        await put(file);
      }
      const { code, out } = run(verify(folder));
      expect(code).toBe(1);
      expect(out).toContain(`PROBLEM: audit-000000000001.jsonl ${words}.\n`);
      expect(out).toContain(`PROBLEM: audit-000000000009.jsonl ${words}.\n`);
      expect(out).toMatch(/PROBLEM: The end mark is .*: entries at the end may be missing\.\n/);
    },
  );

  test.each<[string, () => TrailCommand, RegExp]>([
    ['a folder that is not there', () => verify(path.join(parent, 'nowhere')), /nowhere is not there\.\n$/],
    ['a file for a folder', () => verify(key), /key\.pem is not a folder, or below .* \(ENOTDIR\)\.\n$/],
    ['a folder for a key', () => toExport('csv', folder), /audit is a folder\.\n$/],
    ['an output that is there', () => toExport('csv', key, key), /key\.pem is there already\.\n$/],
  ])('2 in plain words for %s', (_name, command, words) => {
    const { code, out, error } = run(command());
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(error).toMatch(words);
    expect(error).not.toMatch(/scandir|open|errno/);
  });

  test.each([
    ['=1+1', "'=1+1"],
    ['\uff1d1+1', "'\uff1d1+1"],
    ['\uff20SUM(A1)', "'\uff20SUM(A1)"],
    ['\ufe62x', "'\ufe62x"],
    ['  =1+1', "'  =1+1"],
    ['\n=1+1', '\\u000a=1+1'],
    ['\t=1+1', '\\u0009=1+1'],
    ['Nurse\u001b]0;title\u0007', 'Nurse\\u001b]0;title\\u0007'],
    ['Nurse\u202egpj', 'Nurse\\u202egpj'],
    ['Nurse\u009b31m', 'Nurse\\u009b31m'],
    ['Nurse, "senior"', '"Nurse, ""senior"""'],
    ['Nurse (days)', 'Nurse (days)'],
  ])('export: a role %j is the cell %j', async (role, cell) => {
    await append(openTestTrail(folder), [{ event: 'locked' }], { ...nurse, role, organisation: '' });
    const csv = run(toExport('csv')).out.split('\r\n').at(-2) ?? '';
    expect(csv).toContain(`,999999910001,${cell},,WARD-7,`);
    const json = run(toExport('json')).out;
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
    expect(JSON.parse(json)).toMatchObject({ entries: [{}, {}, {}, { actor: { role } }] });
  });

  test('export: JSON, encrypted where there is no key', () => {
    const { code, out } = run(toExport('json'));
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      findings: [],
      entries: [{ event: 'trail-begun' }, { patient: 'sealed', careSetting: 'unscheduled' }, { seq: 3 }],
    });
    expect(out).not.toContain('9990000018');
  });

  test('export: another key opens nothing, and says so', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
    await writeFile(key, other.privateKey.export({ format: 'pem', type: 'pkcs8' }));
    expect(run(toExport('csv', key)).out).toContain(',sealed to another key,');
  });

  test('export: a key that is none, has a passphrase or is missing is refused', async () => {
    await writeFile(key, 'nonsense');
    expect(run(toExport('csv', key))).toMatchObject({ code: 2, out: '' });
    await writeFile(
      key,
      privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'synthetic' }),
    );
    expect(run(toExport('csv', key))).toMatchObject({ code: 2, out: '' });
    expect(run(toExport('csv', path.join(parent, 'no-key')))).toMatchObject({ code: 2, out: '' });
  });

  test('export: into a file of its own, for its owner alone, never over another', async () => {
    const file = path.join(parent, 'trail.csv');
    expect(run(toExport('csv', key, file))).toMatchObject({ code: 0, out: '' });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('9990000018');
    expect(run(toExport('csv', key, file))).toMatchObject({ code: 2, out: '' });
  });

  test('export of a tampered trail still gives what is there, and ends with 1', async () => {
    await tamper();
    const { code, out, error } = run(toExport('json', key));
    expect(code).toBe(1);
    expect(error).toContain('THE TRAIL IS NOT WHOLE.');
    expect(JSON.parse(out)).toMatchObject({ findings: [{ kind: 'problem' }, { kind: 'problem' }] });
  });

  test('what is not understood gets the usage', () => {
    const { code, error } = run({ kind: 'not-understood', problem: 'So.' });
    expect(code).toBe(2);
    expect(error).toMatch(/^So\.\nUsage:/);
  });
});
