import { cpisRequests } from '../cpis-requests.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

test('H4: nothing is asked of CP-IS before "Check CP-IS" is pressed', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.find('child-protection');
  await viewer.chooseCare('scheduled');
  await viewer.chooseCare('unscheduled');
  expect(await cpisRequests(simulator)).toEqual([]);
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
  await viewer.ask('looked-after', 'scheduled', 'history');
  // Those of the press, and none about the patient before.
  const asked = (await cpisRequests(simulator)).map(({ nhsNumber }) => nhsNumber);
  expect(asked).toEqual(Array(2).fill(simulator.patient('looked-after').nhsNumber));
});

test('H4: no care setting is chosen beforehand, and without one nothing is asked', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.find('child-protection');
  for (const radio of await page.getByRole('radio').all()) await expect(radio).not.toBeChecked();
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expect(page.getByRole('alert')).toContainText('Choose the care setting');
  expect(await cpisRequests(simulator)).toEqual([]);

  // A choice is made for one patient: the next one starts without it.
  await viewer.chooseCare('scheduled');
  await page.getByRole('button', { name: 'Not this patient' }).click();
  await viewer.find('looked-after');
  for (const radio of await page.getByRole('radio').all()) await expect(radio).not.toBeChecked();
});

test('H4: coming back after a lock, nothing is asked', async ({ signedIn: viewer, simulator }) => {
  await viewer.ask('child-protection', 'scheduled', 'history');
  const before = await cpisRequests(simulator);
  await viewer.lock();
  await viewer.signIn();
  await viewer.find('child-protection');
  expect(await cpisRequests(simulator)).toEqual(before);
});

test('H4: without a press the sign-in is renewed and CP-IS is not asked', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.settings({ accessTokenSeconds: 3 });
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'history');
  const before = await cpisRequests(simulator);
  const renewals = async () =>
    (await simulator.requests()).filter(({ path }) => path === '/oauth2/token').length;
  const renewed = await renewals();
  // What a browser would take as a reason to fetch anew.
  for (const event of ['focus', 'online', 'visibilitychange', 'pageshow']) {
    await page.evaluate((name) => {
      window.dispatchEvent(new Event(name));
      document.dispatchEvent(new Event(name));
    }, event);
  }
  await expect.poll(renewals).toBeGreaterThan(renewed + 1);
  await page.reload();
  await expectScreen(page, 'find');
  expect(await cpisRequests(simulator)).toEqual(before);
  expect(await simulator.notifications()).toHaveLength(1);
});
