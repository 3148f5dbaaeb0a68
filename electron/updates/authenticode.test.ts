/** Every answer of PowerShell but one is a refusal. */
import { expect, test } from 'vitest';
import { checkSameSigner } from './authenticode.ts';

const publisher = 'CN=CP-IS Viewer Publisher, O=Publisher | Sons, C=GB';

const check = (printed: string) => checkSameSigner('C:\\viewer.exe', 'C:\\update.exe', async () => printed);

test('both valid, in one name: the update may be run', async () => {
  await expect(check(`Valid|${publisher}\r\nValid|${publisher}\r\n`)).resolves.toBeUndefined();
});

test.each([
  ['the update is not signed', `Valid|${publisher}\r\nNotSigned|\r\n`],
  ['it was changed since', `Valid|${publisher}\r\nHashMismatch|${publisher}\r\n`],
  ['its signer is not trusted', `Valid|${publisher}\r\nNotTrusted|${publisher}\r\n`],
  ['another has signed it', `Valid|${publisher}\r\nValid|CN=Somebody else\r\n`],
  ['another has signed it whose name begins alike', `Valid|${publisher}\r\nValid|${publisher}X\r\n`],
  ['this viewer is not signed', `NotSigned|\r\nValid|${publisher}\r\n`],
  ['this viewer was changed', `HashMismatch|${publisher}\r\nValid|${publisher}\r\n`],
  ['neither is signed', 'NotSigned|\r\nNotSigned|\r\n'],
  ['neither has a name', 'Valid|\r\nValid|\r\n'],
  ['one answer is missing', `Valid|${publisher}\r\n`],
  ['there is one too many', `Valid|${publisher}\r\nValid|${publisher}\r\nValid|${publisher}\r\n`],
  ['nothing was printed', ''],
])('refused: %s', async (_case, printed) => {
  await expect(check(printed)).rejects.toThrow();
});

test('refused: PowerShell may not run', async () => {
  const restricted = () => Promise.reject(new Error('This program is blocked by group policy.'));
  await expect(checkSameSigner('C:\\viewer.exe', 'C:\\update.exe', restricted)).rejects.toThrow('blocked');
});

test('no name of a file is a part of the command', async () => {
  const asked: unknown[] = [];
  const names = ["C:\\a';calc;'.exe", 'C:\\$(calc).exe'] as const;
  await checkSameSigner(...names, async (script, env) => {
    asked.push(script.includes('calc'), env);
    return `Valid|${publisher}\nValid|${publisher}`;
  });
  expect(asked).toEqual([false, { CPIS_RUNNING: names[0], CPIS_UPDATE: names[1] }]);
});
