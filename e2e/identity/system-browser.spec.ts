/**
 * Signing in through the system's browser: a real Chromium, run by the user of the viewer, opens what the viewer would have
 * had opened, and brings the answer to the viewer's one-shot listener.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Browser } from 'playwright';
import type { Simulator } from '../../simulator/client.ts';
import { expect, makeProfile, type Viewer } from '../fixtures.ts';
import { answerQuestions, windowTitles } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { asSecondUser, needSecondUser, nobody, processesSeenBySecondUser } from '../second-user.ts';
import { test as base, listen, redirectUriOf } from './own-redirect.ts';
import { openBrowser, viewerUser } from './user-browser.ts';

const test = base.extend<{ readonly userBrowser: Browser; readonly viewer: Viewer }>({
  userBrowser: async ({ viewer }, use) => {
    const browser = await openBrowser(await viewerUser(viewer));
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

/** The same in the user's browser. */
async function openSignIn(viewer: Viewer, userBrowser: Browser): Promise<Page> {
  const tab = await userBrowser.newPage();
  await tab.goto(await askedToOpen(viewer));
  return tab;
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
  userBrowser,
  simulator,
}) => {
  await expectNothingListens(simulator);
  const tab = await openSignIn(viewer, userBrowser);
  expect(await windowTitles(viewer.app)).toHaveLength(1);
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expect(tab.getByText('You can close this page and go back to CP-IS Viewer.')).toBeVisible();
  await expectScreen(viewer.page, 'find');
  await expectNothingListens(simulator);
  await viewer.ask('child-protection', 'scheduled', 'found');
});

test('asks the browser for a log-in although a user is logged in there (H14)', async ({
  viewer,
  userBrowser,
  simulator,
}) => {
  const tab = await openSignIn(viewer, userBrowser);
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await viewer.lock();
  // The same browser, cookies and all.
  await tab.goto(await askedToOpen(viewer));
  const asked = (await simulator.requests()).filter(({ path: asked }) => asked.endsWith('/authorize'));
  expect(asked.map(({ query }) => query['prompt'])).toEqual(['login', 'login']);
  await tab.getByRole('button', { name: simulator.userName('second-nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await expect(viewer.page.getByRole('banner')).toContainText(simulator.userName('second-nurse'));
});

test('a cancelled log-in comes back as such', async ({ viewer, userBrowser }) => {
  const tab = await openSignIn(viewer, userBrowser);
  await tab.getByRole('button', { name: 'Cancel' }).click();
  await expectScreen(viewer.page, 'signIn');
  await expect(viewer.page.getByRole('alert')).toContainText('Sign-in was cancelled.');
});

test('"Cancel" in the viewer closes the listener, and a late answer is not received', async ({
  viewer,
  userBrowser,
  simulator,
}) => {
  const tab = await openSignIn(viewer, userBrowser);
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
  userBrowser,
  simulator,
}) => {
  const address = await askedToOpen(viewer);
  const hostile = await userBrowser.newPage();
  const answers = await hostile.evaluate(async (callback) => {
    const tries = ['', '?code=stolen', '?code=stolen&state=guessed'].map((query) => `${callback}${query}`);
    const settled = await Promise.allSettled(tries.map((url) => fetch(url, { mode: 'no-cors' })));
    return settled.length;
  }, redirectUriOf(simulator).href);
  expect(answers).toBe(3);
  const tab = await userBrowser.newPage();
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

test('H14: another user of the computer cannot sign in in this user’s place, even with the address of the sign-in', async ({
  viewer,
  userBrowser,
  simulator,
}) => {
  needSecondUser();
  const tab = await userBrowser.newPage();
  const asked = tab.waitForRequest((request) => new URL(request.url()).pathname.endsWith('/authorize'));
  await tab.goto(await askedToOpen(viewer));
  const theirBrowser = await openBrowser(nobody.uid);
  const theirTab = await theirBrowser.newPage();
  await theirTab.goto((await asked).url());
  await theirTab.getByRole('button', { name: simulator.userName('second-nurse') }).click();
  await expect(theirTab.getByText('Nothing was taken.')).toBeVisible();
  await theirBrowser.close();

  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await expect(viewer.page.getByRole('banner')).toContainText(simulator.userName('nurse'));
});

test('H14: what the browser is opened with says nothing of the sign-in to another user, and gives them nothing', async ({
  launch,
  simulator,
}) => {
  needSecondUser();
  const profile = await makeProfile();
  // A desktop's own program that opens addresses, which takes its time.
  const programs = path.join(profile, 'programs');
  await mkdir(programs);
  await writeFile(path.join(programs, 'xdg-open'), '#!/bin/sh\nexec <&- >/dev/null 2>&1\nsleep 60 & wait\n');
  await chmod(path.join(programs, 'xdg-open'), 0o755);
  await chmod(programs, 0o755);
  const viewer = await launch({
    profile,
    environment: { cis2: { surface: 'system-browser' } },
    env: { PATH: `${programs}:${process.env['PATH']}` },
  });
  await viewer.page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
  const { origin, host, port } = redirectUriOf(simulator);
  const address = new RegExp(`^${origin}(/sign-in/\\S+)$`, 'm');
  await expect.poll(processesSeenBySecondUser).toMatch(address);
  const seen = await processesSeenBySecondUser();
  expect(seen).not.toMatch(/code_challenge|nonce=|state=/);

  const route = address.exec(seen)?.[1] ?? '';
  const answer = await asSecondUser(
    `exec 3<>/dev/tcp/127.0.0.1/$1; printf 'GET %s HTTP/1.1\\r\\nHost: %s\\r\\n\\r\\n' "$2" "$3" >&3; cat <&3`,
    port,
    route,
    host,
  );
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).not.toMatch(/code_challenge|nonce=|state=/);
  await viewer.page.getByRole('button', { name: 'Cancel' }).click();
});

test('H14: an answer whose sender is not known: the user is asked who they are, before the exchange', async ({
  viewer,
  userBrowser,
  simulator,
}) => {
  const { app, page } = viewer;
  const tab = await userBrowser.newPage();
  // The answer does not get through in the browser… Playwright's own routes leave out what a redirect leads to.
  const protocol = await tab.context().newCDPSession(tab);
  await protocol.send('Fetch.enable', { patterns: [{ urlPattern: `${redirectUriOf(simulator).href}*` }] });
  const answer = new Promise<URL>((resolve) => {
    protocol.once('Fetch.requestPaused', ({ requestId, request }) => {
      resolve(new URL(request.url));
      void protocol.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    });
  });
  await tab.goto(await askedToOpen(viewer));
  const questions = await answerQuestions(app, []);
  await tab.getByRole('button', { name: simulator.userName('nurse') }).click();
  // …but comes from a program that hangs up at once, so that its connection is no user's any more. Where the viewer looks
  // sooner than the program hangs up, it refuses another user's answer and goes on waiting: so the program tries again.
  const { port, host, pathname, search } = await answer;
  await expect(async () => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\n\r\n`, () => socket.destroy());
    });
    socket.on('error', () => undefined); // it listens no more, once it has its answer
    await expect(page.getByRole('alert')).toContainText('The browser signed in someone else.', {
      timeout: 2_000,
    });
  }).toPass({ timeout: 20_000 });
  expect(await questions()).toEqual([`Are you ${simulator.userName('nurse')}?`]);
  const exchanges = (await simulator.requests()).filter(({ path: asked }) => asked === '/oauth2/token');
  expect(exchanges).toEqual([]);
});
