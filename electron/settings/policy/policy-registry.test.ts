/**
 * Recorded output of `reg.exe`, as Windows 10 and 11 write it (Microsoft, "reg query"). The real reg.exe of Wine is asked by
 * `npm run test:windows`.
 */
import { describe, expect, test } from 'vitest';
import { parseRegQuery, type RegExe, readPolicyRegistry } from './policy-registry.ts';

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
function registry(answers: Readonly<Record<string, string>>, exported?: string): RegExe {
  return {
    async query(key) {
      const answer = answers[key];
      if (answer === undefined) throw new Error('Command failed');
      return answer;
    },
    async exportKey() {
      if (exported === undefined) throw new Error('Command failed');
      return exported;
    },
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
      ['empty', { from: 'registry', type: 'REG_SZ', text: '' }],
      ['paths', { from: 'registry', type: 'REG_MULTI_SZ', text: 'one\ntwo' }],
    ]);
  });
});

describe('the registry key of the policy', () => {
  const software = 'HKEY_LOCAL_MACHINE\\SOFTWARE';
  const read = (reg: RegExe) => readPolicyRegistry('HKEY_LOCAL_MACHINE', reg);
  const withPolicies = { [software]: `\r\n${software}\\Microsoft\r\n${machine}\r\n` };

  const withKeys = (...names: string[]) => ({ ...withPolicies, [machine]: keys(...names) });

  test.each<[string, Readonly<Record<string, string>>, 'absent' | 'failed']>([
    [
      'absent where the list of keys does not have it, in any language',
      withKeys('Google', 'Microsoft'),
      'absent',
    ],
    [
      'absent where not even the key for policies is there, as for a new user',
      { [software]: `\r\n${software}\\Microsoft\r\n` },
      'absent',
    ],
    ['not taken for a key whose name only begins like it', withKeys('CP-IS Viewer Beta'), 'absent'],
    ['unknown where the key for policies is there and cannot be read', withPolicies, 'failed'],
    ['unknown, not absent, where it is there and cannot be read', withKeys('CP-IS Viewer'), 'failed'],
    ['unknown where reg.exe cannot be run at all', {}, 'failed'],
  ])('is %s', async (_case, answers, kind) => {
    expect((await read(registry(answers))).kind).toBe(kind);
  });

  test('is found whatever its case', async () => {
    const found = await read(registry({ ...withKeys('Microsoft', 'cp-is viewer'), [ours]: values }));
    expect(found).toMatchObject({ kind: 'read', values: { size: 6 } });
  });

  describe('has the letters of its export, and nothing else of it', () => {
    /** What is read where the query prints one thing and the exported file says another. */
    async function readOne(type: 'REG_SZ' | 'REG_MULTI_SZ', printed: string, exported: string | undefined) {
      const answers = {
        ...withKeys('CP-IS Viewer'),
        [ours]: `\r\n${ours}\r\n    name    ${type}    ${printed}\r\n`,
      };
      const file = `Windows Registry Editor Version 5.00\r\n\r\n[${ours}]\r\n${exported}\r\n\r\n`;
      const found = await read(registry(answers, exported === undefined ? undefined : file));
      return found.kind === 'read' ? found.values.get('name') : undefined;
    }
    const hex = (text: string) =>
      `"name"=hex(7):${[...Buffer.from(`${text}\0\0`, 'utf16le')].map((byte) => byte.toString(16).padStart(2, '0')).join()}`;

    test.each([
      ['C:\\\ufffdite "B"\\100%.json', '"name"="C:\\\\Šite \\"B\\"\\\\100%.json"', 'C:\\Šite "B"\\100%.json'],
      [
        'https://example.nhs.uk/\ufffda=1',
        '"name"="https://example.nhs.uk/?a=1"',
        'https://example.nhs.uk/?a=1',
      ],
      ['C:\\e.json', undefined, 'C:\\e.json'],
      ['C:\\\ufffd.json', undefined, 'C:\\\ufffd.json'],
      ['C:\\e.json', '"other"="x"', 'C:\\e.json'],
    ])('%j with the file %j is read as %j', async (printed, exported, text) => {
      expect(await readOne('REG_SZ', printed, exported)).toEqual({ from: 'registry', type: 'REG_SZ', text });
    });

    test.each([
      ['C:\\e.json', '"name"="C:\\\\f.json"'],
      ['C:\\e.json', '"name"="C:\\\\e.json.x"'],
      ['C:\\Site\\e.json', '"name"="C:\\\\Šite\\\\e.json"'],
      ['C:\\\ufffd\\e.json', '"name"="C:\\\\é\\\\f.json"'],
    ])('H16: what the file says else is not believed: %j, %j', async (printed, exported) => {
      expect(await readOne('REG_SZ', printed, exported)).toMatchObject({ text: '\ufffd' });
    });

    test('of a list also those that a query prints as others, and no digit', async () => {
      const lines = 'St Mary’s | 1\0Š | 2';
      expect(await readOne('REG_MULTI_SZ', "St Mary's | 1\\0S | 2", hex(lines))).toMatchObject({
        text: 'St Mary’s | 1\nŠ | 2',
      });
      expect(await readOne('REG_MULTI_SZ', "St Mary's | 1\\0S | 3", hex(lines))).toMatchObject({
        text: '\ufffd',
      });
    });

    test.each([
      ['Team | 020', 'Team | 02９'],
      ['Team | 020', 'Team |\u202e020'],
      ['St Mary\ufffds | 020', 'St Mary\u202es | 020'],
    ])(
      'H16: the digits of a list are neither replaced nor turned round: %j, %j',
      async (printed, exported) => {
        expect(await readOne('REG_MULTI_SZ', printed, hex(exported))).toMatchObject({ text: '\ufffd' });
      },
    );

    test.each([[''], ['REGEDIT4\r\n']])('a file that begins with %j gives nothing', async (text) => {
      const answers = { ...withKeys('CP-IS Viewer'), [ours]: values };
      expect(await read(registry(answers, text))).toMatchObject({ values: { size: 6 } });
    });
  });
});
