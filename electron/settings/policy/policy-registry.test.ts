/**
 * Recorded output of `reg.exe query`, as Windows 10 and 11 write it (Microsoft, "reg query"). These tests have run on
 * Linux only; nothing of this has been run on Windows.
 */
import { describe, expect, test } from 'vitest';
import { parseRegQuery, type RegQuery, readPolicyRegistry } from './policy-registry.ts';

const machine = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies';
const ours = `${machine}\\CP-IS Viewer`;

const keys = (...names: string[]) => `\r\n${names.map((name) => `${machine}\\${name}\r\n`).join('')}`;

const values = [
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\CP-IS Viewer',
  '    environmentFile    REG_SZ    C:\\ProgramData\\CP-IS Viewer\\trust A    B.json',
  '    idleLockMinutes    REG_DWORD    0xa',
  '    printing    REG_DWORD    0x0',
  '    platformSigner    REG_SZ    {"kind":"stored","kid":"k1","name":"platform"}',
  '    (Default)    REG_SZ    ',
  '    empty    REG_SZ',
  '    paths    REG_MULTI_SZ    one\\0two',
  '',
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Policies\\CP-IS Viewer\\Sub key',
  '',
].join('\r\n');

/** Answers for its known keys; for any other key it fails as reg.exe does, with exit code 1. */
function registry(answers: Readonly<Record<string, string>>): RegQuery {
  return async (key) => {
    const answer = answers[key];
    if (answer === undefined) throw new Error('Command failed');
    return answer;
  };
}

describe('what reg.exe writes', () => {
  test('is read value by value, with its type', () => {
    expect([...parseRegQuery(values)]).toEqual([
      [
        'environmentFile',
        { from: 'registry', type: 'REG_SZ', text: 'C:\\ProgramData\\CP-IS Viewer\\trust A    B.json' },
      ],
      ['idleLockMinutes', { from: 'registry', type: 'REG_DWORD', text: '0xa' }],
      ['printing', { from: 'registry', type: 'REG_DWORD', text: '0x0' }],
      [
        'platformSigner',
        { from: 'registry', type: 'REG_SZ', text: '{"kind":"stored","kid":"k1","name":"platform"}' },
      ],
      ['(Default)', { from: 'registry', type: 'REG_SZ', text: '' }],
      ['empty', { from: 'registry', type: 'REG_SZ', text: '' }],
      ['paths', { from: 'registry', type: 'REG_MULTI_SZ', text: 'one\\0two' }],
    ]);
  });
});

describe('the registry key of the policy', () => {
  const software = 'HKEY_LOCAL_MACHINE\\SOFTWARE';
  const read = (query: RegQuery) => readPolicyRegistry('HKEY_LOCAL_MACHINE', query);
  const withPolicies = { [software]: `\r\n${software}\\Microsoft\r\n${machine}\r\n` };

  test('is absent where the list of keys does not have it, in any language', async () => {
    expect(await read(registry({ ...withPolicies, [machine]: keys('Google', 'Microsoft') }))).toEqual({
      kind: 'absent',
    });
  });

  test('is absent where not even the key for policies is there, as for a new user', async () => {
    expect(await read(registry({ [software]: `\r\n${software}\\Microsoft\r\n` }))).toEqual({
      kind: 'absent',
    });
  });

  test('is unknown where the key for policies is there and cannot be read', async () => {
    expect(await read(registry(withPolicies))).toMatchObject({ kind: 'failed' });
  });

  test('is found whatever its case', async () => {
    const found = await read(
      registry({ ...withPolicies, [machine]: keys('Microsoft', 'cp-is viewer'), [ours]: values }),
    );
    expect(found).toMatchObject({ kind: 'read', values: { size: 7 } });
  });

  test('that is there and cannot be read is unknown, not absent', async () => {
    expect(await read(registry({ ...withPolicies, [machine]: keys('CP-IS Viewer') }))).toMatchObject({
      kind: 'failed',
    });
  });

  test('is unknown where reg.exe cannot be run at all', async () => {
    expect(await read(registry({}))).toMatchObject({ kind: 'failed' });
  });

  test('is not taken for a key whose name only begins like it', async () => {
    expect(await read(registry({ ...withPolicies, [machine]: keys('CP-IS Viewer Beta') }))).toEqual({
      kind: 'absent',
    });
  });
});
