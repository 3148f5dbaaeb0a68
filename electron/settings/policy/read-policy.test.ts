import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { type Policy, policySettings } from '../../../shared/policy.ts';
import { createLastGoodPolicy } from './last-good-policy.ts';
import { readPolicyFile } from './policy-file.ts';
import { parseRegQuery } from './policy-registry.ts';
import type { PolicySource } from './policy-source.ts';
import { readPolicyValue } from './policy-value.ts';
import { type PolicyRead, readPolicy } from './read-policy.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder, 'policy.json');
});

const write = (policy: unknown) =>
  writeFile(file, typeof policy === 'string' ? policy : JSON.stringify(policy));

async function start(...more: readonly PolicySource[]): Promise<PolicyRead> {
  return readPolicy([await readPolicyFile(file), ...more], createLastGoodPolicy(folder));
}

/** A policy file that no program can read, not even as root. */
async function makeUnreadable(): Promise<void> {
  await rm(file);
  await mkdir(file);
}

const failed: PolicySource = { kind: 'failed', problem: 'the registry key cannot be read' };

const noProblem = { problems: [], unknown: undefined };

/** The expected places: each of these settings at this place. */
const all = (policy: Policy, place: string) =>
  Object.fromEntries(Object.keys(policy).map((name) => [name, place]));

const everything: Policy = {
  environmentFile: '/etc/cpis-viewer/trust.json',
  platformSigner: { kind: 'stored', kid: 'k', name: 'n' },
  signInSurface: 'system-browser',
  idleLockMinutes: 5,
  careSetting: 'scheduled',
  contentProtection: true,
  printing: false,
  updates: 'off',
  logLevel: 'faults',
  auditForwardTo: '[::1]:6514',
};

describe('the policy file', () => {
  test('is read, setting by setting', async () => {
    await write(everything);
    expect(await start()).toEqual({ policy: everything, places: all(everything, file), ...noProblem });
  });

  test('that is not there is no policy, and no problem', async () => {
    expect(await start()).toEqual({ policy: {}, places: {}, ...noProblem });
  });

  test('that is taken away takes the policy with it', async () => {
    await write(everything);
    await start();
    await rm(file);
    expect(await start()).toEqual({ policy: {}, places: {}, ...noProblem });
    await mkdir(file);
    expect(await start()).toMatchObject({ policy: {}, unknown: undefined });
  });

  test.each([
    ['a folder', undefined],
    ['not JSON', '{"idleLockMinutes": 5'],
    ['a list', '[]'],
    ['not UTF-8', '\xff'],
    ['too large', `{"x":"${'x'.repeat(300_000)}"}`],
    ['a member twice', '{"printing":false,"printing":true}'],
  ])('that cannot be read (%s): the last good one applies, and it says so', async (_name, text) => {
    await write(everything);
    await start();
    if (text === undefined) await makeUnreadable();
    else await writeFile(file, text, 'latin1');
    for (const _start of [1, 2]) {
      const { policy, problems, unknown } = await start();
      expect(policy).toEqual(everything);
      expect(unknown).toBeUndefined();
      expect(problems).toEqual([
        expect.stringMatching(
          /^The policy could not be read \(policy.json .*\); the last one that could applies.$/,
        ),
      ]);
    }
  });

  test('that cannot be read, on the first start of all, is unknown: no user signs in without the restrictions that it may contain', async () => {
    await mkdir(file);
    for (const _start of [1, 2])
      expect(await start()).toEqual({
        policy: {},
        places: {},
        problems: [],
        unknown:
          'The policy of this computer could not be read (policy.json is a folder), and none is kept from before.',
      });
  });

  test('that was once known not to be there is known: a source of policy that fails later stops no user', async () => {
    await start();
    expect(await start(failed)).toEqual({
      policy: {},
      places: {},
      problems: [expect.stringContaining('the last one that could applies')],
      unknown: undefined,
    });
  });

  test('that others may have written lets no user sign in, whatever the last good copy', async () => {
    await write(everything);
    await start();
    const untrusted: PolicySource = { kind: 'untrusted', problem: '/etc/cpis-viewer belongs to user 1000' };
    for (const _start of [1, 2])
      expect(await readPolicy([untrusted], createLastGoodPolicy(folder))).toMatchObject({
        unknown: 'The policy of this computer cannot be trusted: /etc/cpis-viewer belongs to user 1000.',
      });
    // Nor does the viewer copy an untrusted policy.
    await rm(file);
    await mkdir(file);
    expect((await start()).policy).toEqual(everything);
  });

  test('that is there says what the site wants, also where a place of less weight cannot be read', async () => {
    await write({ printing: false });
    expect(await start(failed, failed)).toMatchObject({ policy: { printing: false }, unknown: undefined });
  });
});

