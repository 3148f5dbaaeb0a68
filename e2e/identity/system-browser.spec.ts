/**
 * Signing in through the system's browser: a real Chromium of its own opens what the viewer would have had opened, and
 * brings the answer to the viewer's one-shot listener.
 */
import type { ElectronApplication } from '@playwright/test';
import { type Browser, chromium } from 'playwright';
import type { Simulator } from '../../simulator/client.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { windowTitles } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { test as base, listen, redirectUriOf } from './own-redirect.ts';

const test = base.extend<{ readonly browser: Browser; readonly viewer: Viewer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  browser: async ({}, use) => {
    // Debian's own, for Playwright's come from where these machines cannot reach.
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    await use(browser);
    await browser.close();
  },
  viewer: async ({ launch }, use) => {
    await use(await launch({ environment: { cis2: { surface: 'system-browser' } } }));
  },
});

/** Presses "Sign in" and gives the address that the operating system is asked to open. */
async function askedToOpen({ app, page }: Viewer): Promise<string> {
  await catchOpened(app);
  await page.getByRole('button', { name: /^(Sign in with Care Identity|Unlock)$/ }).click();
  await expect.poll(() => opened(app)).toHaveLength(1);
  return (await opened(app))[0] ?? '';
}

async function catchOpened(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ shell }) => {
    const addresses: string[] = [];
    Object.assign(globalThis, { openedAddresses: addresses });
    shell.openExternal = async (address) => void addresses.push(address);
  });
}

function opened(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(() => Reflect.get(globalThis, 'openedAddresses'));
}

async function expectNothingListens(simulator: Simulator): Promise<void> {
  await expect(fetch(redirectUriOf(simulator))).rejects.toThrow();
}

test('signs in, shows the browser a page to close, and closes its listener', async ({
  viewer,
  browser,
  simulator,
}) => {
  await expectNothingListens(simulator);
  const tab = await browser.newPage();
  await tab.goto(await askedToOpen(viewer));
  expect(await windowTitles(viewer.app)).toHaveLength(1);
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expect(tab.getByText('You can close this page and go back to CP-IS Viewer.')).toBeVisible();
  await expectScreen(viewer.page, 'find');
  await expectNothingListens(simulator);
  await viewer.ask('child-protection', 'scheduled');
  await expectScreen(viewer.page, 'found');
});

test('asks the browser for a log-in although somebody is logged in there (H14)', async ({
  viewer,
  browser,
  simulator,
}) => {
  const tab = await browser.newPage();
  await tab.goto(await askedToOpen(viewer));
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
  // The same browser, cookies and all.
  const address = await askedToOpen(viewer);
  expect(new URL(address).searchParams.get('prompt')).toBe('login');
  await tab.goto(address);
  await tab.getByRole('button', { name: simulator.userName('second-nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await expect(viewer.page.getByRole('banner')).toContainText(simulator.userName('second-nurse'));
});

test('a cancelled log-in comes back as such', async ({ viewer, browser }) => {
  const tab = await browser.newPage();
  await tab.goto(await askedToOpen(viewer));
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await expectScreen(viewer.page, 'signIn');
  await expect(viewer.page.getByRole('alert')).toContainText('Sign-in was cancelled.');
});

test('"Cancel" in the viewer closes the listener, and a late answer finds nobody', async ({
  viewer,
  browser,
  simulator,
}) => {
  const tab = await browser.newPage();
  await tab.goto(await askedToOpen(viewer));
  await viewer.page.getByRole('button', { name: 'Cancel' }).click();
  await expectNothingListens(simulator);
  await tab
    .getByRole('button', { name: simulator.userName('nurse') })
    .click()
    .catch(() => undefined);
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
  expect(
    (await simulator.requests()).filter(({ path }) => /\/(access_token|oauth2\/token)$/.test(path)),
  ).toEqual([]);
});

test('a page that the user has open elsewhere cannot answer in its place', async ({
  viewer,
  browser,
  simulator,
}) => {
  const address = await askedToOpen(viewer);
  const hostile = await browser.newPage();
  const answers = await hostile.evaluate(async (callback) => {
    const tries = ['', '?code=stolen', '?code=stolen&state=guessed'].map((query) => `${callback}${query}`);
    const settled = await Promise.allSettled(tries.map((url) => fetch(url, { mode: 'no-cors' })));
    return settled.length;
  }, redirectUriOf(simulator).href);
  expect(answers).toBe(3);
  const tab = await browser.newPage();
  await tab.goto(address);
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
});

test('a port that is taken is named, and no page is opened', async ({ viewer, simulator }) => {
  const port = Number(redirectUriOf(simulator).port);
  const other = await listen(port);
  await catchOpened(viewer.app);
  await viewer.page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
  await expect(viewer.page.getByRole('alert')).toContainText(
    `Another program on this computer uses the port that sign-in needs (${port}).`,
  );
  expect(await opened(viewer.app)).toEqual([]);
  other.close();
});
