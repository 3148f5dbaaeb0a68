import { expect, test } from '../fixtures.ts';
import { holdIdleTime } from '../idle-time.ts';
import { pressInWindow } from '../main-process.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { expectNothingClinical, patient, showResult } from './shown-result.ts';

test('H14: without a press for the set time, the viewer locks; every press begins that time anew', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await showResult(viewer);
  expect(await idleTime.running()).toBe(1);
  for (const act of [
    () => page.getByRole('heading', { level: 1 }).click(),
    () => page.keyboard.press('Tab'),
    () => page.mouse.wheel(0, 100),
  ]) {
    const before = await idleTime.begun();
    await act();
    await expect.poll(idleTime.begun).toBeGreaterThan(before);
    expect(await idleTime.running()).toBe(1);
  }
  await idleTime.pass();
  await expectScreen(page, 'locked');
  await expectNothingClinical(viewer, simulator);
});

test('H14: who is signed in, as what and where is on every screen', async ({
  signedOut: viewer,
  simulator,
}) => {
  const expectUser = async () => {
    const bar = viewer.page.getByRole('banner');
    await expect(bar).toContainText(simulator.userName('nurse'));
    await expect(bar).toContainText('Nurse Access Role, SYNTHETIC GENERAL HOSPITAL');
  };
  await viewer.signIn();
  await expectUser();
  await viewer.find(patient);
  await expectUser();
  await viewer.check('scheduled', 'found');
  await expectUser();
});

test('H14: another user who unlocks starts afresh', async ({ signedOut: viewer, simulator }) => {
  const { page } = viewer;
  await showResult(viewer);
  await viewer.lock();
  await viewer.signIn('second-nurse');
  const bar = page.getByRole('banner');
  await expect(bar).toContainText(simulator.userName('second-nurse'));
  await expect(bar).not.toContainText(simulator.userName('nurse'));
  await expectNothingClinical(viewer, simulator);
  // Not even that the one before has asked: to this user, this is a first question.
  await viewer.ask(patient, 'unscheduled', 'found');
  await expect(checkAgainDialogue(page)).toHaveCount(0);
  expect((await simulator.notifications()).map(({ name }) => name)).toEqual([
    simulator.userName('nurse'),
    simulator.userName('second-nurse'),
  ]);
});

test('H14: another user who signs in after a sign-out starts afresh', async ({
  signedOut: viewer,
  simulator,
}) => {
  await showResult(viewer);
  await viewer.signOut();
  await viewer.signIn('second-nurse');
  await expectNothingClinical(viewer, simulator);
  await expect(viewer.page.getByRole('banner')).not.toContainText(simulator.userName('nurse'));
  await viewer.ask(patient, 'unscheduled', 'found');
});

test('H14: every sign-in asks Care Identity for the person anew', async ({ signedIn: viewer, simulator }) => {
  await viewer.signOut();
  const window = await viewer.openSignIn();
  // No cookie of the previous user signs in: the list of users is there again.
  await expect(window.getByRole('button', { name: simulator.userName('second-nurse') })).toBeVisible();
  await window.close();
  await expectScreen(viewer.page, 'signIn');
});

test('H7: the text size is reset at a sign-out', async ({ signedIn: viewer }) => {
  const textSize = () =>
    viewer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor());
  await pressInWindow(viewer.app, '=', ['control']);
  await expect.poll(textSize).toBeCloseTo(1.1);
  await viewer.signOut();
  await expect.poll(textSize).toBe(1);
});
