import type { Page } from '@playwright/test';
import { spokenNodes } from '../access/accessibility-tree.ts';
import { expect, test } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { answerQuestions, windowTitles } from '../main-process.ts';
import { screens, untilSettled, windowTitle } from '../screens.ts';

const spokenText = async (page: Page) => (await spokenNodes(page)).map(({ name }) => name).join('\n');

/** Collects what the live regions say from now on. */
async function listenToLiveRegions(page: Page): Promise<() => Promise<readonly string[]>> {
  const said = await page.evaluateHandle(() => {
    const messages: string[] = [];
    const before = document.querySelector('.announcer')?.textContent ?? '';
    new MutationObserver(() => {
      for (const region of document.querySelectorAll('.announcer')) {
        const text = region.textContent ?? '';
        if (text !== '' && text !== before && text !== messages.at(-1)) messages.push(text);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    return messages;
  });
  return () => said.jsonValue();
}

/** Pressed and looked at in one go: nothing that happens later can hide it. */
function hiddenTextRightAfterF9(page: Page): Promise<string> {
  return page.evaluate(() => {
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'F9', bubbles: true }));
    return document.body.innerText;
  });
}

test('H9: F9 blanks the window at once, for the eye and for a screen reader, and loses nothing', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'history');
  const clinical = [
    simulator.patient('child-protection').given[0] ?? '',
    screens.found,
    'Child protection plan',
    'Synthetic Borough Council',
    'Dana Invented',
  ];
  const spokenBefore = await spokenText(page);
  for (const text of clinical) expect(spokenBefore).toContain(text);

  const shown = await hiddenTextRightAfterF9(page);
  const spoken = await spokenText(page);
  for (const text of clinical) {
    expect(shown).not.toContain(text);
    expect(spoken).not.toContain(text);
  }
  await expect(page.getByRole('article')).toHaveCount(0);

  await page.keyboard.press('F9');
  await expect(page.getByRole('heading', { name: screens.found })).toBeVisible();
  await expect(page.getByRole('article', { name: 'Child protection plan' })).toBeVisible();
});

test('H9: the button "Hide" blanks too; no key but F9 shows again, and no touch but of the small button', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled');
  const heading = page.getByRole('heading', { name: screens.found });
  await expect(heading).toBeVisible();
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await expect(heading).toBeHidden();
  const cover = page.getByRole('dialog', { name: 'Screen paused' });
  const show = cover.getByRole('button', { name: 'Show', exact: true });
  for (const key of ['Escape', 'Escape', 'Tab', 'Space', 'Enter', 'F1', 'a', 'Escape']) {
    await page.keyboard.press(key);
    await expect(show).not.toBeFocused();
  }
  await cover.click({ position: { x: 20, y: 20 } });
  await expect(cover).toBeVisible();
  await expect(heading).toBeHidden();
  // The parent beside the screen reads it too.
  await expect(cover).not.toContainText(/F9|hidden|patient/i);
  await show.click();
  await expect(heading).toBeVisible();
  // Help, whose key was pressed meanwhile, has not waited.
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('H9: the focus returns to where it was', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  await field.fill('999');
  for (const show of [
    () => page.keyboard.press('F9'),
    () => page.getByRole('button', { name: 'Show', exact: true }).click(),
  ]) {
    await page.keyboard.press('F9');
    await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
    await show();
    await expect(field).toBeFocused();
  }
});

test('H9: a dialogue that comes while the screen is hidden waits, and is there when it is shown', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
  await page.keyboard.press('F9');
  const cover = page.getByRole('dialog', { name: 'Screen paused' });
  await openLink(viewer.profile, linkTo(simulator.patient('looked-after')));
  await expect(page.locator('dialog', { hasText: 'Open another patient?' })).toHaveCount(1);
  await expect(cover).toBeVisible();
  // No dialogue lies over the small button.
  await cover.getByRole('button', { name: 'Show', exact: true }).click();
  const question = page.getByRole('dialog', { name: 'Open another patient?' });
  await expect(question.getByRole('heading')).toBeFocused();
});

test('H9: no message box opens over a hidden screen', async ({ viewer }) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection'); // which uses up the user's press
  const questions = await answerQuestions(app, []);
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
  // Without a press of the user's the main process asks in a message box that names the number.
  const traced = page.evaluate(() => window.viewer.request('patient.trace', { nhsNumber: '9990000018' }));
  await untilSettled(page);
  expect(await questions()).toEqual([]);
  await page.keyboard.press('F9');
  await traced;
  expect(await questions()).toEqual(['Find the patient with NHS number 999 000 0018 now?']);
});

test('H9: F9 hides an open dialogue as well', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 });
  await viewer.ask('child-protection', 'unscheduled');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('dialog', { name: 'Check again?' })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog', { name: 'Check again?' })).toBeHidden();
  await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog', { name: 'Check again?' })).toBeVisible();
});

test('H9: an answer that comes while the window is hidden stays hidden', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askAndHold(viewer, simulator, 'child-protection', 'scheduled');
  await page.keyboard.press('F9');
  await simulator.clearFaults();
  await expect(page.locator('article')).toHaveCount(1);
  await expect(page.getByRole('article')).toHaveCount(0);
  expect(await page.locator('body').innerText()).not.toContain('Child protection plan');
});

test('H9: what a hidden screen would say is not said, neither then nor afterwards', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.audit-event', { kind: 'hold' });
  await viewer.ask('child-protection', 'scheduled', 'found');
  await expect.poll(simulator.held).toBe(1);
  const said = await listenToLiveRegions(page);
  await page.keyboard.press('F9');
  await simulator.clearFaults();
  await expect(page.locator('table tbody tr')).toHaveCount(3);
  await page.keyboard.press('F9');
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
  expect(await said()).toEqual([]);
});

test('H9, H14: the end of the session is said over a hidden screen', async ({ viewer }) => {
  const { page } = viewer;
  await page.clock.install();
  await viewer.signIn();
  await page.keyboard.press('F9');
  await expect(page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
  // A session has twelve hours.
  await page.clock.fastForward('11:50:30');
  await expect(page.getByRole('dialog', { name: 'Screen paused' }).getByRole('status')).toHaveText(
    'Your session ends in 10 minutes. Sign in again now to keep your patient.',
  );
});

test('H9: the title of the window says nothing of a patient, on any screen', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  const expectPlainTitle = async () => {
    expect(await windowTitles(app)).toEqual([windowTitle]);
    expect(await page.title()).toBe('CP-IS Viewer');
  };
  await expectPlainTitle();
  await viewer.signIn();
  await expectPlainTitle();
  await viewer.find('child-protection');
  await expectPlainTitle();
  // A page that sets its own title does not reach the window's, which the task bar shows.
  await page.evaluate((name) => {
    document.title = name;
  }, simulator.patient('child-protection').family);
  await viewer.check('scheduled');
  await expect(page.getByRole('heading', { name: screens.found })).toBeVisible();
  expect(await windowTitles(app)).toEqual([windowTitle]);
});
