/**
 * The answer in one glance: in a real window, at real zoom, on the small shared screens of the NHS, the first record's kind
 * and status and both its numbers are seen without scrolling, and so are the bar and the patient (H6, H7).
 */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { resize, zoomTo } from './layout.ts';

/** Less the frame of the window and the task bar. */
const frameAndTaskBarPx = 70;
const screenSizes = [
  [1_280, 720],
  [1_366, 768],
  [1_024, 768],
] as const;
const zoomFactors = [1, 1.25, 1.5, 2];

/** With a long name, a long title, and the longest line under the heading. */
const patients = ['child-protection', 'unborn', 'several-plans', 'baby'];

/** Whole in the window, and nothing lies over it. */
async function expectSeen(element: Locator): Promise<void> {
  await expect(element).toBeInViewport({ ratio: 1 });
  const covered = await element.evaluate((each) => {
    const { left, top, width, height } = each.getBoundingClientRect();
    return [0.02, 0.5, 0.98].some((part) => {
      const shown = document.elementFromPoint(left + width * part, top + height / 2);
      return shown === null || !(each.contains(shown) || shown.contains(each));
    });
  });
  expect(covered, `${await element.textContent()} is covered`).toBe(false);
}

/** Neither the page nor anything in it has been scrolled. */
const scrolledBy = (page: Page): Promise<number> =>
  page.evaluate(() =>
    Math.max(...Array.from(document.querySelectorAll('*'), (element) => element.scrollTop)),
  );

for (const [width, height] of screenSizes) {
  test(`H6, H7: kind, status and both numbers are seen without scrolling at 100 to 200 % on ${width}×${height}`, async ({
    viewer,
    simulator,
  }) => {
    const { page } = viewer;
    // At night the tag "Out of hours now" takes room too.
    await page.clock.setFixedTime('2026-11-27T02:10:00Z');
    await resize(viewer, width, height - frameAndTaskBarPx);
    await viewer.signIn();
    for (const patient of patients) {
      await viewer.ask(patient, 'unscheduled', 'found');
      await expect(page.getByText('Reading who has checked')).toHaveCount(0);
      for (const factor of zoomFactors) {
        await test.step(`${patient} at ${factor * 100} %`, async () => {
          await zoomTo(viewer, factor);
          const first = page.getByRole('article').first();
          await expectSeen(first.getByRole('heading'));
          await expectSeen(first.locator('.nhsuk-tag'));
          const numbers = first.locator('.phone__number');
          expect(await numbers.count()).toBeGreaterThanOrEqual(2);
          for (const number of [numbers.nth(0), numbers.nth(1)]) await expectSeen(number);
          for (const purpose of ['Emergency duty team', 'Office hours']) {
            await expectSeen(first.getByRole('term').filter({ hasText: purpose }));
          }
          await expect(first.getByText('Out of hours now')).toBeVisible();
          await expectSeen(page.getByRole('heading', { level: 1 }));
          await expectSeen(page.getByText(/^\d current: /));
          await expectSeen(page.getByText('SIMULATOR', { exact: true }));
          for (const name of ['Hide', 'Lock', simulator.userName('nurse')]) {
            await expectSeen(page.getByRole('button', { name, exact: true }));
          }
          await expectSeen(page.getByRole('region', { name: 'Patient', exact: true }));
          expect(await scrolledBy(page)).toBe(0);
        });
      }
      await zoomTo(viewer, 1);
      await viewer.findAnother();
    }
  });
}

test('H9, H14, H16: Hide, Lock, user and environment stay in view while an answer is scrolled', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('long-history', 'scheduled');
  const last = page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row').last();
  for (const factor of zoomFactors) {
    await zoomTo(viewer, factor);
    await last.scrollIntoViewIfNeeded();
    expect(await scrolledBy(page)).toBeGreaterThan(0);
    await expectSeen(page.getByText('SIMULATOR', { exact: true }));
    for (const name of ['Hide', 'Lock', simulator.userName('nurse')]) {
      await expectSeen(page.getByRole('button', { name, exact: true }));
    }
    await expectSeen(page.getByRole('region', { name: 'Patient', exact: true }));
  }
});

test('H3: the patient stays in view on Confirm, down to the button, at 100 to 200 %', async ({ viewer }) => {
  const { page } = viewer;
  await resize(viewer, 1_280, 720 - frameAndTaskBarPx);
  await viewer.signIn();
  await viewer.find('restricted');
  for (const factor of zoomFactors) {
    await zoomTo(viewer, factor);
    await page.getByRole('button', { name: 'Check CP-IS' }).scrollIntoViewIfNeeded();
    await expectSeen(page.getByRole('button', { name: 'Check CP-IS' }));
    await expectSeen(page.getByRole('region', { name: 'Patient', exact: true }));
  }
});
