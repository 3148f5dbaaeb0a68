/** From the record system to "Confirm patient", and not one step further by itself (H3, H4). */
import type { Simulator, SyntheticPatient } from '../../simulator/client.ts';
import { siteKey } from '../audit/trail.ts';
import { cpisChecks, cpisRequests } from '../cpis-requests.ts';
import { startDesktopBuses } from '../doubles/desktop-buses.ts';
import { type LaunchCodeIssuer, startLaunchCodeIssuer } from '../doubles/launch-code-issuer.ts';
import { quit } from '../driver/quit.ts';
import { test as base, expect, started, userDataFolder, type Viewer } from '../fixtures.ts';
import { findAndHold } from '../held-check.ts';
import { expectScreen, untilSettled } from '../screens.ts';
import { needSecondUser, processesSeenBySecondUser } from '../second-user.ts';
import { filesHolding } from '../security/folder-search.ts';
import { inGroups } from '../security/support-files.ts';
import { readLog } from '../viewer-log.ts';
import { linkTo, openLink } from './record-system.ts';

/** `atSite`: a viewer with the nurse signed in, of a site that redeems this issuer's codes. */
const test = base.extend<{ readonly issuer: LaunchCodeIssuer; readonly atSite: Viewer }>({
  issuer: started(
    () => startLaunchCodeIssuer(),
    (issuer) => issuer.close(),
  ),
  atSite: async ({ launch, issuer }, use) => {
    const viewer = await launch({ environment: issuer.settings });
    await viewer.signIn();
    await use(viewer);
  },
});

/** As the banner has it. */
const shown = ({ nhsNumber }: SyntheticPatient) => inGroups(nhsNumber);

const anotherPatient = 'Open another patient?';

/** The NHS numbers that PDS was asked for, in their order. */
async function tracesIn(simulator: Simulator): Promise<readonly string[]> {
  const asked = (await simulator.requests()).map(({ path: address }) => address);
  return asked.flatMap((address) => /\/Patient\/(\d+)$/.exec(address)?.[1] ?? []);
}

test('on the command line: waits for the sign-in without a word of whom, then opens the patient', async ({
  launch,
  simulator,
}) => {
  const patient = simulator.patient('child-protection');
  const viewer = await launch({ args: [`--launch=${linkTo(patient)}`], environment: siteKey });
  const { app, page, profile } = viewer;
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  expect(await page.content()).not.toMatch(
    new RegExp(`${patient.nhsNumber}|${patient.birthDate}|${patient.family}`, 'i'),
  );
  await viewer.logIn('nurse');

  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(patient))).toBeVisible();
  await expect(page.getByText(/^Opened by your record system at \d\d:\d\d\.$/)).toBeVisible();
  expect(await cpisRequests(simulator)).toEqual([]);

  await viewer.check('unscheduled', 'found');
  // By the press, and by no launch before it.
  expect(await cpisChecks(simulator)).toHaveLength(1);
  expect(await simulator.notifications()).toHaveLength(1);

  await quit(app);
  expect(await filesHolding(userDataFolder(profile), [patient.nhsNumber, patient.family])).toEqual([]);
});

test('H10: on the command line: once the viewer has started, no other user of the computer can read the link', async ({
  launch,
  simulator,
}) => {
  needSecondUser();
  const patient = simulator.patient('child-protection');
  const { page, profile } = await launch({ args: [`--launch=${linkTo(patient)}`, '--updated'] });
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  const seen = await processesSeenBySecondUser(userDataFolder(profile));
  // That user does see the viewer, and the processes that draw it.
  expect(seen).toContain(`--user-data-dir=${userDataFolder(profile)}`);
  expect(seen).toContain('--updated');
  expect(seen).toContain('--type=renderer');
  for (const secret of [patient.nhsNumber, patient.birthDate ?? '', 'cpis-viewer:launch']) {
    expect(seen).not.toContain(secret);
  }
});

test('to a viewer that is open: the patient opens at once', async ({ signedIn: viewer, simulator }) => {
  await openLink(viewer.profile, linkTo(simulator.patient('child-protection')));
  await expectScreen(viewer.page, 'confirm');
  expect(await cpisRequests(simulator)).toEqual([]);
});

