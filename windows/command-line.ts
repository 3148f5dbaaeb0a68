/** Launch links as Windows hands them over, command words and switches, and where a command writes. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { openTrail } from '../electron/audit/trail.ts';
import { parseLaunchLink } from '../electron/launch/launch-link.ts';
import { findLaunchLinks } from '../electron/launch/launch-link-queue.ts';
import { refusedSwitches } from '../electron/security/command-line-switches.ts';
import { findCommandArguments } from '../electron/settings/command-arguments.ts';
import { windowsProgram } from '../electron/settings/windows-programs.ts';
import { linkScheme, linkSchemeKey } from '../shared/installation.ts';
import { temporaryFolder } from './support/folder.ts';
import { given } from './support/given.ts';
import { runBundle, runProgram, startedFor } from './support/programs.ts';
import { deleteKeys, writeKey } from './support/registry.ts';

describe('Launch links', () => {
  const folder = temporaryFolder('launch link');
  const written = path.join(folder, 'arguments.jsonl');
  const schemeKey = `HKEY_LOCAL_MACHINE\\${linkSchemeKey}`;

  before(async () => {
    const command = `"${process.execPath}" "${given('BUNDLE')}" write-arguments "${written}" "%1"`;
    await writeKey(schemeKey, { 'URL Protocol': { type: 'REG_SZ', text: '' } });
    await runProgram(windowsProgram('reg.exe'), [
      'add',
      `${schemeKey}\\shell\\open\\command`,
      '/ve',
      '/d',
      command,
      '/f',
    ]);
  });
  after(() => deleteKeys(schemeKey));

  const patient =
    'patient=https://fhir.nhs.uk/Id/nhs-number|9990000018&birthdate=2015-08-14&location=https://fhir.nhs.uk/Id/ods-organization-code|A12345';
  const encoded = patient.replaceAll(/[:/|]/g, encodeURIComponent);
  for (const link of [
    `${linkScheme}:launch?${patient}`,
    `${linkScheme}://launch/?${patient}`,
    `${linkScheme}:launch?${encoded}`,
    `${linkScheme}:launch?iss=https://ehr.example.nhs.uk/fhir&launch=Zm9vYmFy`,
    `${linkScheme.toUpperCase()}:launch?code=Zm9vYmFyYmF6&iss=https://ehr.example.nhs.uk/launch`,
  ]) {
    test(`the shell hands over one argument, and it is read: ${link}`, async () => {
      await startedFor(written, () =>
        runProgram(windowsProgram('rundll32.exe'), ['url.dll,FileProtocolHandler', link]),
      );
      const [last = ''] = readFileSync(written, 'utf8').trimEnd().split('\n').slice(-1);
      const links = findLaunchLinks(JSON.parse(last));
      assert.equal(links.length, 1, last);
      assert.notEqual(parseLaunchLink(links[0] ?? '').kind, 'unknown', last);
      assert.deepEqual(refusedSwitches(JSON.parse(last), process.platform), []);
    });
  }

  test('a link that tries to become switches stays one argument, and is unknown', async () => {
    const link = `${linkScheme}:launch?code=x" --inspect "`;
    await startedFor(written, () =>
      runProgram(windowsProgram('rundll32.exe'), ['url.dll,FileProtocolHandler', link]),
    );
    const [last = ''] = readFileSync(written, 'utf8').trimEnd().split('\n').slice(-1);
    const handed: readonly string[] = JSON.parse(last);
    // Whatever the shell makes of it: a switch is refused, and a link that is not one is not followed.
    const isRefused = refusedSwitches(handed, process.platform).length > 0;
    const kinds = findLaunchLinks(handed).map((one) => parseLaunchLink(one).kind);
    assert.ok(isRefused || kinds.every((kind) => kind === 'unknown'), last);
  });
});

describe('Command words and switches', () => {
  const folder = temporaryFolder('words');
  const written = path.join(folder, 'arguments.jsonl');

  /** What a program is given of these words by Windows. */
  async function handed(...words: readonly string[]): Promise<readonly string[]> {
    const { exitCode } = await runBundle(['write-arguments', written, ...words]);
    assert.equal(exitCode, 0);
    return JSON.parse(readFileSync(written, 'utf8').trimEnd().split('\n').at(-1) ?? '');
  }

  test('paths with blanks, quotes, a percent sign, letters and a backslash at the end', async () => {
    const words = [
      'audit',
      'export',
      'C:\\Caf\u00e9 100%\\the "audit"\\',
      '--format=csv',
      '--output=D:\\a b\\t.csv',
    ];
    assert.deepEqual(findCommandArguments('audit', await handed(...words), true), words.slice(1));
    assert.deepEqual(refusedSwitches(words, process.platform), []);
  });

  for (const word of ['/inspect', '--inspect', '-inspect', ' --no-sandbox', '/user-data-dir=C:\\x', '/?'])
    test(`${word} is refused`, async () => {
      assert.equal(refusedSwitches(await handed(word), process.platform).length, 1);
    });
});

