/** The main job without a mouse: Tab, arrows, Space and Enter, in both windows. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';

/** Tabs until the control of this name has the focus, as a person would: at most once round the page. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let steps = 0; steps < 60; steps += 1) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
      return [element?.textContent, ...labels.map(({ textContent }) => textContent)].map((text) =>
        text?.trim(),
      );
    });
    if (focused.includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reached "${name}"`);
}

test('from sign-in to answer by keyboard alone', async ({ viewer, simulator }) => {
  const { app, page } = viewer;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  const opened = app.waitForEvent('window');
  await tabTo(page, 'Sign in with Care Identity');
  await page.keyboard.press('Enter');
  const signIn = await opened;
  await expect(signIn.getByRole('button', { name: simulator.userName('nurse') })).toBeVisible();
  await tabTo(signIn, simulator.userName('nurse'));
  await signIn.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Find a patient' })).toBeVisible();
  await tabTo(page, 'NHS number');
  await page.keyboard.type(simulator.patient('child-protection').nhsNumber);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Confirm patient' })).toBeVisible();
  await tabTo(page, 'Unscheduled care – the local authority is told');
  await page.keyboard.press('Space');
  await tabTo(page, 'Check CP-IS');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'CP-IS record found', exact: true })).toBeFocused();
  expect(await simulator.notifications()).toHaveLength(1);
});