test('H10, H21: a page that is loaded anew leaves no patient open: a launch for the same one opens them', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  await viewer.find('child-protection');
  await page.reload();
  await expectScreen(page, 'find');
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await expectScreen(page, 'confirm');
});

test('H3: over an open patient: stays until there is a yes', async ({ signedIn: viewer, simulator }) => {
  const { page, profile } = viewer;
  const [open, other] = [simulator.patient('child-protection'), simulator.patient('looked-after')];
  await viewer.find('child-protection');

  await openLink(profile, linkTo(other));
  const question = page.getByRole('dialog', { name: anotherPatient });
  await expect(question).toBeVisible();
  await expect(page.getByText(shown(other))).toHaveCount(0);
  await question.getByRole('button', { name: 'Stay with this patient' }).click();
  await expect(question).toBeHidden();
  await expect(page.getByText(shown(open))).toBeVisible();

  await openLink(profile, linkTo(other));
  await question.getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(other))).toBeVisible();
  await expect(page.getByText(shown(open))).toHaveCount(0);
  expect(await cpisRequests(simulator)).toEqual([]);
});

test('H9: behind "Open another patient?" nothing of the patient on the screen can be read', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  await viewer.find('child-protection');
  await openLink(profile, linkTo(simulator.patient('looked-after')));
  const question = page.getByRole('dialog', { name: anotherPatient });
  // It says whom it would close, and no more.
  const { given, family } = simulator.patient('child-protection');
  await expect(question).toContainText(`This closes ${family}, ${given.join(' ')}`);
  const behind = await question.evaluate((element) => {
    const { backgroundColor, opacity } = getComputedStyle(element, '::backdrop');
    return { backgroundColor, opacity };
  });
  expect(behind.backgroundColor).toMatch(/^rgb\(/); // without transparency
  expect(behind.opacity).toBe('1');
});

/**
 * Waits until what comes of the launch is on the screen. The window is hidden first, so that a launch which has arrived can be
 * seen by nothing but the window.
 */
async function openLinkAndWait(viewer: Viewer, link: string): Promise<void> {
  const { app, page, profile } = viewer;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide());
  await openLink(profile, link);
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()))
    .toBe(true);
  await untilSettled(page);
}

test('H5: the same link again, at any time: the window comes to the front, and nothing else happens', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const patient = simulator.patient('child-protection');
  const question = page.getByRole('dialog', { name: anotherPatient });
  await openLink(viewer.profile, linkTo(patient));
  await expectScreen(page, 'confirm');

  await openLinkAndWait(viewer, linkTo(patient));
  await expectScreen(page, 'confirm');
  await expect(question).toHaveCount(0);

  await simulator.fault('cpis.care-team', { kind: 'hold' }, { times: 1 });
  await viewer.check('unscheduled');
  await expect.poll(() => simulator.held()).toBe(1);
  await openLinkAndWait(viewer, linkTo(patient));
  await expect(question).toHaveCount(0);
  await simulator.release();
  await expectScreen(page, 'found');

  await openLinkAndWait(viewer, linkTo(patient));
  await expectScreen(page, 'found');
  await expect(question).toHaveCount(0);
  expect(await simulator.notifications()).toHaveLength(1);
  expect(await tracesIn(simulator)).toHaveLength(1);
});

test('H3: the same number with another date of birth is refused, and the open patient stays', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const patient = simulator.patient('child-protection');
  await viewer.find('child-protection');
  await openLinkAndWait(viewer, linkTo(patient, { birthDate: '2001-01-01' }));
  await expect(page.getByText(/The date of birth from your record system is not the one/)).toBeVisible();
  await expect(page.getByRole('dialog', { name: anotherPatient })).toHaveCount(0);
  await expect(page.getByText(shown(patient))).toBeVisible();
});

test('to a locked viewer: waits, and opens after the unlock', async ({ signedIn: viewer, simulator }) => {
  const { page, profile } = viewer;
  await viewer.lock();
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  await viewer.logIn('nurse');
  await expectScreen(page, 'confirm');
});