describe('Commands at a console, in a pipe and without handles', () => {
  const parent = temporaryFolder('commands');
  const trail = path.join(parent, 'audit');
  const node = `"${process.execPath}" "${given('BUNDLE')}"`;
  const startProgram = path.join(given('PROGRAMS'), 'start-program.exe');

  before(async () => {
    const { append } = openTrail({ folder: trail, workstation: 'WARD-7', now: () => new Date() });
    const content = { workstation: 'WARD-7', actor: null };
    for (let entry = 0; entry < 400; entry += 1) await append({ event: 'copied', ...content });
  });

  test('a console shows what audit verify says', async () => {
    const screen = path.join(parent, 'screen.txt');
    const command = `${node} viewer audit verify "${trail}"`;
    const { exitCode } = await runProgram(startProgram, ['console', screen, command]);
    assert.equal(exitCode, 0);
    assert.match(readFileSync(screen, 'utf8'), /Entries: 401.*The trail is whole\./s);
  });

  test('a console shows what a command that was not understood can do', async () => {
    const screen = path.join(parent, 'usage.txt');
    const { exitCode } = await runProgram(startProgram, ['console', screen, `${node} viewer audit`]);
    assert.equal(exitCode, 2);
    assert.match(readFileSync(screen, 'utf8'), /Usage:/);
  });

  test('a pipe is given the whole export, and a file the same', async () => {
    const file = path.join(parent, 'trail.json');
    const piped = await runBundle(['viewer', 'audit', 'export', trail, '--format=json']);
    const filed = await runBundle(['viewer', 'audit', 'export', trail, '--format=json', `--output=${file}`]);
    assert.deepEqual([piped.exitCode, filed.exitCode], [0, 0], piped.error + filed.error);
    assert.ok(piped.out.length > 100_000);
    assert.equal(piped.out, readFileSync(file, 'utf8'));
  });

  test('without handles the exit code and the file are as ever', async () => {
    const file = path.join(parent, 'unseen.csv');
    const command = `${node} viewer audit export "${trail}" --format=csv "--output=${file}"`;
    assert.equal((await runProgram(startProgram, ['without-handles', '-', command])).exitCode, 0);
    assert.ok(existsSync(file));
    const missing = `${node} viewer audit verify "${path.join(parent, 'nowhere')}"`;
    assert.notEqual((await runProgram(startProgram, ['without-handles', '-', missing])).exitCode, 0);
  });

  test('keys: imported from a file of Windows, listed, removed', async () => {
    process.env['CPIS_VIEWER_KEYS'] = parent;
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 4096 });
    const file = path.join(parent, 'key caf\u00e9.pem');
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().replaceAll('\n', '\r\n');
    // As PowerShell's `>` writes it.
    writeFileSync(file, Buffer.from(`\ufeff${pem}`, 'utf16le'));
    const imported = await runBundle(['viewer', 'keys', 'import', 'platform', file]);
    assert.equal(imported.exitCode, 0, imported.error);
    assert.match((await runBundle(['viewer', 'keys', 'list'])).out, /platform/);
    const screen = path.join(parent, 'keys.txt');
    await runProgram(startProgram, ['console', screen, `${node} viewer keys list`]);
    assert.match(readFileSync(screen, 'utf8'), /platform/);
    assert.equal((await runBundle(['viewer', 'keys', 'import', 'nul', file])).exitCode, 2);
    assert.equal((await runBundle(['viewer', 'keys', 'remove', 'platform'])).exitCode, 0);
    assert.equal((await runBundle(['viewer', 'keys', 'remove', 'platform'])).exitCode, 1);
  });
});
