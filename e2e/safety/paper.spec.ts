import { expect, test, type Viewer } from '../fixtures.ts';

test('H16, H18: on paper the patient heads every page, and nothing to press is left', async ({
  signedIn: viewer,
}) => {
  const { app, page } = viewer;
  await viewer.ask('several-plans', 'scheduled', 'history');
  await page.emulateMedia({ media: 'print' });
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  await expect(banner).toBeVisible();
  await expect(banner).toContainText('999 000 0042');
  // A header group is repeated on each page.
  await expect(banner).toHaveCSS('display', 'table-header-group');
  // H16: and so is what is not live.
  await expect(banner).toContainText('Environment: SIMULATOR (not live)');
  await expect(banner.getByText('Environment:')).toBeVisible();
  await expect(
    page.getByText(/^Retrieved \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d\. Printed by Nora Synthetic/),
  ).toBeVisible();
  const buttons = page.getByRole('button');
  // The headers of the history.
  await expect(buttons).toHaveText(['Date and time', 'Name', 'Role', 'Organisation']);
  await page.emulateMedia({ media: null });
  expect(await pagesOf(app)).toBeLessThanOrEqual(2);
});

test('on paper the answer follows its heading, and no header of the history is coloured', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled');
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('heading', { level: 1 })).toHaveCSS('margin-bottom', '0px');
  const ink = await page.evaluate(() => getComputedStyle(document.body).color);
  await page.getByRole('button', { name: 'Organisation' }).hover();
  for (const header of await page.getByRole('button').all()) await expect(header).toHaveCSS('color', ink);
});

test('H18: a dialogue that is open is not printed over the answer', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'found');
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator('dialog')).toBeHidden();
  await expect(page.getByRole('article')).toBeVisible();
});

test('H18: one plan and its history go on one page', async ({ signedIn: viewer }) => {
  await viewer.ask('child-protection', 'scheduled', 'history');
  expect(await pagesOf(viewer.app)).toBe(1);
});

test('H18: nothing is printed without the dialogue of the operating system', async ({ viewer }) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
  const asked = await app.evaluateHandle(({ BrowserWindow }) => {
    const options: unknown[] = [];
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.print = (given, done) => {
        options.push(given);
        done?.(true, '');
      };
    return options;
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect.poll(() => asked.evaluate((options) => options.length)).toBe(1);
  expect(await asked.evaluate(([options]) => options)).toMatchObject({ silent: false });
});

test('a printer that cannot be reached is said, with a reference', async ({ viewer }) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
  await app.evaluate(({ BrowserWindow }) => {
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.print = () => {
        throw new Error('no printer');
      };
  });
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.getByText(/^Could not print\. .* Support reference \S+$/)).toBeVisible();
});

/** How many pages a PDF of the window has. Chromium does not compress the page objects of its PDFs. */
function pagesOf(app: Viewer['app']): Promise<number> {
  return app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    const pdf = await window?.webContents.printToPDF({ pageSize: 'A4' });
    return pdf?.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
  });
}
