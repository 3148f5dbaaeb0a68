import type { Locator } from '@playwright/test';
import { chooseInMenu, userMenu } from '../driver/menu.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { scan } from '../wristband.ts';
import { resize } from './layout.ts';

async function boxOf(element: Locator) {
  const box = await element.boundingBox();
  if (box === null) throw new Error('it is not on the screen');
  return box;
}

const middle = ({ y, height }: { readonly y: number; readonly height: number }): number => y + height / 2;

test('each radio is level with its label, and no hint runs wider than one reads', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  await viewer.find('child-protection');
  for (const radio of await page.getByRole('radio').all()) {
    const label = page.locator(`label[for="${await radio.getAttribute('id')}"]`);
    expect(Math.abs(middle(await boxOf(radio)) - middle(await boxOf(label)))).toBeLessThan(1.5);
  }
  for (const hint of await page.locator('.nhsuk-hint').all()) {
    const width = await hint.evaluate((element) => {
      const words = document.createRange();
      words.selectNodeContents(element);
      return words.getBoundingClientRect().width;
    });
    expect(width).toBeLessThanOrEqual(44 * 16);
  }
});

test('H7: what a number is for is as strong as the number', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.ask('unborn', 'scheduled', 'found');
  const colour = await page
    .locator('.phone__number')
    .first()
    .evaluate((each) => getComputedStyle(each).color);
  for (const purpose of ['Office hours', 'Emergency duty team (out of hours)']) {
    const shown = page.getByRole('term').filter({ hasText: purpose });
    await expect(shown).toHaveCSS('font-weight', '700');
    await expect(shown).toHaveCSS('color', colour);
  }
  // H8: the longest title of all keeps its tag in its heading.
  const title = page.getByRole('heading', { name: /^Unborn child.* Current$/ });
  await expect(title.getByText('Current', { exact: true })).toBeVisible();
});

test('the box of an answer ends where the buttons above it end', async ({ signedIn: viewer }) => {
  await viewer.ask('no-record', 'scheduled', 'noRecord');
  const box = await boxOf(viewer.page.getByRole('region', { name: 'What to do now' }));
  const button = await boxOf(viewer.page.getByRole('button', { name: 'Next patient' }));
  expect(Math.abs(box.x + box.width - (button.x + button.width))).toBeLessThan(1.5);
});

test('what is below the bar stands in line with it, whether it scrolls or not', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  for (const patient of ['several-plans', 'no-record']) {
    await viewer.ask(patient, 'scheduled');
    const heading = page.getByRole('heading', { level: 1, name: /CP-IS record/ });
    await heading.waitFor();
    // The history, with which the page may begin to scroll.
    await expect(page.getByText('Reading who has checked')).toHaveCount(0);
    const left = async (element: Locator) => (await boxOf(element)).x;
    expect(await left(heading)).toBe(await left(page.getByText('CP-IS Viewer', { exact: true })));
    const right = async (element: Locator) => {
      const { x, width } = await boxOf(element);
      return x + width;
    };
    const last = page.getByRole('button', { name: 'Next patient' });
    expect(await right(last)).toBe(await right(userMenu(page)));
    await viewer.findAnother();
  }
});

test('of an error, what happened is the largest, and it stands in line with the page', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  const left = async (element: Locator) => (await boxOf(element)).x;
  const heading = await left(page.getByRole('heading', { level: 1 }));
  await scan(page, '0105012345678900');
  expect(await left(page.getByRole('alert').filter({ hasText: 'not an NHS wristband' }))).toBe(heading);
  await viewer.enterNumber('9990000263');
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toBeVisible();
  const sizes = await summary
    .locator('p')
    .evaluateAll((lines) => lines.map((line) => Number.parseFloat(getComputedStyle(line).fontSize)));
  const [happened = 0, ...others] = sizes;
  expect(others.length).toBeGreaterThan(1);
  expect(Math.max(...others)).toBeLessThan(happened);
});

test('the buttons of Confirm stand apart from a care setting that the site has fixed', async ({ launch }) => {
  const viewer = await launch({ environment: { careSetting: 'scheduled' } });
  await viewer.signIn();
  await viewer.find('child-protection');
  const { y, height } = await boxOf(viewer.page.getByRole('group', { name: 'Care setting' }));
  const button = await boxOf(viewer.page.getByRole('button', { name: 'Check CP-IS' }));
  const reason = await boxOf(viewer.page.getByText('Your organisation has set this for this computer.'));
  expect(button.y - (reason.y + reason.height)).toBeGreaterThan(16);
  expect(button.y).toBeGreaterThanOrEqual(y + height);
});

test('this check is marked in a row as high as the others', async ({ signedIn: viewer }) => {
  await viewer.ask('child-protection', 'unscheduled');
  const rows = viewer.page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row');
  const own = rows.filter({ hasText: 'This check' });
  expect((await boxOf(own)).height).toBeLessThan((await boxOf(rows.last())).height + 2);
});

test('in a window of 480×640 "Print" begins the line below the heading, in line with it', async ({
  launch,
}) => {
  const viewer = await launch({ policy: { copyForRecord: false } });
  await resize(viewer, 480, 640);
  await viewer.signIn();
  await viewer.ask('no-record', 'scheduled');
  const heading = await boxOf(viewer.page.getByRole('heading', { level: 1, name: 'No CP-IS record found' }));
  const print = await boxOf(viewer.page.getByRole('button', { name: 'Print', exact: true }));
  expect(print.y).toBeGreaterThanOrEqual(heading.y + heading.height);
  expect(print.x).toBe(heading.x);
});

test('the buttons of Diagnostics are in view at 1280×720, however much it says', async ({
  signedOut: viewer,
}) => {
  const { page } = viewer;
  await expectScreen(page, 'signIn');
  await chooseInMenu(page, 'Diagnostics');
  const dialogue = page.getByRole('dialog', { name: 'Diagnostics' });
  await expect(dialogue.getByRole('term').first()).toBeVisible();
  for (const name of ['Save support bundle', 'Close']) {
    await expect(dialogue.getByRole('button', { name })).toBeInViewport({ ratio: 1 });
  }
});
