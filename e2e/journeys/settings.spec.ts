import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rmdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { expect, makeProfile, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { pressInWindow } from '../main-process.ts';
import { expectScreen, untilSettled } from '../screens.ts';
import { startAgain } from '../second-start.ts';
import { saveSupportBundle } from '../support-bundle.ts';
import { logEntries } from '../viewer-log.ts';

/** The viewer has started, says what is wrong with a reference, and offers nothing that cannot work. */
async function expectUnusable({ page }: Viewer, words: RegExp | string): Promise<void> {
  await expectScreen(page, 'signIn');
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Sign-in is not possible');
  await expect(alert).toContainText(words);
  await expect(alert).toContainText('Give this message to your IT service desk.');
  await expect(alert).toContainText(/Support reference \S+/);
  await expect(alert).toContainText("phone the local authority's children's services"); // H21
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toHaveCount(0);
  await expect(page.getByText('NOT SET UP')).toBeVisible();
}

test('H21: children’s services can be looked up without an environment; without a browser, it says where else', async ({
  launch,
}) => {
  const { app, page } = await launch({ environmentText: null });
  const opened = await app.evaluateHandle(({ shell }) => {
    const addresses: string[] = [];
    shell.openExternal = async (address) => {
      addresses.push(address);
      if (addresses.length > 1) throw new Error('no browser');
    };
    return addresses;
  });
  const link = page.getByRole('button', { name: "Find children's services (opens your browser)" });
  const failure =
    'Could not open your browser. Use the number in your safeguarding procedure, or ask your switchboard.';
  await link.click();
  await expect.poll(() => opened.jsonValue()).toEqual([expect.stringContaining('www.gov.uk')]);
  await untilSettled(page);
  await expect(page.getByText(failure)).toHaveCount(0);
  await link.click();
  await expect(page.getByText(failure)).toBeVisible();
});

const wrongFiles = {
  'is missing': [null, 'This computer has no environment file (environment.json).'],
  'is empty': ['', 'The environment file (environment.json) is not JSON.'],
  'is cut off': ['{"tag": "LIVE", "cis2": {', 'The environment file (environment.json) is not JSON.'],
  'gives a member twice': [
    '{"tag": "TRAINING", "tag": "LIVE"}',
    'The environment file (environment.json) has the member tag twice.',
  ],
  'holds a list': ['[]', /The environment file \(environment\.json\) is not right/],
  'is far too large': [
    `"${'x'.repeat(300 * 1024)}"`,
    'The environment file (environment.json) is larger than 256 kB.',
  ],
} as const;

for (const [what, [environmentText, words]] of Object.entries(wrongFiles)) {
  test(`an environment file that ${what} is named in a plain sentence`, async ({ launch }) => {
    await expectUnusable(await launch({ environmentText }), words);
  });
}

test('an environment file that may not be read, or is none, is not said to be missing', async ({
  launch,
}) => {
  const profile = await makeProfile();
  const file = path.join(profile, 'environment.json');
  await mkdir(file);
  const folder = await launch({ profile, environmentText: null });
  await expectUnusable(folder, 'The environment file (environment.json) is a folder.');
  await quit(folder.app);
  await rmdir(file);
  await writeFile(file, '{}', { mode: 0o000 });
  const unreadable = await launch({ profile, environmentText: null });
  await expectUnusable(unreadable, 'The environment file (environment.json) may not be read (EACCES).');
});

test('an environment file with a byte order mark is read as it was meant', async ({ launch, simulator }) => {
  const { page } = await launch({ environmentText: `\uFEFF${JSON.stringify(simulator.environment)}` });
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
});

const wrongFields = {
  'cis2.issuer': { cis2: { issuer: 'ftp://synthetic.invalid' } },
  'pds.baseUrl': { pds: { baseUrl: 'http://pds.synthetic.invalid' } },
  'platform.apiKey': { platform: { apiKey: '' } },
  timeoutSeconds: { timeoutSeconds: 0 },
  'session.idleLockMinutes': { session: { idleLockMinutes: 1_000 } },
  'cpis.wireFormat': { cpis: { wireFormat: 'carrier-pigeon' } },
  surprise: { surprise: true },
} as const;

for (const [field, environment] of Object.entries(wrongFields)) {
  test(`a wrong field of the environment is named: ${field}`, async ({ launch }) => {
    await expectUnusable(await launch({ environment }), `${field}: `);
  });
}

test('an environment with a wrong field never shows a value, which may be secret', async ({ launch }) => {
  const secret = 'synthetic-secret-value';
  const viewer = await launch({ environment: { platform: { apiKey: [secret] } } });
  await expectUnusable(viewer, 'platform.apiKey: ');
  expect(await viewer.page.content()).not.toContain(secret);
});

test('without a usable environment, Diagnostics and the support bundle say what there is', async ({
  launch,
}) => {
  const viewer = await launch({
    environment: { cis2: { issuer: 'ftp://synthetic.invalid' } },
    policy: { printing: false, idleLockMinutes: 'soon' },
  });
  const { app, page, profile } = viewer;
  await expectUnusable(viewer, 'cis2.issuer: ');
  const reference =
    /Support reference (\S+)/.exec(await page.getByText(/Support reference/).innerText())?.[1] ?? 'none';
  const bundle = await saveSupportBundle(viewer);
  for (const text of [await page.getByRole('dialog').innerText(), bundle]) {
    expect(text).toContain('cis2.issuer: ');
    expect(text).toContain(reference);
    expect(text).toContain(`${path.join(profile, 'policy.json')}: read`);
    expect(text).toMatch(/Sets printing\. The policy's idleLockMinutes is refused/);
    // The screen in words, the bundle by its code.
    expect(text).toMatch(/The settings of this application are not right\.|settings-invalid/);
    expect(text).not.toContain('synthetic.invalid');
  }
  await quit(app);
  expect((await logEntries(viewer)).map(({ event }) => event)).toEqual(['policy', 'started', 'fault']);
});

const noticesOf = ({ page }: Viewer) => page.getByRole('region', { name: 'Notices' });
const widthOf = ({ page }: Viewer) => page.evaluate(() => window.innerWidth);

/** The names of the settings files that were kept, oldest first. */
async function keptIn(data: string): Promise<readonly string[]> {
  return (await readdir(data)).filter((name) => name.startsWith('settings-kept-')).toSorted();
}

for (const [what, text] of [
  ['cut off', '{"zoomFactor": 2'],
  ['not text', '\0\x01\x02'],
  ['empty', ''],
  ['a list', '[2]'],
  ['of a later version', '{"zoomFactor": 1.5, "aLaterSetting": {"a": [1]}}'],
  ['with a value that cannot be', '{"zoomFactor": "huge"}'],
  ['with a value given twice', '{"zoomFactor": 1, "zoomFactor": 2}'],
] as const) {
  test(`user settings that are ${what}: kept with a date, the usual ones instead, and a notice`, async ({
    launch,
  }) => {
    const viewer = await launch({ userData: { 'settings.json': text } });
    const data = userDataFolder(viewer.profile);
    await expectScreen(viewer.page, 'signIn');
    const [kept = 'none', ...more] = await keptIn(data);
    expect(more).toEqual([]);
    expect(kept).toMatch(/^settings-kept-\d{4}-\d\d-\d\dT[\d-]+Z\.json$/);
    expect(await readFile(path.join(data, kept), 'utf8')).toBe(text);
    await expect(noticesOf(viewer)).toContainText(
      `Your settings could not be read in full, and have been reset. The old file is kept as ${kept}.`,
    );
    expect(await widthOf(viewer)).toBe(1_280);
  });
}

test('a FIFO in place of the user settings: not waited for, kept, and the usual ones instead', async ({
  launch,
}) => {
  const profile = await makeProfile();
  const data = userDataFolder(profile);
  await mkdir(data, { mode: 0o777 });
  await chmod(data, 0o777);
  const file = path.join(data, 'settings.json');
  execFileSync('mkfifo', [file]);
  await chmod(file, 0o666);
  const viewer = await launch({ profile });
  await expectScreen(viewer.page, 'signIn');
  await expect(noticesOf(viewer)).toContainText('Your settings could not be read in full');
  const [kept = 'none'] = await keptIn(data);
  expect((await stat(path.join(data, kept))).isFIFO()).toBe(true);
  await pressInWindow(viewer.app, '=', ['control']);
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('zoomFactor');
});

test('user settings that may not be read are not written over, and the file is named', async ({ launch }) => {
  const viewer = await launch({ userData: { 'settings.json': '{"zoomFactor": 2}' } });
  await quit(viewer.app);
  const file = path.join(userDataFolder(viewer.profile), 'settings.json');
  await chmod(file, 0o000);
  const next = await launch({ profile: viewer.profile });
  await expect(noticesOf(next)).toContainText(
    'Your settings (settings.json) cannot be used: the file may not be read (EACCES). The usual ones apply.',
  );
  await quit(next.app);
  await chmod(file, 0o644);
  expect(await readFile(file, 'utf8')).toBe('{"zoomFactor": 2}');
});

test('user settings that were not understood: said once; and a second such file spares the first', async ({
  launch,
}) => {
  const first = await launch({ userData: { 'settings.json': 'one' } });
  await expect(noticesOf(first)).toContainText('have been reset');
  await pressInWindow(first.app, '=', ['control']);
  await expect.poll(() => widthOf(first)).toBeLessThan(1_280);
  await quit(first.app);
  const { profile } = first;

  const second = await launch({ profile });
  await expect.poll(() => widthOf(second)).toBeLessThan(1_280);
  await expect(second.page.getByText('have been reset')).toHaveCount(0);
  await quit(second.app);

  const third = await launch({ profile, userData: { 'settings.json': 'two' } });
  await expect(noticesOf(third)).toContainText('have been reset');
  const data = userDataFolder(profile);
  const kept = await keptIn(data);
  const texts = await Promise.all(kept.map((name) => readFile(path.join(data, name), 'utf8')));
  // A start that Playwright missed was made again, on the same file.
  expect([...new Set(texts)]).toEqual(['one', 'two']);
});

test('the size of text is kept for the next start', async ({ launch }) => {
  const first = await launch();
  await expectScreen(first.page, 'signIn');
  for (let presses = 0; presses < 3; presses += 1) await pressInWindow(first.app, '=', ['control']);
  await expect.poll(() => first.page.evaluate(() => window.innerWidth)).toBeLessThan(900);
  const width = await first.page.evaluate(() => window.innerWidth);
  await quit(first.app);
  const second = await launch({ profile: first.profile });
  await expect.poll(() => second.page.evaluate(() => window.innerWidth)).toBe(width);
});

test('a second start ends at once and brings the first one to the front', async ({ viewer }) => {
  const { app, page, profile } = viewer;
  await viewer.signIn();
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  expect(await startAgain(profile)).toBe(0);
  await expect
    .poll(() =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((each) => each.isVisible())),
    )
    .toEqual([true]);
  await expectScreen(page, 'find');
});

test('H21: PDS is sent the organisation and the role; a header that is lost on the way has words of its own', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.settings({ organisationHeader: 'required' });
  await viewer.find('child-protection');
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
  await simulator.settings({ organisationHeader: 'lost' });
  await viewer.enterNumber(simulator.patient('looked-after').nhsNumber);
  const alert = viewer.page.getByRole('alert');
  await expect(alert).toContainText('A part of the request (a header) was lost on its way to the service.');
  await expect(alert).toContainText('You did nothing wrong.');
  const [read] = (await simulator.requests()).filter(({ path }) => /\/Patient\/\d+$/.test(path));
  expect(read?.headers).toMatchObject({
    'nhsd-end-user-organisation-ods': 'Z9A01',
    'nhsd-session-urid': expect.stringMatching(/^\d+$/),
  });
});

test('a setting under its former name is read on, and Diagnostics says what to write instead', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: { cpis: { sendRoleHeader: true } } });
  await viewer.signIn();
  await viewer.ask('no-record', 'scheduled', 'noRecord');
  const asked = (await simulator.requests()).find(({ path }) => path.endsWith('/CareTeam'));
  expect(asked?.headers).toHaveProperty('nhsd-session-urid');
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(viewer.page.getByRole('dialog')).toContainText(
    'cpis.sendRoleHeader is now pds.sendRole and cpis.sendRole: it is read as both.',
  );
});
