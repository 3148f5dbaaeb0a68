/** A build on an Electron that is none for clinicians says so where its version stands. */
import { expect, test } from '../fixtures.ts';

test('the version on the screen is marked where the Electron in the package gets no security fixes', async ({
  viewer,
}) => {
  const { app, page } = viewer;
  const version = await app.evaluate(({ app: running }) => running.getVersion());
  await expect(page.getByText(`Version ${version}`, { exact: true })).toBeVisible();
  const isOld = await page.getByText('which gets no security fixes').isVisible();
  expect(version).toMatch(isOld ? /^\d+\.\d+\.\d+-fallback-not-for-release$/ : /^\d+\.\d+\.\d+$/);
});
