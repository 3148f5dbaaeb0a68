/** The code of the screens that the first one does not need: it is there before they are, and where it is not, words say so. */
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, test, type Viewer } from '../fixtures.ts';
import { holdIdleTime } from '../idle-time.ts';
import { expectScreen } from '../screens.ts';

/** The viewer's page gets no more of its code, as where the installation is replaced under it. */
async function withholdCode(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow }) => {
    const viewer = BrowserWindow.getAllWindows()[0]?.webContents.session;
    viewer?.webRequest.onBeforeRequest((_details, answer) => answer({ cancel: true }));
  });
}

/** Waits for the code of all screens, which is loaded once the first is shown. */
async function waitForCode({ app, page }: Viewer): Promise<void> {
  const files = await app.evaluate(({ app: electron }) =>
    process.getBuiltinModule('node:fs').readdirSync(`${electron.getAppPath()}/renderer/assets`),
  );
  await page.evaluate(
    async (names) => {
      // After the page's own, which loads them in this order.
      await new Promise((resolve) => requestIdleCallback(resolve));
      for (const name of names) await import(`/assets/${name}`);
    },
    ['signed-in', 'panels'].flatMap((name) => files.filter((file) => file.startsWith(`${name}-`))),
  );
}

/** The heading that is there as soon as the press of the button is handled, before anything else can be. */
function headingAfterPress(page: Page, button: string): Promise<string | null | undefined> {
  return page.evaluate(async (name) => {
    const buttons = [...document.querySelectorAll('button')];
    buttons.findLast(({ textContent }) => textContent === name)?.click();
    await Promise.resolve();
    return (document.querySelector('dialog h2') ?? document.querySelector('h1'))?.textContent;
  }, button);
}

test('a press shows its screen at once also the first time, and needs no more code', async ({ launch }) => {
  const viewer = await launch({ policy: { clinicList: true } });
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await waitForCode(viewer);
  await withholdCode(app);
  expect(await headingAfterPress(page, 'Help')).toBe('Help');
  for (const name of ['User guide', 'About', 'Accessibility statement']) {
    expect(await headingAfterPress(page, name)).toMatch(new RegExp(`^${name}`));
    expect(await headingAfterPress(page, 'Back to Help')).toBe('Help');
  }
  await page.keyboard.press('Escape');
  expect(await headingAfterPress(page, 'Diagnostics')).toBe('Diagnostics');
  await page.keyboard.press('Escape');
  await viewer.signIn();
  expect(await headingAfterPress(page, 'Clinic list')).toBe('Clinic list');
  await idleTime.passUntilNotice();
  await expect(page.getByRole('dialog', { name: 'Locking soon' })).toBeVisible();
});

test('H2: a screen whose code cannot be loaded says so', async ({ viewer }) => {
  const { app, page } = viewer;
  // The code is then loaded where it is needed, and not before.
  await page.addInitScript(() => Reflect.set(window, 'requestIdleCallback', () => 0));
  await page.reload();
  await expectScreen(page, 'signIn');
  await withholdCode(app);
  await page.keyboard.press('F1');
  await expect(page.getByRole('alert')).toContainText(
    'This screen could not be shown. It says nothing about any patient.',
  );
});