for (const [who, screen] of [
  ['nurse', 'confirm'],
  ['second-nurse', 'find'],
] as const) {
  test(`while a session ends by itself: waits for its user, and for no other (H14): ${who}`, async ({
    signedOut: viewer,
    simulator,
  }) => {
    const { page, profile } = viewer;
    await simulator.settings({ accessTokenSeconds: 8 });
    await viewer.signIn();
    await viewer.find('looked-after');
    await openLink(profile, linkTo(simulator.patient('child-protection')));
    await expect(page.getByRole('dialog', { name: anotherPatient })).toBeVisible();
    await simulator.fault('platform.token', { kind: 'status', status: 403 });
    await expectScreen(page, 'locked');
    await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
    await simulator.clearFaults();
    await viewer.logIn(who);
    await expectScreen(page, screen);
    if (screen === 'find') {
      const before = (await tracesIn(simulator)).length;
      await viewer.find('looked-after');
      // A launch that had waited for this user would have been followed before the press.
      expect((await tracesIn(simulator)).slice(before)).toEqual([
        simulator.patient('looked-after').nhsNumber,
      ]);
    }
  });
}

test('after a sign-out nothing waits for the next person (H14)', async ({ signedIn: viewer, simulator }) => {
  const { page, profile } = viewer;
  await viewer.lock();
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  await viewer.signOut();
  await expect(page.getByText('Your record system has sent a patient.')).toHaveCount(0);
  await viewer.signIn();
  await expectScreen(page, 'find');
});

for (const way of ['"Cancel" in the viewer', 'the sign-in window closed', '"Cancel" at Care Identity']) {
  test(`H14: after a cancelled sign-in nothing waits for the next person, and this is said: ${way}`, async ({
    signedOut: viewer,
    simulator,
  }) => {
    const { page, profile } = viewer;
    await openLink(profile, linkTo(simulator.patient('child-protection')));
    await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
    const window = await viewer.openSignIn();
    if (way === 'the sign-in window closed') await window.close();
    else {
      const from = way === '"Cancel" in the viewer' ? page : window;
      await from.getByRole('button', { name: 'Cancel' }).click();
    }
    await expect(page.getByText('Your record system has sent a patient.')).toHaveCount(0);
    await expect(page.getByText('is no longer waiting, because the sign-in was not finished')).toBeVisible();
    await viewer.signIn('second-nurse');
    await expectScreen(page, 'find');
    await viewer.find('looked-after');
    // PDS was asked for the patient whom this user has looked for, and for no other.
    expect(await tracesIn(simulator)).toEqual([simulator.patient('looked-after').nhsNumber]);
  });
}

test('H14: a launch that came before a sign-in is gone when the desktop locks', async ({
  launch,
  simulator,
}) => {
  const buses = await startDesktopBuses();
  const viewer = await launch({ env: buses.env });
  const { page, profile } = viewer;
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  await expect.poll(() => readLog(viewer)).toMatch(/"desktop-lock".*"session".*"watched"/);
  await buses.sendActiveChanged('GNOME', true);
  await expect(page.getByText('Your record system has sent a patient.')).toHaveCount(0);
  await viewer.signIn();
  await expectScreen(page, 'find');
  await buses.stop();
});

test('another date of birth than PDS has: no patient opens (H3)', async ({ signedIn: viewer, simulator }) => {
  const { page, profile } = viewer;
  await openLink(profile, linkTo(simulator.patient('child-protection'), { birthDate: '2001-01-01' }));
  await expect(page.getByText(/The date of birth from your record system is not the one/)).toBeVisible();
  await expectScreen(page, 'find');
});

test('a link that is not understood is refused, and written nowhere', async ({ viewer, simulator }) => {
  const { app, page, profile } = viewer;
  await viewer.signIn();
  const { nhsNumber } = simulator.patient('child-protection');
  await openLink(profile, `cpis-viewer:launch?nhs-number=${nhsNumber}&birthdate=2015-08-14`);
  await expect(page.getByText('The link from your record system is not safe to open.')).toBeVisible();
  await expectScreen(page, 'find');
  await quit(app);
  expect(await filesHolding(userDataFolder(profile), [nhsNumber, 'cpis-viewer:launch'])).toEqual([]);
});

test('a one-time code: no NHS number on a command line, and good for one launch', async ({
  atSite: viewer,
  issuer,
  simulator,
}) => {
  const link = `cpis-viewer:launch?code=${issuer.issue(simulator.patient('child-protection'))}`;
  await openLink(viewer.profile, link);
  await expectScreen(viewer.page, 'confirm');
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
  await openLink(viewer.profile, link);
  await expect(viewer.page.getByText('The launch code is not valid any more.')).toBeVisible();
  await expectScreen(viewer.page, 'find');
});

