import type { Simulator } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';

test('the sign-in is renewed before it ends, again and again, and the user is not disturbed', async ({
  signedOut: viewer,
  simulator,
}) => {
  await simulator.settings({ accessTokenSeconds: 4 });
  await viewer.signIn();
  const renewals = async () =>
    (await simulator.requests()).filter(({ path }) => path === '/oauth2/token').length - 1;
  await expect.poll(renewals).toBeGreaterThanOrEqual(2);
  await viewer.ask('child-protection', 'scheduled', 'found');
  const before = await renewals();
  await expect.poll(renewals).toBeGreaterThan(before);
  await expectScreen(viewer.page, 'found');
});

test('a renewal that hangs delays no request while the token is valid, and no second one is begun', async ({
  signedOut: viewer,
  simulator,
}) => {
  // Renewal starts at half of so short a life.
  await simulator.settings({ accessTokenSeconds: 20 });
  await viewer.signIn();
  await simulator.fault('platform.token', { kind: 'hold' });
  await expect.poll(() => simulator.held()).toBe(1);
  await viewer.ask('no-record', 'scheduled', 'noRecord');
  expect(await simulator.held()).toBe(1);
});

for (const [site, cis2, sent] of [
  ['a site that allows the picker', { rolePicker: true }, '555991012011'],
  ['a site that sends the header always', {}, '555991000010'],
] as const) {
  test(`${site}: the role goes with every question as NHSD-Session-URID`, async ({ launch, simulator }) => {
    const viewer = await launch({ environment: { cis2, cpis: { sendRole: true } } });
    await ('rolePicker' in cis2 ? pickRole(viewer, /^Midwife Access Role/) : viewer.signIn());
    await viewer.ask('child-protection', 'scheduled', 'found');
    const questions = (await simulator.requests()).filter(({ path }) => path.includes('/FHIR/R4/'));
    expect(questions.length).toBeGreaterThanOrEqual(2);
    for (const { headers } of questions) expect(headers['nhsd-session-urid']).toBe(sent);
  });
}

test('elsewhere PDS is sent the role and the organisation, and CP-IS reads the role from the token', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.ask('child-protection', 'scheduled', 'found');
  const requests = (await simulator.requests()).filter(({ path }) => path.includes('/FHIR/R4/'));
  const sentTo = (part: string) =>
    requests
      .filter(({ path }) => path.includes(part))
      .map(({ headers }) => [headers['nhsd-session-urid'], headers['nhsd-end-user-organisation-ods']]);
  expect(sentTo('/personal-demographics/')).toEqual([['555991000010', 'Z9A01']]);
  expect(sentTo('/cpis/')).not.toEqual([]);
  for (const sent of sentTo('/cpis/')) expect(sent).toEqual([undefined, undefined]);
});

async function pickRole(viewer: Viewer, role: RegExp): Promise<void> {
  await viewer.logIn('absent-role-several');
  await viewer.page.getByRole('radio', { name: role }).check();
  await viewer.page.getByRole('button', { name: 'Continue' }).click();
  await expectScreen(viewer.page, 'find');
}

test('a role that lists no demographics code is warned before PDS is asked, and PDS has the last word', async ({
  signedOut: viewer,
}) => {
  const warning = viewer.page.getByText('Your role may not let you find patients');
  await viewer.signIn();
  await expect(warning).toHaveCount(0);
  await viewer.signOut();
  await viewer.signIn('sparse');
  await expect(warning).toBeVisible();
  await viewer.find('child-protection');
});

/**
 * Holds back every timer of the main process that is set for `length` milliseconds, give or take the moment that it
 * takes to set it, and gives the word that lets that time pass.
 */
async function holdTimer({ app }: Viewer, length: number): Promise<() => Promise<void>> {
  const held = await app.evaluateHandle((_electron, length) => {
    const real = setTimeout;
    const due: (() => void)[] = [];
    const holding = (run: () => void, after = 0) => {
      if (Math.abs(after - length) >= 1_000) return real(run, after);
      due.push(run);
      return real(() => undefined, after);
    };
    Object.assign(globalThis, { setTimeout: holding });
    return due;
  }, length);
  return () =>
    held.evaluate((due) => {
      for (const run of due.splice(0)) run();
    });
}

test('H14: the session ends at its limit, whatever the user does, and says so', async ({
  launch,
  simulator,
}) => {
  // The shortest that a site can set is six minutes.
  const viewer = await launch({ environment: { session: { absoluteHours: 0.1 } } });
  const letPass = await holdTimer(viewer, 6 * 60_000);
  await viewer.signIn();
  await viewer.find('child-protection');
  await viewer.page.keyboard.press('Tab');
  await letPass();
  await expectEnded(viewer, simulator);
});

/** The screen is of a locked viewer, says why, and has nothing of the patient on it. */
async function expectEnded({ page }: Viewer, simulator: Simulator): Promise<void> {
  await expectScreen(page, 'locked');
  await expect(page.getByRole('alert')).toContainText('Your session has ended.');
  await expect(page.getByText(simulator.patient('child-protection').family)).toHaveCount(0);
}

/** Asks in unscheduled care, after which the sign-in can be renewed no more: the next question meets that. */
async function askUntilItEnds(viewer: Viewer, simulator: Simulator): Promise<void> {
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await simulator.fault('pds.read', { kind: 'status', status: 401 }, { times: 1 });
  await simulator.fault(
    'platform.token',
    { kind: 'status', status: 401, body: { error: 'invalid_grant' } },
    { times: 2 },
  );
  await viewer.findAnother();
  await viewer.enterNumber(simulator.patient('no-record').nhsNumber);
  await expectEnded(viewer, simulator);
}

test('H4: a session that ended by itself does not let the same user notify twice without a yes', async ({
  signedOut: viewer,
  simulator,
}) => {
  await viewer.signIn();
  await askUntilItEnds(viewer, simulator);
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(checkAgainDialogue(viewer.page)).toContainText(
    'Checking again may notify the local authority again.',
  );
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H14: another user who signs in after a session that ended by itself starts afresh', async ({
  signedOut: viewer,
  simulator,
}) => {
  await viewer.signIn();
  await askUntilItEnds(viewer, simulator);
  await viewer.signIn('second-nurse');
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await expect(checkAgainDialogue(viewer.page)).toHaveCount(0);
  expect(await simulator.notifications()).toHaveLength(2);
});

test('H4: who picks a role again to unlock is still known to have asked', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } });
  await pickRole(viewer, /^Nurse Access Role/);
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await viewer.lock();
  await pickRole(viewer, /^Nurse Access Role/);
  await viewer.ask('child-protection', 'unscheduled');
  await expect(checkAgainDialogue(viewer.page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H14: no role can be chosen for a user who has walked away', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } });
  const letPass = await holdTimer(viewer, 5 * 60_000);
  await viewer.logIn('absent-role-several');
  await expectScreen(viewer.page, 'chooseRole');
  await letPass();
  await expectScreen(viewer.page, 'signIn');
  expect((await simulator.requests()).filter(({ path }) => path === '/oauth2/token')).toEqual([]);
});
