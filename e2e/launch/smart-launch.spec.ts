/**
 * SMART App Launch from a real link to "Confirm patient": a real OpenID provider stands for the record system. What is refused
 * is refused in words, and no token of the record system is to be found anywhere.
 */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SyntheticPatient } from '../../simulator/client.ts';
import {
  type LaunchAnswer,
  type SmartRecordSystem,
  startSmartRecordSystem,
} from '../doubles/smart-record-system.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { test as base, expect, makeProfile, userDataFolder, type Viewer } from '../fixtures.ts';
import { listen } from '../identity/own-redirect.ts';
import { openBrowser, viewerUser } from '../identity/user-browser.ts';
import { windowTitles } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { recordIpc } from '../security/ipc-recorder.ts';
import { openLink } from './record-system.ts';

const test = base.extend<{ readonly system: SmartRecordSystem }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  system: async ({}, use) => {
    const system = await startSmartRecordSystem();
    await use(system);
    system.close();
  },
});

/** The section of the environment file that names the record system. */
const siteOf = ({ iss, clientId }: SmartRecordSystem, change: Readonly<Record<string, unknown>> = {}) => ({
  launch: {
    recordSystems: [
      {
        iss,
        clientId,
        scopes: ['openid', 'launch'],
        birthDateAt: '/birth_date',
        userIdAt: '/id_token/user_id',
        ...change,
      },
    ],
  },
});

/** The simulator's nurse. */
const nurse = '999999910000';

/** What the record system says of this patient, whom this user has open. */
const answerFor = ({ nhsNumber, birthDate }: SyntheticPatient, userId = nurse): LaunchAnswer => ({
  members: { patient: `https://fhir.nhs.uk/Id/nhs-number|${nhsNumber}`, birth_date: birthDate },
  claims: { user_id: userId },
});

const linkOf = (launch: string, iss: string) =>
  `cpis-viewer://launch?${new URLSearchParams({ iss, launch })}`;

const shown = ({ nhsNumber }: SyntheticPatient) => nhsNumber.replace(/^(...)(...)(....)$/, '$1 $2 $3');

/** The record system's page, once it is there. */
function nextWindow({ app, page }: Viewer) {
  return app.waitForEvent('window', (window) => window !== page);
}

test('on the command line: waits for the sign-in, is redeemed after it, and opens the patient; no token is in page, log or support bundle', async ({
  launch,
  simulator,
  system,
}) => {
  const patient = simulator.patient('child-protection');
  const code = system.issue(answerFor(patient));
  const viewer = await launch({
    args: [`--launch=${linkOf(code, system.iss)}`],
    environment: siteOf(system),
  });
  const { app, page, profile } = viewer;
  const traffic = await recordIpc(app);
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  // Nobody is signed in: nothing has been sent.
  expect(system.requests()).toEqual([]);
  await viewer
    .openSignIn()
    .then((window) => window.getByRole('button', { name: simulator.userName('nurse') }).click());
  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(patient))).toBeVisible();
  expect(await windowTitles(app)).toHaveLength(1);
  expect(Object.fromEntries(system.asked())).toMatchObject({
    launch: code,
    aud: system.iss,
    scope: 'openid launch',
    code_challenge_method: 'S256',
  });

  // An authorisation code, an access token, an ID token.
  const secrets = [...system.secrets(), code];
  expect(secrets).toHaveLength(4);
  const places = { page: await page.content(), ipc: await traffic.read() };
  for (const [place, text] of Object.entries(places)) {
    expect(text.includes(patient.family), `${place} is really searched`).toBe(true);
    expect(
      secrets.filter((secret) => text.includes(secret)),
      place,
    ).toEqual([]);
  }
  const bundle = path.join(userDataFolder(profile), 'support.json');
  // The system's own dialogue cannot be driven: it answers with this file.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, bundle);
  await chooseInMenu(page, 'Diagnostics');
  await page.getByRole('button', { name: 'Save support bundle' }).click();
  await expect(page.getByText('The support bundle was saved.')).toBeVisible();
  await quit(app);
  expect(await filesHolding(userDataFolder(profile), [...secrets, patient.nhsNumber])).toEqual([]);
});