test('a one-time code of another issuer than the site names: nothing is sent', async ({
  atSite: viewer,
  issuer,
  simulator,
}) => {
  const code = issuer.issue(simulator.patient('child-protection'));
  await openLink(viewer.profile, `cpis-viewer:launch?code=${code}&iss=https://evil.example`);
  await expect(viewer.page.getByText('names a record system that this site is not set up for')).toBeVisible();
  expect(issuer.redeemed()).toBe(0);
});

test('a record system that is used for another organisation: the patient opens, and it is said', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  const patient = simulator.patient('child-protection');
  await openLink(profile, linkTo(patient, { location: 'Z9A02' }));
  await expectScreen(page, 'confirm');
  await expect(page.getByRole('list', { name: 'Notes about this patient' })).toContainText(
    'Your record system is used for organisation Z9A02, and you are signed in here for Z9A01.',
  );
});

test('a one-time code for the patient who is open: it is redeemed, and nothing else happens', async ({
  atSite: viewer,
  issuer,
  simulator,
}) => {
  await viewer.ask('child-protection', 'scheduled', 'found');
  const code = issuer.issue(simulator.patient('child-protection'));
  await openLinkAndWait(viewer, `cpis-viewer:launch?code=${code}`);
  await expect.poll(() => issuer.redeemed()).toBe(1);
  await openLinkAndWait(viewer, `cpis-viewer:launch?code=${code}`);
  await expectScreen(viewer.page, 'found');
  await expect(viewer.page.getByRole('dialog')).toHaveCount(0);
  await expect(viewer.page.getByRole('alert')).toHaveCount(0);
  expect(issuer.redeemed()).toBe(1);
});

test('H3: over a slow link the screen says that a launch is being looked up, and whose it is not', async ({
  atSite: viewer,
  issuer,
  simulator,
}) => {
  const { page, profile } = viewer;
  const other = simulator.patient('looked-after');
  const progress = page.getByText('Finding the patient from your record system…');
  await simulator.fault('pds.read', { kind: 'hold' }, { times: 1 });
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await expect(progress).toBeVisible();
  await expect.poll(() => simulator.held()).toBe(1);
  await simulator.release();
  await expectScreen(page, 'confirm');
  await expect(progress).toHaveCount(0);

  issuer.hold();
  await openLink(profile, `cpis-viewer:launch?code=${issuer.issue(other)}`);
  const note = page.getByRole('dialog', { name: 'Your record system has sent a patient' });
  await expect(note).toContainText('The patient on this screen may be another one.');
  issuer.release();
  const question = page.getByRole('dialog', { name: anotherPatient });
  await expect(question).toBeVisible();
  await expect(note).toHaveCount(0);
  await question.getByRole('button', { name: 'Close this patient and open the other' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText(shown(other))).toBeVisible();
});

test('a site that follows one-time codes only: a link with the patient in it is refused, in words', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ policy: { launchCodesOnly: true } });
  await viewer.signIn();
  await openLink(viewer.profile, linkTo(simulator.patient('child-protection')));
  await expect(viewer.page.getByText('this site accepts only one-time launch codes')).toBeVisible();
  await expectScreen(viewer.page, 'find');
});

test('a site that follows no links: nothing happens', async ({ launch, simulator }) => {
  const link = linkTo(simulator.patient('child-protection'));
  const viewer = await launch({ policy: { launchLinks: false }, args: [`--launch=${link}`] });
  await viewer.signIn();
  await openLinkAndWait(viewer, link);
  await expectScreen(viewer.page, 'find');
  await viewer.find('looked-after');
  expect(await tracesIn(simulator)).toEqual([simulator.patient('looked-after').nhsNumber]);
});

test('H3: opens a patient whom the user has looked for, and then changed the number before the answer came', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  const child = simulator.patient('child-protection');
  await findAndHold(viewer, simulator, 'child-protection');
  await page.getByLabel('NHS number').fill('999 0');
  await simulator.release();
  await expect.poll(() => simulator.held()).toBe(0);
  await openLink(profile, linkTo(child));
  await expectScreen(page, 'confirm');
  await expect(page.getByText('Opened by your record system')).toBeVisible();
});
