import type { Simulator } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { windowTitles } from '../main-process.ts';
import { expectScreen, untilSettled, windowTitle } from '../screens.ts';

async function expectRefusal({ page }: Viewer, words: readonly string[]): Promise<void> {
  const alert = page.getByRole('alert');
  for (const sentence of words) await expect(alert).toContainText(sentence);
  await expect(alert).toContainText(/Support reference \S+/);
  await expect(alert).toContainText("phone the local authority's children's services"); // H21
  await expectScreen(page, 'signIn');
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
}

test('a user with one role is signed in at once', async ({ signedIn: viewer, simulator }) => {
  const bar = viewer.page.getByRole('banner');
  await expect(bar).toContainText(simulator.userName('nurse'));
  await expect(bar).toContainText('Nurse Access Role, SYNTHETIC GENERAL HOSPITAL');
  await expect(bar).toContainText('Time left: 12 h');
  await expect(bar).toContainText('SIMULATOR');
  await expect(viewer.page.getByLabel('NHS number')).toBeFocused();
});

test('a user with several roles chooses one at Care Identity', async ({ signedOut: viewer }) => {
  await viewer.signIn('several-roles', /^Midwife Access Role/);
  await expect(viewer.page.getByRole('banner')).toContainText('Midwife Access Role, SYNTHETIC CHILD CLINIC');
});

test('a user with many roles searches for one at Care Identity', async ({ signedOut: viewer, simulator }) => {
  const window = await viewer.openSignIn();
  await window.getByRole('button', { name: simulator.userName('many-roles') }).click();
  await window.getByLabel('Search your roles').fill('walk-in');
  await window.getByRole('button', { name: 'Search' }).click();
  await window.getByRole('button', { name: /^Nurse Access Role/ }).click();
  await expect(viewer.page.getByRole('banner')).toContainText('Nurse Access Role, SYNTHETIC WALK-IN CENTRE');
});

test('userinfo without its optional lists still signs in', async ({ signedOut: viewer, simulator }) => {
  await viewer.signIn('sparse');
  await expect(viewer.page.getByRole('banner')).toContainText(simulator.userName('sparse'));
});

test('while the sign-in window is open, the viewer says so and offers a way back', async ({
  signedOut: viewer,
}) => {
  const { app, page } = viewer;
  const window = await viewer.openSignIn();
  await expect(page.getByText('Sign in with Care Identity in the window that has opened.')).toBeVisible();
  // The sign-in window says which host the user is talking to, whatever the page calls itself.
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  const host = new URL(window.url()).host;
  expect([...(await windowTitles(app))].sort()).toEqual([windowTitle, `Sign in – ${host}`]);
  const closed = window.waitForEvent('close');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await closed;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
});

test('"Cancel" at Care Identity leads back, without blame', async ({ signedOut: viewer }) => {
  const window = await viewer.openSignIn();
  await window.getByRole('button', { name: 'Cancel' }).click();
  await expectRefusal(viewer, ['Sign-in was cancelled.', 'Sign in when you are ready.']);
});

test('closing the sign-in window leads back, and the next sign-in works', async ({ signedOut: viewer }) => {
  await (await viewer.openSignIn()).close();
  await expectRefusal(viewer, ['Sign-in was cancelled.', 'Sign in when you are ready.']);
  await viewer.signIn();
  await expect(viewer.page.getByRole('alert')).toHaveCount(0);
});

const refusals = {
  'no-role': ['Your Care Identity has no role.', 'Ask your Registration Authority for a role with CP-IS.'],
  'empty-role': ['Care Identity did not say which of your roles to use.', 'Sign in again and choose a role.'],
  'foreign-role': ['Care Identity chose a role that you do not hold.', 'Sign in again.'],
  'absent-role-several': [
    'Care Identity did not say which of your roles to use.',
    'Sign in again and choose a role.',
  ],
};

for (const [user, words] of Object.entries(refusals)) {
  test(`the user "${user}" is refused, in words`, async ({ signedOut: viewer }) => {
    await viewer.logIn(user);
    await expectRefusal(viewer, words);
  });
}

const askedFor = async (simulator: Simulator) =>
  (await simulator.requests())
    .filter(({ path }) => /\/authorize$/.test(path))
    .map(({ query }) => query['acr_values']);

test('a sign-in of level 2 is accepted as it comes', async ({ signedOut: viewer, simulator }) => {
  await viewer.logIn('low-assurance');
  await expectScreen(viewer.page, 'find');
  expect(await askedFor(simulator)).toEqual(['AAL2_OR_AAL3_ANY']);
});

test('a site that demands level 3 asks for it from the start, and refuses less, in words', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: { cis2: { leastAuthenticationAssurance: 3 } } });
  await viewer.logIn('low-assurance');
  await expectRefusal(viewer, [
    'The way you signed in is not strong enough for child protection information.',
    'Sign in again with your smartcard, security key or Windows Hello.',
  ]);
  expect(await askedFor(simulator)).toEqual(['AAL3_ANY']);
});

