import type { ElectronApplication } from '@playwright/test';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { expectScreen } from '../screens.ts';

const question = ({ page }: Viewer) => page.getByRole('dialog', { name: 'Close?' });

/** As the window's close button does. */
function pressClose(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
}

async function openAnswer(viewer: Viewer): Promise<void> {
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
}

test('H5: "Sign out" asks once before it closes an answer', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  await openAnswer(viewer);
  await chooseInMenu(page, 'Sign out');
  await expect(question(viewer)).toContainText('The patient on this screen will be closed if you sign out.');
  await question(viewer).getByRole('button', { name: 'Stay with this patient' }).click();
  await expectScreen(page, 'found');
  await expect(page.getByRole('banner').getByRole('button', { expanded: false })).toBeFocused();
  await chooseInMenu(page, 'Sign out');
  await question(viewer).getByRole('button', { name: 'Sign out' }).click();
  await expectScreen(page, 'signIn');
});

test('H5: "Change role" says that an unscheduled check is on its way', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.signIn('several-roles', /^Nurse Access Role/);
  await askAndHold(viewer, simulator, 'child-protection', 'unscheduled');
  await chooseInMenu(page, 'Change role');
  await expect(question(viewer)).toContainText('the local authority may have been notified');
  await page.keyboard.press('Escape');
  await simulator.clearFaults();
  await expectScreen(page, 'found');
});

test('"Change role" is not offered to a user with one role', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await page.getByRole('banner').getByRole('button', { expanded: false }).click();
  await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change role' })).toHaveCount(0);
});

test('H5: the window’s close button asks once, and a second press closes', async ({ viewer }) => {
  const { app, page } = viewer;
  await openAnswer(viewer);
  await pressClose(app);
  await expect(question(viewer)).toContainText('will be closed if you close CP-IS Viewer');
  await question(viewer).getByRole('button', { name: 'Stay with this patient' }).click();
  await expectScreen(page, 'found');
  await pressClose(app);
  await expect(question(viewer)).toBeVisible();
  const closed = app.waitForEvent('close');
  await pressClose(app);
  await closed;
});

test('H5: a yes closes the window', async ({ viewer }) => {
  await openAnswer(viewer);
  await pressClose(viewer.app);
  const closed = viewer.app.waitForEvent('close');
  const yes = question(viewer).getByRole('button', { name: 'Close CP-IS Viewer' });
  await yes.click().catch(() => undefined); // the window is gone before the click has been reported
  await closed;
});

test('without an answer nothing is asked', async ({ viewer }) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  await chooseInMenu(page, 'Sign out');
  await expectScreen(page, 'signIn');
  const closed = app.waitForEvent('close');
  await pressClose(app);
  await closed;
});
