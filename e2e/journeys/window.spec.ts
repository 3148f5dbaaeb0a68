import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ElectronApplication } from '@playwright/test';
import { quit } from '../driver/quit.ts';
import { expect, test, userDataFolder } from '../fixtures.ts';
import { windowTitles } from '../main-process.ts';
import { windowTitle } from '../screens.ts';

const boundsOf = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());

test('the next start opens the window where it was, and as large; nothing else is stored with it', async ({
  launch,
}) => {
  const first = await launch();
  await first.signIn();
  await first.find('child-protection');
  const bounds = { x: 40, y: 30, width: 900, height: 640 };
  await first.app.evaluate(
    ({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to),
    bounds,
  );
  const file = path.join(userDataFolder(first.profile), 'window.json');
  const stored = () => readFile(file, 'utf8').catch(() => '');
  await expect.poll(stored).toBe(JSON.stringify({ ...bounds, isMaximised: false }));
  await quit(first.app);
  const second = await launch({ profile: first.profile });
  expect(await boundsOf(second.app)).toEqual(bounds);
});

test('a window whose display is gone opens in the usual size, on a display that is there', async ({
  launch,
}) => {
  const elsewhere = { x: 50_000, y: 30, width: 700, height: 500, isMaximised: false };
  const { app } = await launch({ userData: { 'window.json': JSON.stringify(elsewhere) } });
  const bounds = await boundsOf(app);
  expect(bounds?.x).toBeLessThan(5_000);
  expect(bounds?.width).toBeGreaterThanOrEqual(1_000);
});

test('H16: the title says which environment this is, where it is not live', async ({ signedOut: viewer }) => {
  expect(await windowTitles(viewer.app)).toEqual([windowTitle]);
});

test('a dark system has a dark page, and paper stays white', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await background()).toBe('rgb(240, 244, 245)');
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe('rgb(18, 24, 28)');
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  expect(await background()).toBe('rgb(255, 255, 255)');
});

test('the first page is drawn by the process that its window began with: it waits for no second one', async ({
  viewer,
}) => {
  const [begun, drawn] = await viewer.app.evaluate(async ({ BrowserWindow, session }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { session: session.fromPartition('viewer'), sandbox: true },
    });
    const { webContents } = window;
    // Chromium's own number: the operating system's is not known before the process runs.
    const first = new Promise<number>((resolve) =>
      webContents.once('did-start-navigation', () => resolve(webContents.getProcessId())),
    );
    await webContents.loadURL('app://viewer/index.html');
    const processes = [await first, webContents.getProcessId()];
    window.destroy();
    return processes;
  });
  expect(drawn).toBe(begun);
});