test('where the platform refuses the level, the next sign-in is a stronger one', async ({
  signedOut: viewer,
  simulator,
}) => {
  await simulator.settings({ acceptedAssuranceLevels: [3] });
  await viewer.logIn('either-assurance');
  await expectRefusal(viewer, ['Sign in again with your smartcard, security key or Windows Hello.']);
  await viewer.logIn('either-assurance');
  await expectScreen(viewer.page, 'find');
  expect(await askedFor(simulator)).toEqual(['AAL2_OR_AAL3_ANY', 'AAL3_ANY']);
});

test('H4, H21: where CP-IS refuses the level, a stronger sign-in is offered with the patient kept, and nothing is sent by itself', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await simulator.settings({ cpisAssuranceLevel: 3 });
  await viewer.logIn('either-assurance');
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await expect(page.getByText('The service needs a stronger sign-in than yours.')).toBeVisible();
  const opened = app.waitForEvent('window');
  await page.getByRole('button', { name: 'Sign in again now' }).click();
  const window = await opened;
  const closed = window.waitForEvent('close');
  await window.getByRole('button', { name: simulator.userName('either-assurance') }).click();
  await closed;
  expect(await askedFor(simulator)).toEqual(['AAL2_OR_AAL3_ANY', 'AAL3_ANY']);
  const tokens = async () => (await simulator.requests()).filter(({ path }) => path === '/oauth2/token');
  await expect.poll(async () => (await tokens()).map(({ status }) => status)).toEqual([200, 200]);
  await untilSettled(page);
  await expectScreen(page, 'couldNotCheck');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText('999 000 0018');
  expect(await simulator.notifications()).toEqual([]);
});

test('one role and none chosen: Care Identity is asked once more, then the user is refused', async ({
  signedOut: viewer,
  simulator,
}) => {
  const first = await viewer.openSignIn();
  const second = viewer.app.waitForEvent('window');
  const user = { name: simulator.userName('absent-role') };
  await first.getByRole('button', user).click();
  await (await second).getByRole('button', user).click();
  await expectRefusal(viewer, ['Care Identity did not say which of your roles to use.']);
  const authorisations = (await simulator.requests()).filter(({ path }) => /\/authorize$/.test(path));
  expect(authorisations).toHaveLength(2);
});

test('where the site allows it, the role is chosen here', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } });
  const { page } = viewer;
  await viewer.logIn('absent-role-several');
  await expectScreen(page, 'chooseRole');
  await expect(page.getByRole('banner')).toContainText(simulator.userName('absent-role-several'));
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose a role');
  await page.getByRole('radio', { name: /^Midwife Access Role/ }).check();
  await page.getByRole('button', { name: 'Continue' }).click();
  await expectScreen(page, 'find');
  await expect(page.getByRole('banner')).toContainText('Midwife Access Role, SYNTHETIC CHILD CLINIC');
  await viewer.ask('no-record', 'scheduled', 'noRecord');
});

test('H14: while a role is being chosen, Lock ends the sign-in', async ({ launch }) => {
  const viewer = await launch({ environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } });
  const { page } = viewer;
  await viewer.logIn('absent-role-several');
  await expectScreen(page, 'chooseRole');
  await page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expectScreen(page, 'signIn');
});

test('"Sign in" has the focus at the start and after a sign-out, and the screen promises no network', async ({
  viewer,
}) => {
  const { page } = viewer;
  const button = page.getByRole('button', { name: 'Sign in with Care Identity' });
  await expect(button).toBeFocused();
  await expect(page.getByText(/network/i)).toHaveCount(0);
  await viewer.signIn();
  await viewer.signOut();
  await expect(button).toBeFocused();
  await page.context().setOffline(true);
  await expect(page.getByText('This computer is not connected to a network.')).toBeVisible();
});

const failures = {
  'Care Identity cannot be reached': ['cis2.discovery', { kind: 'reset' }, 'could not reach the service'],
  'Care Identity fails': ['cis2.token', { kind: 'status', status: 503 }, 'not working properly'],
  'a proxy’s page stands in for Care Identity': [
    'cis2.discovery',
    { kind: 'html' },
    'Something between this computer and Care Identity answered in its place.',
  ],
  'the platform does not know the application': [
    'platform.token',
    { kind: 'status', status: 401 },
    'Support reference',
  ],
  'the platform fails': ['platform.token', { kind: 'status', status: 500 }, 'not working properly'],
} as const;

for (const [failure, [target, fault, words]] of Object.entries(failures)) {
  test(`sign-in says so when ${failure}, and works when that is over`, async ({ launch, simulator }) => {
    // From the start: what the viewer fetches ahead of the press fails too, and nothing is said of it.
    await simulator.fault(target, fault);
    const viewer = await launch();
    if (target !== 'cis2.discovery') await viewer.logIn('nurse');
    else await viewer.page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
    await expectRefusal(viewer, [words]);
    await simulator.clearFaults();
    await viewer.signIn();
  });
}
