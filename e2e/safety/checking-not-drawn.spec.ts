/**
 * "Checking CP-IS" is drawn some time after the press. What a press, a key and a way out do goes by the press alone. The time of
 * the page stands still in these tests, so that nothing is drawn before a test moves it on.
 */
import type { Page } from '@playwright/test';
import type { Simulator } from '../../simulator/client.ts';
import { cpisChecks } from '../cpis-requests.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { type CareSetting, careLabels } from '../driver/viewer-page.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';

const words = (page: Page) => page.getByText('Checking CP-IS');
const checkButton = (page: Page) => page.getByRole('button', { name: 'Check CP-IS' });

/** A viewer of the test before may still repeat a silent read. */
async function unscheduledChecks(simulator: Simulator): Promise<number> {
  return (await cpisChecks(simulator)).filter(({ unscheduled }) => unscheduled === 'true').length;
}

async function stopTime(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
}

/** Asks, with the answer held back, and nothing of it drawn. */
async function askUndrawn(viewer: Viewer, simulator: Simulator, careSetting: CareSetting): Promise<void> {
  await viewer.signIn();
  await stopTime(viewer.page);
  await askAndHold(viewer, simulator, 'child-protection', careSetting);
  await expectUndrawn(viewer.page);
}

async function expectUndrawn(page: Page): Promise<void> {
  await expect(words(page)).toHaveCount(0);
  await expect(page.locator('[aria-disabled]')).toHaveCount(0);
}

test('H4: a further press, a key and another care setting do nothing, and what is on its way is then drawn', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askUndrawn(viewer, simulator, 'unscheduled');
  await checkButton(page).dblclick();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Space');
  await page.getByText(careLabels.scheduled).click();
  await expect(page.getByRole('radio', { name: careLabels.unscheduled })).toBeChecked();
  await expectUndrawn(page);

  await page.clock.runFor(40);
  await expect(words(page)).toHaveText(['Checking CP-IS…', 'Checking CP-IS']);
  await expect(checkButton(page)).toHaveAttribute('aria-disabled', 'true');
  await simulator.clearFaults();
  await expectScreen(page, 'found');
  await expect(words(page)).toHaveCount(0);
  expect(await unscheduledChecks(simulator)).toBe(1);
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H5: "Not this patient" says that an unscheduled check is on its way, and the next patient gets no answer of it', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askUndrawn(viewer, simulator, 'unscheduled');
  await page.getByRole('button', { name: 'Not this patient' }).click();
  await expect(page.getByRole('alert')).toContainText('You left the last patient during a check');
  await viewer.find('looked-after');
  await simulator.clearFaults();
  await page.clock.runFor(40);
  await expectUndrawn(page);
  await viewer.check('scheduled');
  await expectScreen(page, 'found');
  await expect(page.getByRole('article', { name: 'Looked after child' })).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
});

test('H5: "Sign out" asks, and says that an unscheduled check is on its way', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askUndrawn(viewer, simulator, 'unscheduled');
  await chooseInMenu(page, 'Sign out');
  await expect(page.getByRole('dialog', { name: 'Close?' })).toContainText(
    'A check of this patient in unscheduled care is on its way.',
  );
});

test('H4: "Check again" after a failed check asks no second question', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 }, { times: 1 });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await page.getByRole('button', { name: 'Check again' }).click();
  await simulator.fault('cpis.care-team', { kind: 'hold' });
  const yes = checkAgainDialogue(page).getByRole('button', { name: 'Check again', disabled: false });
  await expect(yes).toBeVisible();
  await stopTime(page);
  await yes.click();
  await expect.poll(simulator.held).toBe(1);
  await expectUndrawn(page);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(checkAgainDialogue(page)).toHaveCount(0);
  await page.clock.runFor(40);
  await expect(words(page)).toHaveText(['Checking CP-IS…', 'Checking CP-IS']);
  await simulator.clearFaults();
  await expectScreen(page, 'found');
  expect(await unscheduledChecks(simulator)).toBe(2);
});

test('an answer that comes before the words is not preceded by them', async ({ viewer }) => {
  const { page } = viewer;
  await viewer.signIn();
  await viewer.find('no-record');
  await stopTime(page);
  await page.evaluate(() => {
    const seen = () => document.body.textContent?.includes('Checking CP-IS') === true;
    const observer = new MutationObserver(() => Object.assign(document.body.dataset, seen() && { seen: '' }));
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  });
  await viewer.check('scheduled');
  await expectScreen(page, 'noRecord');
  await page.clock.runFor(1_000);
  expect(await page.locator('body').getAttribute('data-seen')).toBeNull();
});
