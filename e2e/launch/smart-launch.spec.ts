import type { SyntheticPatient } from '../../simulator/client.ts';
import {
  type LaunchAnswer,
  type SmartRecordSystem,
  startSmartRecordSystem,
} from '../doubles/smart-record-system.ts';
import { quit } from '../driver/quit.ts';
import { test as base, expect, started, userDataFolder, type Viewer } from '../fixtures.ts';
import { listen } from '../identity/own-redirect.ts';
import { openBrowser, viewerUser } from '../identity/user-browser.ts';
import { windowTitles } from '../main-process.ts';
import { expectScreen, untilSettled } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { recordIpc } from '../security/ipc-recorder.ts';
import { inGroups } from '../security/support-files.ts';
import { saveSupportBundle } from '../support-bundle.ts';
import { openLink } from './record-system.ts';

/** `atSite`: a viewer with the nurse signed in, of a site that has this record system. */
const test = base.extend<{ readonly system: SmartRecordSystem; readonly atSite: Viewer }>({
  system: started(
    () => startSmartRecordSystem(),
    (system) => system.close(),
  ),
  atSite: async ({ launch, system }, use) => {
    const viewer = await launch({ environment: siteOf(system) });
    await viewer.signIn();
    await use(viewer);
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

/** A launch of this patient, as the record system sends it. */
async function openLaunch(
  { profile }: Viewer,
  system: SmartRecordSystem,
  answer: LaunchAnswer,
): Promise<void> {
  await openLink(profile, linkOf(system.issue(answer), system.iss));
}

const shown = ({ nhsNumber }: SyntheticPatient) => inGroups(nhsNumber);

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
  await viewer.logIn('nurse');
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
  await saveSupportBundle(viewer);
  await quit(app);
  expect(await filesHolding(userDataFolder(profile), [...secrets, patient.nhsNumber])).toEqual([]);
});

test('to a viewer that is open: the patient opens at once; the same link again is refused', async ({
  atSite: viewer,
  simulator,
  system,
}) => {
  const { page, profile } = viewer;
  const link = linkOf(system.issue(answerFor(simulator.patient('child-protection'))), system.iss);
  await openLink(profile, link);
  await expectScreen(page, 'confirm');
  // While its patient is open it changes nothing, and is not redeemed.
  const requests = system.requests().length;
  await openLink(profile, link);
  await untilSettled(page);
  await expectScreen(page, 'confirm');
  expect(system.requests()).toHaveLength(requests);

  await page.getByRole('button', { name: 'Not this patient' }).click();
  await openLink(profile, link);
  await expect(page.getByText('This link from your record system has been used before.')).toBeVisible();
  await expectScreen(page, 'find');
  expect(system.requests().filter((request) => request.startsWith('POST'))).toHaveLength(1);
});

test('H3: over an open patient: redeemed at once; for the same patient nothing happens, for another it asks', async ({
  atSite: viewer,
  simulator,
  system,
}) => {
  const { page } = viewer;
  const other = simulator.patient('looked-after');
  const question = page.getByRole('dialog', { name: 'Open another patient?' });
  await viewer.find('child-protection');
  await openLaunch(viewer, system, answerFor(simulator.patient('child-protection')));
  await expect.poll(() => system.requests().filter((each) => each === 'POST /token').length).toBe(1);
  await untilSettled(page);
  await expectScreen(page, 'confirm');
  await expect(question).toHaveCount(0);

  await openLaunch(viewer, system, answerFor(other));
  await expect(question).toBeVisible();
  await expect(page.getByText(shown(other))).toHaveCount(0);
  await question.getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(other))).toBeVisible();
});

test('H3: an unknown record system is refused, and nothing is sent to it', async ({
  atSite: viewer,
  system,
}) => {
  const unknown = await listen();
  for (const iss of [`http://127.0.0.1:${unknown.port}/fhir`, `${system.iss}/`]) {
    await openLink(viewer.profile, linkOf('launch-1', iss));
    await expect(
      viewer.page.getByText('names a record system that this site is not set up for'),
    ).toBeVisible();
    await untilSettled(viewer.page);
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
  test(`${what}: no patient opens, in words`, async ({ atSite: viewer, simulator, system }) => {
    await openLaunch(viewer, system, answer(simulator.patient('child-protection')));
    await expect(viewer.page.getByRole('alert')).toContainText(words);
    await expect(viewer.page.getByRole('alert')).toContainText('phone the local authority');
    await expectScreen(viewer.page, 'find');
  });
}

test('a launch that has ended, a record system that is down: no patient opens, in words', async ({
  atSite: viewer,
  system,
}) => {
  const alert = viewer.page.getByRole('alert');
  await openLink(viewer.profile, linkOf('launch-of-yesterday', system.iss));
  await expect(alert).toContainText('Your record system did not accept its own link.');
  system.close();
  await openLink(viewer.profile, linkOf('launch-1', system.iss));
  await expect(alert).toContainText('Your record system could not be reached.');
  await expectScreen(viewer.page, 'find');
});

test('H10: a hostile page of the record system has no bridge, opens nothing, and reaches no other host', async ({
  atSite: viewer,
  system,
}) => {
  const foreign = await listen();
  const address = `http://127.0.0.1:${foreign.port}/`;
  system.showPage(`<h1>Hostile</h1><iframe src="${address}"></iframe><img src="${address}"><script>
    open('${address}'); fetch('${address}').catch(() => {}); navigator.sendBeacon('${address}');
    new WebSocket('ws://127.0.0.1:${foreign.port}/'); location.assign('${address}');
  </script>`);
  const opened = nextWindow(viewer);
  await openLaunch(viewer, system, {});
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
  atSite: viewer,
  simulator,
  system,
}) => {
  const { app, page } = viewer;
  system.showPage('<h1>Log in</h1>');
  const opened = nextWindow(viewer);
  await openLaunch(viewer, system, answerFor(simulator.patient('looked-after')));
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
  await openLaunch(viewer, system, answerFor(patient));
  await expectScreen(viewer.page, 'confirm');
  await expect(viewer.page.getByText(shown(patient))).toBeVisible();
  system.close();
});

test('in the browser of the system: a loopback listener takes the answer', async ({ launch, simulator }) => {
  const free = await listen();
  free.close();
  const redirectUri = `http://127.0.0.1:${free.port}/launch`;
  const system = await startSmartRecordSystem(redirectUri);
  const viewer = await launch({ environment: siteOf(system, { surface: 'system-browser', redirectUri }) });
  await viewer.signIn();
  const addresses = await viewer.app.evaluateHandle(({ shell }) => {
    const opened: string[] = [];
    shell.openExternal = async (address) => void opened.push(address);
    return opened;
  });
  await openLaunch(viewer, system, answerFor(simulator.patient('child-protection')));
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
  const viewer = await launch({ policy: { launchCodesOnly: true }, environment: siteOf(system) });
  await viewer.signIn();
  await openLaunch(viewer, system, answerFor(simulator.patient('child-protection')));
  await expectScreen(viewer.page, 'confirm');
});