test('to a viewer that is open: the patient opens at once; the same link again is refused', async ({
  launch,
  simulator,
  system,
}) => {
  const viewer = await launch({ environment: siteOf(system) });
  const { page, profile } = viewer;
  await viewer.signIn();
  const link = linkOf(system.issue(answerFor(simulator.patient('child-protection'))), system.iss);
  await openLink(profile, link);
  await expectScreen(page, 'confirm');
  // While its patient is open it changes nothing, and is not redeemed.
  const requests = system.requests().length;
  await openLink(profile, link);
  await expectScreen(page, 'confirm');
  expect(system.requests()).toHaveLength(requests);

  await page.getByRole('button', { name: 'Not this patient' }).click();
  await openLink(profile, link);
  await expect(page.getByText('This link from your record system has been used before.')).toBeVisible();
  await expectScreen(page, 'find');
  expect(system.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
});

test('H3: over an open patient: redeemed at once; for the same patient nothing happens, for another it asks', async ({
  launch,
  simulator,
  system,
}) => {
  const viewer = await launch({ environment: siteOf(system) });
  const { page, profile } = viewer;
  const other = simulator.patient('looked-after');
  const question = page.getByRole('dialog', { name: 'Open another patient?' });
  await viewer.signIn();
  await viewer.find('child-protection');
  await openLink(profile, linkOf(system.issue(answerFor(simulator.patient('child-protection'))), system.iss));
  await expect.poll(() => system.requests().filter((each) => each === 'POST /token').length).toBe(1);
  await expectScreen(page, 'confirm');
  await expect(question).toHaveCount(0);

  await openLink(profile, linkOf(system.issue(answerFor(other)), system.iss));
  await expect(question).toBeVisible();
  await expect(page.getByText(shown(other))).toHaveCount(0);
  await question.getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(other))).toBeVisible();
});

test('H3: an unknown record system is refused, and nothing is sent to it', async ({ launch, system }) => {
  const viewer = await launch({ environment: siteOf(system) });
  const unknown = await listen();
  await viewer.signIn();
  for (const iss of [`http://127.0.0.1:${unknown.port}/fhir`, `${system.iss}/`]) {
    await openLink(viewer.profile, linkOf('launch-1', iss));
    await expect(
      viewer.page.getByText('names a record system that this site is not set up for'),
    ).toBeVisible();
    await expectScreen(viewer.page, 'find');
  }
  expect([unknown.connections(), system.requests()]).toEqual([0, []]);
  unknown.close();
});

const refusals: readonly (readonly [
  what: string,
  words: string,
  answer: (patient: SyntheticPatient) => LaunchAnswer,
])[] = [
  [
    'H3: a token answer without a patient',
    'did not name a patient with an NHS number',
    ({ birthDate }) => ({ members: { birth_date: birthDate }, claims: { user_id: nurse } }),
  ],
  [
    'H3: a FHIR id that looks like an NHS number',
    'did not name a patient with an NHS number',
    ({ nhsNumber, birthDate }) => ({
      members: { patient: nhsNumber, birth_date: birthDate },
      claims: { user_id: nurse },
    }),
  ],
  [
    'H3: another date of birth than PDS has',
    'The date of birth from your record system is not the one',
    (patient) => answerFor({ ...patient, birthDate: '2001-01-01' }),
  ],
  [
    'H14: another user of the record system',
    'Someone else is signed in to the record system on this computer.',
    (patient) => answerFor(patient, '999999910001'),
  ],
  [
    'H14: no user, where the site compares the user',
    'left out a detail that this site checks',
    (patient) => ({ ...answerFor(patient), claims: {} }),
  ],
];

for (const [what, words, answer] of refusals) {
  test(`${what}: no patient opens, in words`, async ({ launch, simulator, system }) => {
    const viewer = await launch({ environment: siteOf(system) });
    await viewer.signIn();
    const code = system.issue(answer(simulator.patient('child-protection')));
    await openLink(viewer.profile, linkOf(code, system.iss));
    await expect(viewer.page.getByRole('alert')).toContainText(words);
    await expect(viewer.page.getByRole('alert')).toContainText('phone the local authority');
    await expectScreen(viewer.page, 'find');
  });
}

test('a launch that has ended, a record system that is down: no patient opens, in words', async ({
  launch,
  system,
}) => {
  const viewer = await launch({ environment: siteOf(system) });
  const alert = viewer.page.getByRole('alert');
  await viewer.signIn();
  await openLink(viewer.profile, linkOf('launch-of-yesterday', system.iss));
  await expect(alert).toContainText('Your record system did not accept its own link.');
  system.close();
  await openLink(viewer.profile, linkOf('launch-1', system.iss));
  await expect(alert).toContainText('Your record system could not be reached.');
  await expectScreen(viewer.page, 'find');
});

