/** The screens by their headings, as users know them. */
import { expect, type Page } from '@playwright/test';
import { outcomes } from './driver/viewer-page.ts';

/** The title of the window against the simulator: its environment tag, since it is not live (H16). */
export const windowTitle = 'CP-IS Viewer – SIMULATOR';

export const screens = {
  signIn: 'CP-IS Viewer',
  chooseRole: 'Choose a role',
  find: 'Find a patient',
  confirm: 'Confirm patient',
  ...outcomes,
  outOfDate: 'This answer may be out of date',
  locked: 'Locked',
} as const;

export type Screen = keyof typeof screens;

/** Waits for it; fails where it does not come. */
export async function expectScreen(page: Page, screen: Screen): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: screens[screen], exact: true })).toBeVisible();
  // The shell that paints before any script has run has the same heading.
  if (screen === 'signIn') await expect(page.getByText('Starting…')).toHaveCount(0);
}

/**
 * Waits until the page shows what the main process has sent it, and what has come of its own requests: two round trips, each to
 * the next frame. Before a test expects that something has not come.
 */
export async function untilSettled(page: Page): Promise<void> {
  for (let turn = 0; turn < 2; turn += 1) {
    await page.evaluate(async () => {
      await window.viewer.request('session.read');
      await new Promise((resolve) => requestAnimationFrame(resolve));
    });
  }
}

/** The question before a repeat that may notify again (H4). */
export function checkAgainDialogue(page: Page) {
  return page.getByRole('dialog', { name: 'Check again?' });
}
