/** The whole result without scrolling, on the small shared screen of an emergency department. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { confirmSimilar } from './confirm-states.ts';
import { searchTwins } from './find-patient-states.ts';

/** Inside the window, from edge to edge. */
async function expectWhole(element: Locator): Promise<void> {
  await expect(element).toBeInViewport({ ratio: 1 });
}

/** What can be scrolled: the page, or a part of it. */
function scrollable(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll('*'))
      .filter((element) => {
        const scrolls =
          element === document.scrollingElement || /auto|scroll/.test(getComputedStyle(element).overflowY);
        return scrolls && element.scrollHeight > element.clientHeight;
      })
      .map((element) => element.className || element.tagName),
  );
}

test('one plan and five accesses are shown whole at 1280×720, without scrolling', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const size = await page.evaluate(() => ({ width: window.innerWidth, height: window.innerHeight }));
  expect(size).toEqual({ width: 1_280, height: 720 });
  // Three accesses are there, and two questions in unscheduled care make five.
  for (const user of ['nurse', 'second-nurse']) {
    await viewer.ask('child-protection', 'unscheduled', 'found');
    if (user === 'second-nurse') break;
    await viewer.signOut();
    await viewer.signIn('second-nurse');
  }
  const rows = page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row');
  await expect(rows).toHaveCount(6);
  await expectWhole(page.getByRole('region', { name: 'Patient', exact: true }));
  await expectWhole(page.getByRole('heading', { name: 'CP-IS record found' }));
  await expectWhole(
    page.getByText(
      /Unscheduled care: the local authority is notified of this attendance\. This is not a referral\./,
    ),
  );
  await expectWhole(page.getByRole('article'));
  for (const row of await rows.all()) await expectWhole(row);
  await expectWhole(page.getByRole('button', { name: 'Print' }));
  await expectWhole(page.getByText('SIMULATOR', { exact: true }));
  expect(await simulator.notifications()).toHaveLength(2);
  expect(await scrollable(page)).toEqual([]);
});

for (const [patient, screen] of [
  ['no-record', 'noRecord'],
  ['cpis-denied', 'denied'],
] as const) {
  test(`the outcome of "${patient}" is shown whole at 1280×720, without scrolling`, async ({
    signedIn: viewer,
  }) => {
    const { page } = viewer;
    await viewer.ask(patient, 'unscheduled');
    await expectScreen(page, screen);
    expect(await scrollable(page)).toEqual([]);
  });
}

test('the choice of the care setting, its consequences and the buttons fit at 1280×720', async ({
  signedIn: viewer,
}) => {
  await viewer.find('restricted');
  for (const button of ['Check CP-IS', 'Not this patient']) {
    await expectWhole(viewer.page.getByRole('button', { name: button }));
  }
  for (const radio of await viewer.page.getByRole('radio').all()) await expectWhole(radio);
});

test('H3: what differs from the search and "Check CP-IS" are in view together at 1280×650', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await page.setViewportSize({ width: 1_280, height: 650 });
  await confirmSimilar(viewer, simulator);
  await expectWhole(page.getByRole('group', { name: 'Not everything is as you searched for' }));
  await expectWhole(page.getByRole('button', { name: 'Check CP-IS' }));
});

test('H3: the patient stays in view while a long answer is scrolled', async ({ signedIn: viewer }) => {
  await viewer.ask('long-history', 'scheduled');
  const last = viewer.page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row').last();
  await last.scrollIntoViewIfNeeded();
  await expectWhole(last);
  await expectWhole(viewer.page.getByRole('region', { name: 'Patient', exact: true }));
});

test('H3: of two patients that match, both are in view at 1280×720', async ({
  signedIn: viewer,
  simulator,
}) => {
  await searchTwins(viewer, simulator);
  const rows = viewer.page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  for (const row of await rows.all()) await expectWhole(row);
});