test('H10: a hostile page of the record system has no bridge, opens nothing, and reaches no other host', async ({
  launch,
  system,
}) => {
  const viewer = await launch({ environment: siteOf(system) });
  const foreign = await listen();
  const address = `http://127.0.0.1:${foreign.port}/`;
  system.showPage(`<h1>Hostile</h1><iframe src="${address}"></iframe><img src="${address}"><script>
    open('${address}'); fetch('${address}').catch(() => {}); navigator.sendBeacon('${address}');
    new WebSocket('ws://127.0.0.1:${foreign.port}/'); location.assign('${address}');
  </script>`);
  await viewer.signIn();
  const opened = nextWindow(viewer);
  await openLink(viewer.profile, linkOf(system.issue({}), system.iss));
  await opened;
  // Playwright itself waits for ever for the navigation that was refused.
  const inItsPage = (script: string): Promise<unknown> =>
    viewer.app.evaluate(async ({ BrowserWindow }, text) => {
      const [child] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
      return child?.webContents.executeJavaScript(text);
    }, script);
  await expect.poll(() => inItsPage("document.querySelector('h1')?.innerText")).toBe('Hostile');
  expect(
    await inItsPage("['viewer', 'require', 'process', 'module'].filter((name) => name in globalThis)"),
  ).toEqual([]);
  expect(
    await inItsPage(`Promise.all(['geolocation', 'notifications', 'clipboard-read'].map(
      async (name) => (await navigator.permissions.query({ name })).state))`),
  ).toEqual(['denied', 'denied', 'denied']);
  expect([...(await windowTitles(viewer.app))].sort()).toEqual([
    'CP-IS Viewer – SIMULATOR',
    `Sign in – ${new URL(system.iss).host}`,
  ]);
  expect(foreign.connections()).toBe(0);
  foreign.close();

  // Closed by the user: said, and no patient opens.
  await viewer.app.evaluate(({ BrowserWindow }) => {
    for (const each of BrowserWindow.getAllWindows()) if (each.getParentWindow() !== null) each.close();
  });
  await expect(viewer.page.getByRole('alert')).toContainText("Your record system's page was closed");
  await expectScreen(viewer.page, 'find');
});

test('H14: a lock closes the page of the record system, and nothing opens after the unlock', async ({
  launch,
  simulator,
  system,
}) => {
  const viewer = await launch({ environment: siteOf(system) });
  const { app, page } = viewer;
  system.showPage('<h1>Log in</h1>');
  await viewer.signIn();
  const opened = nextWindow(viewer);
  await openLink(
    viewer.profile,
    linkOf(system.issue(answerFor(simulator.patient('looked-after'))), system.iss),
  );
  await opened;
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('lock-screen'));
  await expectScreen(page, 'locked');
  await expect.poll(() => windowTitles(app)).toHaveLength(1);
  await viewer.signIn();
  await expect(page.getByText('Your record system has sent a patient.')).toHaveCount(0);
});

test('a redirect to a private scheme is caught in the window', async ({ launch, simulator }) => {
  const system = await startSmartRecordSystem('cpis-viewer://auth');
  const patient = simulator.patient('child-protection');
  const viewer = await launch({ environment: siteOf(system, { redirectUri: 'cpis-viewer://auth' }) });
  await viewer.signIn();
  await openLink(viewer.profile, linkOf(system.issue(answerFor(patient)), system.iss));
  await expectScreen(viewer.page, 'confirm');
  await expect(viewer.page.getByText(shown(patient))).toBeVisible();
  system.close();
});

test('in the browser of the system: a loopback listener takes the answer', async ({ launch, simulator }) => {
  const free = await listen();
  free.close();
  const redirectUri = `http://127.0.0.1:${free.port}/launch`;
  const system = await startSmartRecordSystem(redirectUri);
  const viewer = await launch({
    environment: siteOf(system, { surface: 'system-browser', redirectUri }),
  });
  await viewer.signIn();
  const addresses = await viewer.app.evaluateHandle(({ shell }) => {
    const opened: string[] = [];
    shell.openExternal = async (address) => void opened.push(address);
    return opened;
  });
  await openLink(
    viewer.profile,
    linkOf(system.issue(answerFor(simulator.patient('child-protection'))), system.iss),
  );
  await expect.poll(() => addresses.evaluate((opened) => opened.length)).toBe(1);
  const browser = await openBrowser(await viewerUser(viewer));
  const tab = await browser.newPage();
  await tab.goto((await addresses.evaluate((opened) => opened[0])) ?? '');
  await expect(tab.getByText('You can close this page and go back to CP-IS Viewer.')).toBeVisible();
  await expectScreen(viewer.page, 'confirm');
  await expect(fetch(redirectUri)).rejects.toThrow();
  await browser.close();
  system.close();
});

test('a site that accepts one-time launches only follows it', async ({ launch, simulator, system }) => {
  const profile = await makeProfile();
  const policy = path.join(profile, 'policy.json');
  await writeFile(policy, JSON.stringify({ launchCodesOnly: true }));
  await chmod(policy, 0o644);
  const viewer = await launch({ profile, args: [`--policy=${policy}`], environment: siteOf(system) });
  await viewer.signIn();
  await openLink(profile, linkOf(system.issue(answerFor(simulator.patient('child-protection'))), system.iss));
  await expectScreen(viewer.page, 'confirm');
});