describe('a value that is not right', () => {
  test('H21: is refused by its name and place, and the rest applies', async () => {
    await write({ idleLockMinutes: 0, printing: false });
    expect(await start()).toEqual({
      policy: { printing: false },
      places: { printing: file },
      unknown: undefined,
      problems: [
        `The policy's idleLockMinutes is refused: it must be a whole number from 1 to 60 (in ${file}).`,
      ],
    });
  });

  test('H21: in a list is refused by its line, and the other lines and settings apply', async () => {
    const right = ['Safeguarding team | 020 7946 0555 | 08:00 to 18:00', 'Site manager | bleep 1234'];
    await write({ safeguardingContacts: [right[0], 'No phone number', right[1], 7], printing: false });
    const { policy, problems } = await start();
    expect(policy).toEqual({ safeguardingContacts: right, printing: false });
    expect(problems).toEqual([
      expect.stringMatching(
        /^The policy's safeguardingContacts has lines that are refused: 2, 4\. Each must be a name, .* \(in .*policy\.json\)\.$/,
      ),
    ]);
  });

  test('in a list of more lines than are shown is refused by its line', async () => {
    const six = Array.from({ length: 6 }, (_, index) => `Contact ${index} | 0123`);
    await write({ safeguardingContacts: six });
    const { policy, problems } = await start();
    expect(policy.safeguardingContacts).toEqual(six.slice(0, 5));
    expect(problems.join()).toContain('lines that are refused: 6.');
  });

  test.each([[[]], [['No phone number']], ['Safeguarding team | 1'], [{}]])(
    'as a list %j is refused as a whole',
    async (safeguardingContacts) => {
      await write({ safeguardingContacts, localProcedure: 'A | http://example.test', printing: false });
      const { policy, problems } = await start();
      expect(policy).toEqual({ printing: false });
      expect(problems.map((problem) => /^The policy's (\w+) is refused/.exec(problem)?.[1])).toEqual([
        'safeguardingContacts',
        'localProcedure',
      ]);
    },
  );

  test('leaves the last good one of its name in force', async () => {
    await write({ idleLockMinutes: 5 });
    await start();
    await write({ idleLockMinutes: '5' });
    for (const _start of [1, 2]) expect((await start()).policy).toEqual({ idleLockMinutes: 5 });
  });

  test('is never repeated in a message', async () => {
    await write({ auditPublicKey: 'secret-looking', unknownThing: 'secret-looking' });
    const { policy, problems } = await start();
    expect(policy).toEqual({});
    expect(problems).toEqual([
      `The policy's auditPublicKey is refused: it must be base64 on one line (in ${file}).`,
      `The policy has a setting that is not known: unknownThing (in ${file}).`,
    ]);
  });

  test.each([
    ['environmentFile', 'environment.json'],
    ['platformSigner', 'stored'],
    ['signInSurface', 'Window'],
    ['idleLockMinutes', 61],
    ['idleLockMinutes', 1.5],
    ['sessionHours', 13],
    ['careSetting', ''],
    ['contentProtection', 1],
    ['printing', 'false'],
    ['updates', null],
    ['auditForwardTo', 'logs.example.nhs.uk'],
    ['auditForwardTo', 'https://logs.example.nhs.uk:6514'],
  ] as const)('%s: %j', (name, value) =>
    expect(readPolicyValue(policySettings[name], { from: 'json', value }).kind).toBe('refused'),
  );

  test('whatever is in a file, reading it ends with known names and problems', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.oneof(fc.string(), fc.constantFrom(...Object.keys(policySettings))), fc.jsonValue()),
        async (json) => {
          await write(json);
          const { policy } = await start();
          expect(Object.keys(policy).filter((name) => !Object.hasOwn(policySettings, name))).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('machine and user', () => {
  const source = (place: string, values: string): PolicySource => ({
    kind: 'read',
    place,
    values: parseRegQuery(values),
  });
  const machine = source(
    'machine',
    '    idleLockMinutes    REG_DWORD    0x5\r\n    printing    REG_DWORD    0x0',
  );
  const user = source('user', '    idleLockMinutes    REG_DWORD    0x3c\r\n    logLevel    REG_SZ    faults');
  const both: Policy = { idleLockMinutes: 5, printing: false, logLevel: 'faults' };
  const read = (...sources: PolicySource[]) => readPolicy(sources, createLastGoodPolicy(folder));

  test('the machine outweighs the user', async () => {
    expect(await read(machine, user)).toEqual({
      policy: both,
      places: { idleLockMinutes: 'machine', printing: 'machine', logLevel: 'user' },
      ...noProblem,
    });
  });

  test('a machine policy that could never be read is unknown, whatever is set for the user', async () => {
    expect((await read({ kind: 'absent' }, failed, user)).unknown).toContain(
      'the registry key cannot be read',
    );
  });

  test('a machine policy that cannot be read is as it was last, over what the user has', async () => {
    await read(machine, user);
    const { policy, problems } = await read(failed, user);
    expect(policy).toEqual(both);
    expect(problems).toHaveLength(1);
  });

  test.each([
    ['a text for a number', 'idleLockMinutes', 'REG_SZ', '5'],
    ['a number for a text', 'logLevel', 'REG_DWORD', '0x1'],
    ['2 for a switch', 'printing', 'REG_DWORD', '0x2'],
    ['broken JSON for an object', 'platformSigner', 'REG_SZ', '{'],
    ['a member twice in an object', 'platformSigner', 'REG_SZ', '{"kind":"stored","kind":"pkcs11"}'],
    ['an expandable text', 'environmentFile', 'REG_EXPAND_SZ', '%ProgramData%\\e.json'],
    ['a path with a letter that was lost', 'environmentFile', 'REG_SZ', 'C:\\Caf\ufffd\\e.json'],
  ] as const)('in the registry, %s is refused', (_name, name, type, text) =>
    expect(readPolicyValue(policySettings[name], { from: 'registry', type, text }).kind).toBe('refused'),
  );
});
