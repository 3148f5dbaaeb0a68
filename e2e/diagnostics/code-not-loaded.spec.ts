/** H21: a screen whose code could not be loaded says so, and "Start again" loads it. */
import path from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

const loadedFirst = [path.join(import.meta.dirname, 'code-read-later.cjs')];
const sentence = 'This screen could not be shown. It says nothing about any patient.';

/** Returns the reference on the screen. */
async function startAgain(page: Page): Promise<string> {
  await expect(page.getByText(sentence)).toBeVisible();
  const [reference] = /window-[0-9a-f]{8}/.exec(await page.getByRole('main').innerText()) ?? [];
  await page.getByRole('button', { name: 'Start again' }).click();
  await expect(page.getByText(sentence)).toHaveCount(0);
  return String(reference);
}

test('H21: a panel whose code could not be loaded opens after "Start again", and the log has the reference', async ({
  launch,
}) => {
  const { page, profile } = await launch({ loadedFirst });
  await expectScreen(page, 'signIn');
  await page.keyboard.press('F1');
  const reference = await startAgain(page);
  await expectScreen(page, 'signIn');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await expect
    .poll(() => readLog({ profile }))
    .toContain(`"event":"fault","kind":"internal","reference":"${reference}"`);
});

test('H21: also where the viewer is not set up', async ({ launch }) => {
  const { page } = await launch({ loadedFirst, environmentText: null });
  const screen = page.getByRole('heading', { name: 'Sign-in is not possible' });
  await expect(screen).toBeVisible();
  await page.keyboard.press('F1');
  await startAgain(page);
  await expect(screen).toBeVisible();
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
});

test('H21: a user whose screen could not be loaded stays signed in, and has it after "Start again"', async ({
  launch,
}) => {
  const viewer = await launch({ loadedFirst });
  await viewer.logIn('nurse');
  await startAgain(viewer.page);
  await expectScreen(viewer.page, 'find');
  await viewer.find('child-protection');
});
