/** What a release puts together at its start: the machine's files, the two hives, the last good policy. */
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, before, beforeEach, describe, test } from 'node:test';
import { loadEnvironment } from '../electron/main/load-environment.ts';
import { loadPolicy } from '../electron/main/load-policy.ts';
import { machineFolders, policyKey } from '../shared/installation.ts';
import { setUserData } from './support/electron-double.ts';
import { temporaryFolder } from './support/folder.ts';
import { holdFile } from './support/programs.ts';
import { deleteKeys, writeKey } from './support/registry.ts';

const machineKey = `HKEY_LOCAL_MACHINE\\${policyKey}`;
const userKey = `HKEY_CURRENT_USER\\${policyKey}`;
const settings = machineFolders.win32;
const file = (name: string) => path.join(settings, name);

describe('Policy and environment of the machine', () => {
  const folder = temporaryFolder('machine');
  let starts = 0;

  before(() => mkdirSync(settings, { recursive: true }));
  /** Each test has a user of its own, without a policy from before. */
  beforeEach(() => {
    starts += 1;
    const user = path.join(folder, `user ${starts}`);
    mkdirSync(user);
    setUserData(user);
  });
  afterEach(async () => {
    await deleteKeys(machineKey, userKey);
    for (const name of ['policy.json', 'environment.json'])
      rmSync(file(name), { force: true, recursive: true });
  });

  const dword = (number: number) => ({ type: 'REG_DWORD', number }) as const;
  const start = () => loadPolicy('release');

  test('nothing anywhere is no policy, and nothing is wrong', async () => {
    const { policy, problems, unknown, source } = await start();
    assert.deepEqual({ policy, problems, unknown }, { policy: {}, problems: [], unknown: undefined });
    assert.equal((source?.match(/not there/g) ?? []).length, 3, source);
  });

  test('the file outweighs the machine, and the machine the user', async () => {
    writeFileSync(file('policy.json'), '\ufeff{ "idleLockMinutes": 1 }');
    await writeKey(machineKey, { idleLockMinutes: dword(2), sessionHours: dword(2) });
    await writeKey(userKey, {
      idleLockMinutes: dword(3),
      sessionHours: dword(3),
      coverResultMinutes: dword(3),
    });
    const { policy, problems } = await start();
    assert.deepEqual(policy, { idleLockMinutes: 1, sessionHours: 2, coverResultMinutes: 3 });
    assert.deepEqual(problems, []);
  });

  test('a policy file that another program holds for a moment is read', async () => {
    writeFileSync(file('policy.json'), '{ "printing": false }');
    const held = await holdFile(file('policy.json'), 'none', 200);
    const { policy, problems } = await start();
    await held.release();
    assert.deepEqual({ policy, problems }, { policy: { printing: false }, problems: [] });
  });

  test('a policy file that stays held is unknown on a first start, and as it was on a later one', async () => {
    writeFileSync(file('policy.json'), '{ "printing": false }');
    const held = await holdFile(file('policy.json'), 'none');
    const first = await start();
    assert.match(first.unknown ?? '', /policy\.json is in use by another program \(EBUSY\)/);
    await held.release();
    await start();
    const heldAgain = await holdFile(file('policy.json'), 'none');
    const later = await start();
    await heldAgain.release();
    assert.deepEqual(
      { policy: later.policy, unknown: later.unknown },
      { policy: { printing: false }, unknown: undefined },
    );
    assert.match(later.problems.join(), /the last one that could applies/);
  });

  test('a folder in place of the policy file is unknown, not absent', async () => {
    mkdirSync(file('policy.json'));
    assert.match((await start()).unknown ?? '', /policy\.json is a folder/);
  });

  test('variables lead neither the files nor reg.exe elsewhere', async () => {
    await writeKey(machineKey, { printing: dword(0) });
    const before = { ...process.env };
    for (const name of ['ProgramFiles', 'ProgramData', 'SystemRoot', 'windir', 'PATH'])
      process.env[name] = folder;
    try {
      const { policy, problems } = await start();
      assert.deepEqual({ policy, problems }, { policy: { printing: false }, problems: [] });
    } finally {
      Object.assign(process.env, before);
    }
  });

  test('where the temporary folder cannot be written the policy still holds', async () => {
    await writeKey(machineKey, { printing: dword(0) });
    const { TEMP, TMP } = process.env;
    process.env['TEMP'] = process.env['TMP'] = 'C:\\not there';
    try {
      const { policy, problems } = await start();
      assert.deepEqual({ policy, problems }, { policy: { printing: false }, problems: [] });
    } finally {
      Object.assign(process.env, { TEMP, TMP });
    }
  });

  test('no environment file, and one that is held for a moment', async () => {
    const missing = await loadEnvironment('release', await start());
    assert.deepEqual(missing, {
      kind: 'unusable',
      problem: 'This computer has no environment file (environment.json).',
    });
    writeFileSync(file('environment.json'), '{}');
    const held = await holdFile(file('environment.json'), 'none', 200);
    const read = await loadEnvironment('release', await start());
    await held.release();
    assert.ok(read.kind === 'unusable' && read.problem.includes('is missing'), JSON.stringify(read));
  });

  test('an environment file elsewhere, by a path with every letter', async () => {
    const elsewhere = path.join(folder, 'Ysbyty M\u00f4n \u65e5 100%');
    mkdirSync(elsewhere);
    writeFileSync(path.join(elsewhere, 'e.json'), '{}');
    await writeKey(machineKey, {
      environmentFile: { type: 'REG_SZ', text: path.join(elsewhere, 'e.json') },
    });
    const read = await loadEnvironment('release', await start());
    assert.ok(
      read.kind === 'unusable' && /^The environment file \(e\.json\).* is missing/.test(read.problem),
    );
  });
});
