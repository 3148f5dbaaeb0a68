import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findCommandWords } from '../settings/command-words.ts';
import { type AuditCommand, type ExitCode, parseAuditCommand, runAuditCommand } from './command.ts';
import { createSealer } from './sealed-value.ts';
import { openTrail } from './trail.ts';

describe('the command line', () => {
  test.each([
    ['a packaged start', ['audit', 'verify', '/a'], true, ['verify', '/a'], []],
    ['a start with the app folder', ['/app', 'audit', 'verify', '/a'], false, ['verify', '/a'], []],
    [
      'switches anywhere',
      ['--x=1', '/app', '--y', 'audit', 'export', '--format=csv', '/a'],
      false,
      ['export', '/a'],
      ['--x=1', '--y', '--format=csv'],
    ],
  ])('%s', (_name, args, isPackaged, words, switches) =>
    expect(findCommandWords('audit', args, isPackaged)).toEqual({ words, switches }),
  );

  test.each([
    ['an ordinary start', [], true],
    ['an ordinary start with the app folder', ['/app'], false],
    ['a folder that is called audit', ['audit'], false],
    ['a launch link', ['cpis-viewer:launch?audit'], true],
    ['a word too early', ['verify', 'audit'], true],
  ])('%s is not for the trail', (_name, args, isPackaged) =>
    expect(findCommandWords('audit', args, isPackaged)).toBeUndefined(),
  );

  const parse = (...args: string[]): AuditCommand =>
    parseAuditCommand({
      words: args.filter((arg) => !arg.startsWith('-')),
      switches: args.filter((arg) => arg.startsWith('-')),
    });

  test.each<[string[], AuditCommand]>([
    [['verify', '/a'], { kind: 'verify', folder: '/a', from: undefined }],
    [
      ['verify', '/a', '--from=/a/audit-000000000009.jsonl'],
      { kind: 'verify', folder: '/a', from: 'audit-000000000009.jsonl' },
    ],
    [
      ['export', '/a', '--format=json'],
      {
        kind: 'export',
        folder: '/a',
        from: undefined,
        format: 'json',
        privateKeyFile: undefined,
        outputFile: undefined,
      },
    ],
    [
      ['export', '/a', '--format=csv', '--private-key=/k.pem', '--output=/o.csv', '--disable-gpu'],
      {
        kind: 'export',
        folder: '/a',
        from: undefined,
        format: 'csv',
        privateKeyFile: '/k.pem',
        outputFile: '/o.csv',
      },
    ],
  ])('%j', (args, command) => expect(parse(...args)).toEqual(command));

  test.each([
    [[]],
    [['delete', '/a']],
    [['verify']],
    [['verify', '/a', '/b']],
    [['verify', '/a', '--from']],
    [['verify', '/a', '--from=']],
    [['export', '/a']],
    [['export', '/a', '--format=xml']],
    [['export', '/a', '--format=csv', '--private-key=']],
  ])('%j is not understood', (args) => expect(parse(...args).kind).toBe('not-understood'));
});

describe('on a trail', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const sealer = createSealer(publicKey.export({ format: 'pem', type: 'spki' }).toString());
  let parent: string;
  let folder: string;
  let key: string;

  beforeEach(async () => {
    parent = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-audit-'));
    folder = path.join(parent, 'audit');
    key = path.join(parent, 'key.pem');
    await writeFile(key, privateKey.export({ format: 'pem', type: 'pkcs8' }));
    const trail = openTrail({ folder, workstation: 'WARD-7', now: () => new Date('2026-11-23T14:32:00Z') });
    const actor = {
      userId: '999999910000',
      roleId: '999999910001',
      role: '=Nurse, "senior"',
      organisation: 'Testing NHS Trust',
    };
    await trail.append({
      event: 'cpis-query',
      query: 'check',
      checkId: 'check-1',
      patient: sealer?.seal('9990000018') ?? null,
      careSetting: 'unscheduled',
      mayNotify: true,
      repeat: 'first',
      workstation: 'WARD-7',
      actor,
    });
    await trail.append({
      event: 'cpis-outcome',
      query: 'history',
      checkId: 'check-1',
      outcome: 'could-not-read',
      fault: { kind: 'busy', reference: 'ref-9' },
      workstation: 'WARD-7',
      actor,
    });
  });

  afterEach(() => rm(parent, { recursive: true, force: true }));

  function run(command: AuditCommand): { code: ExitCode; out: string; error: string } {
    let [out, error] = ['', ''];
    const code = runAuditCommand(command, {
      out: (text) => {
        out += text;
      },
      error: (text) => {
        error += text;
      },
    });
    return { code, out, error };
  }

  const toExport = (format: 'csv' | 'json', privateKeyFile?: string, outputFile?: string): AuditCommand => ({
    kind: 'export',
    folder,
    from: undefined,
    format,
    privateKeyFile,
    outputFile,
  });

  async function tamper(): Promise<void> {
    const file = path.join(folder, 'audit-000000000001.jsonl');
    await writeFile(file, (await readFile(file, 'utf8')).replace('unscheduled', 'scheduled'));
  }

  test('verify: 0 for a whole trail, with its length and last hash', () => {
    const { code, out } = run({ kind: 'verify', folder, from: undefined });
    expect(code).toBe(0);
    expect(out).toMatch(
      /^Entries: 3, from 2026-11-23T14:32:00.000Z to 2026-11-23T14:32:00.000Z\nLast: entry 3, [0-9a-f]{64}\nThe trail is whole.\n$/,
    );
  });

  test('verify: 1 for a changed one, and where', async () => {
    await tamper();
    const { code, out } = run({ kind: 'verify', folder, from: undefined });
    expect(code).toBe(1);
    expect(out).toContain('PROBLEM: audit-000000000001.jsonl, line 2: not an entry as it was written.');
    expect(out).toContain('THE TRAIL IS NOT WHOLE.');
  });

  test('verify: 1 for a folder without a trail, 2 for no folder', () => {
    expect(run({ kind: 'verify', folder: parent, from: undefined })).toMatchObject({ code: 1 });
    expect(run({ kind: 'verify', folder: path.join(parent, 'nowhere'), from: undefined })).toMatchObject({
      code: 2,
    });
  });

  test('export: CSV with the NHS numbers opened, and no cell that a spreadsheet would run', () => {
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

  test('export: JSON, sealed where there is no key', () => {
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
