/** The policy through the real reg.exe, value by value. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { createLastGoodPolicy } from '../electron/settings/policy/last-good-policy.ts';
import {
  type Hive,
  type RegExe,
  readPolicyRegistry,
  regExe,
} from '../electron/settings/policy/policy-registry.ts';
import { readPolicy } from '../electron/settings/policy/read-policy.ts';
import { policyKey } from '../shared/installation.ts';
import { policyNames } from '../shared/policy.ts';
import { samplesOf } from './policy-samples.ts';
import { temporaryFolder } from './support/folder.ts';
import { given } from './support/given.ts';
import { deleteKeys, type RegistryValue, writeKey } from './support/registry.ts';

const machineKey = `HKEY_LOCAL_MACHINE\\${policyKey}`;
const userKey = `HKEY_CURRENT_USER\\${policyKey}`;

describe('Policy from the registry', () => {
  const folder = temporaryFolder('policy');
  let starts = 0;

  let isClean = true;
  const write = (values: Readonly<Record<string, RegistryValue>>, key = machineKey) => {
    isClean = false;
    return writeKey(key, values);
  };
  const source = (hive: Hive = 'HKEY_LOCAL_MACHINE') => readPolicyRegistry(hive, regExe);
  /** Each start has a user of its own, without a policy from before. */
  async function start(...hives: readonly Hive[]) {
    starts += 1;
    const sources = await Promise.all(hives.map((hive) => source(hive)));
    return readPolicy(sources, createLastGoodPolicy(`${folder}\\user-${starts}`));
  }

  afterEach(async () => {
    if (!isClean) await deleteKeys(machineKey, userKey);
    isClean = true;
  });

  describe('every policy of the table: right values are read, wrong ones are refused by name', () => {
    /** By policy: what was wrong. One read serves the same sample of every policy. */
    const wrong = new Map<string, string[]>();

    before(async () => {
      const rounds = Math.max(...policyNames.map((name) => samplesOf(name).length));
      for (let round = 0; round < rounds; round += 1) await tryRound(round);
    });

    async function tryRound(round: number): Promise<void> {
      const samples = policyNames.flatMap((name) => {
        const sample = samplesOf(name)[round];
        return sample === undefined ? [] : [[name, sample] as const];
      });
      await deleteKeys(machineKey);
      await write(Object.fromEntries(samples.map(([name, { written }]) => [name, written])));
      const { policy, problems, unknown } = await start('HKEY_LOCAL_MACHINE');
      for (const [name, { written, read }] of samples) {
        const refused = problems.some((problem) => problem.startsWith(`The policy's ${name} is refused: `));
        const isRight =
          unknown === undefined && isDeepStrictEqual(policy[name], read) && refused === (read === undefined);
        if (!isRight)
          wrong.set(name, [
            ...(wrong.get(name) ?? []),
            `${JSON.stringify(written)} was read as ${JSON.stringify(policy[name])}`,
          ]);
      }
    }

    for (const name of policyNames) test(name, () => assert.deepEqual(wrong.get(name) ?? [], []));
  });

  test('every policy at once, under the key and with the types of the ADMX', async () => {
    const admx = readFileSync(given('TEMPLATE'), 'utf8');
    const [key, ...otherKeys] = new Set([...admx.matchAll(/ key="([^"]+)"/g)].map(([, found]) => found));
    assert.deepEqual(otherKeys, []);
    const all = Object.fromEntries(
      policyNames.map((name) => {
        const [sample] = samplesOf(name);
        assert.ok(sample);
        assert.equal(sample.written.type, typeInTemplate(admx, name), name);
        return [name, sample];
      }),
    );
    await write(
      Object.fromEntries(Object.entries(all).map(([name, { written }]) => [name, written])),
      `HKEY_LOCAL_MACHINE\\${key}`,
    );
    const { policy, problems } = await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual(problems, []);
    assert.deepEqual(policy, Object.fromEntries(Object.entries(all).map(([name, { read }]) => [name, read])));
  });

  for (const text of ['C:\\Caf\u00e9\\e.json', 'C:\\\u65e5\u672c\\e.json']) {
    test(`W6: a path is read letter by letter: ${JSON.stringify(text)}`, async () => {
      await write({ environmentFile: { type: 'REG_SZ', text } });
      const { policy, problems, unknown } = await start('HKEY_LOCAL_MACHINE');
      assert.deepEqual(
        { policy, problems, unknown },
        { policy: { environmentFile: text }, problems: [], unknown: undefined },
      );
    });
  }

  test('W6: a path with a letter that reg.exe prints as another is refused by name', async () => {
    await write({ environmentFile: { type: 'REG_SZ', text: 'C:\\\u0160ite\\e.json' } });
    const { policy, problems } = await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual(policy, {});
    assert.match(problems.join(), /^The policy's environmentFile is refused: it must be of plain letters/);
  });

  test('what another program of the user writes into the exported file is not believed', async () => {
    await write({
      printing: { type: 'REG_DWORD', number: 0 },
      environmentFile: { type: 'REG_SZ', text: 'C:\\Program Files\\Settings\\e.json' },
      safeguardingContacts: { type: 'REG_MULTI_SZ', text: 'Night team | 01632 960001 | 20:00 to 08:00' },
    });
    const { policy: right, problems: none } = await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual(none, []);
    assert.deepEqual(Object.keys(right).toSorted(), ['environmentFile', 'printing', 'safeguardingContacts']);
    const readAltered = async (alter: (exported: string) => string) => {
      const altered: RegExe = {
        query: regExe.query,
        exportKey: async (key) => alter(await regExe.exportKey(key)),
      };
      const found = await readPolicyRegistry('HKEY_LOCAL_MACHINE', altered);
      starts += 1;
      return readPolicy([found], createLastGoodPolicy(`${folder}\\altered-${starts}`));
    };
    assert.deepEqual(
      (await readAltered((text) => text.replace('dword:00000000', 'dword:00000001'))).policy,
      right,
    );
    assert.deepEqual((await readAltered((text) => `${text}"updates"="notify"\r\n`)).policy, right);
    assert.deepEqual((await readAltered((text) => text.replace(/\]\r\n[\s\S]*/, ']\r\n'))).policy, right);
    for (const folderOfTheirs of ['Prog', 'Progr\u00e1m Files', 'Program\u00a0Files']) {
      const { policy, problems } = await readAltered((text) => text.replace('Program Files', folderOfTheirs));
      assert.equal(policy.environmentFile, undefined);
      assert.match(problems.join(), /^The policy's environmentFile is refused/);
    }
    const otherNumber = await readAltered((text) => text.replace(/30,00(?=,31)/, '39,00'));
    assert.equal(otherNumber.policy.safeguardingContacts, undefined);
  });

  test('W6: where no file can be made, a letter that reg.exe cannot print is refused by name', async () => {
    const noFile: RegExe = { query: regExe.query, exportKey: () => Promise.reject(new Error('no file')) };
    for (const text of ['C:\\Caf\u00e9\\e.json', 'C:\\\u65e5\u672c\\e.json']) {
      await write({ environmentFile: { type: 'REG_SZ', text }, printing: { type: 'REG_DWORD', number: 0 } });
      const found = await readPolicyRegistry('HKEY_LOCAL_MACHINE', noFile);
      const { policy, problems } = await readPolicy([found], createLastGoodPolicy(`${folder}\\no-file`));
      assert.deepEqual(policy, { printing: false });
      assert.match(problems.join(), /^The policy's environmentFile is refused/);
    }
  });

  test('reading leaves no file behind', async () => {
    await write({ printing: { type: 'REG_DWORD', number: 0 } });
    await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual(
      readdirSync(tmpdir()).filter((name) => name.startsWith('cpis-viewer-policy-')),
      [],
    );
  });

  test('a text of %VARIABLES% is not a text that expands', async () => {
    await write({ environmentFile: { type: 'REG_EXPAND_SZ', text: 'C:\\%USERNAME%\\e.json' } });
    assert.match((await start('HKEY_LOCAL_MACHINE')).problems.join(), /environmentFile is refused/);
    await write({ environmentFile: { type: 'REG_SZ', text: 'C:\\%USERNAME%\\e.json' } });
    const { policy, problems } = await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual(
      { policy, problems },
      { policy: { environmentFile: 'C:\\%USERNAME%\\e.json' }, problems: [] },
    );
  });

  test('no key of ours is no policy', async () => {
    await write({ other: { type: 'REG_SZ', text: 'x' } }, 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\Other');
    assert.deepEqual(await source(), { kind: 'absent' });
  });

  test('a key whose name only begins like ours is no policy', async () => {
    await write({ printing: { type: 'REG_DWORD', number: 0 } }, `${machineKey} Beta`);
    assert.deepEqual(await source(), { kind: 'absent' });
    await deleteKeys(`${machineKey} Beta`);
  });

  test('W10: not even the key for policies, as for a new user, is no policy', async () => {
    await deleteKeys('HKEY_CURRENT_USER\\SOFTWARE\\Policies');
    assert.deepEqual(await source('HKEY_CURRENT_USER'), { kind: 'absent' });
    const { policy, problems, unknown } = await start('HKEY_LOCAL_MACHINE', 'HKEY_CURRENT_USER');
    assert.deepEqual({ policy, problems, unknown }, { policy: {}, problems: [], unknown: undefined });
  });

  test('a key without values, and one with keys below it, has no settings', async () => {
    await write({});
    await write({ printing: { type: 'REG_DWORD', number: 0 } }, `${machineKey}\\Below`);
    const { policy, problems } = await start('HKEY_LOCAL_MACHINE');
    assert.deepEqual({ policy, problems }, { policy: {}, problems: [] });
  });

  test('the machine outweighs the user, setting by setting', async () => {
    await write({ idleLockMinutes: { type: 'REG_DWORD', number: 5 } });
    await write(
      { idleLockMinutes: { type: 'REG_DWORD', number: 60 }, logLevel: { type: 'REG_SZ', text: 'faults' } },
      userKey,
    );
    const { policy, places } = await start('HKEY_LOCAL_MACHINE', 'HKEY_CURRENT_USER');
    assert.deepEqual(policy, { idleLockMinutes: 5, logLevel: 'faults' });
    assert.deepEqual(places, { idleLockMinutes: machineKey, logLevel: userKey });
  });

  test('a name that is not known is named', async () => {
    await write({ idleLockMinute: { type: 'REG_DWORD', number: 5 } });
    assert.match((await start('HKEY_LOCAL_MACHINE')).problems.join(), /not known: idleLockMinute /);
  });
});

/** The type that the Group Policy editor writes for an element of the ADMX. */
function typeInTemplate(admx: string, name: string): RegistryValue['type'] | undefined {
  const [, policy = ''] = new RegExp(`<policy name="${name}"([^]*?)</policy>`).exec(admx) ?? [];
  if (/<enabledValue>\s*<decimal value="1" \/>/.test(policy)) return 'REG_DWORD';
  if (/<decimal id=/.test(policy)) return 'REG_DWORD';
  if (/<multiText id=/.test(policy)) return 'REG_MULTI_SZ';
  if (/<text id=(?![^>]*expandable)/.test(policy) || /<value>\s*<string>/.test(policy)) return 'REG_SZ';
  return undefined;
}
