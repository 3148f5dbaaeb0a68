/**
 * H14: the viewer locks with a Linux desktop. What locks it goes over real message buses, as from a screen saver or from
 * systemd-logind. Windows and macOS, where Electron has events of its own, are not shown here.
 */
import {
  type DesktopBuses,
  type ScreenSaverOf,
  screenSavers,
  startDesktopBuses,
} from '../doubles/desktop-buses.ts';
import { test as base, expect, started, type Viewer } from '../fixtures.ts';
import { askAndHold, releaseHeld } from '../held-check.ts';
import { pressInWindow, processExists, rendererProcess, textInWindow } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';
import { expectNothingClinical, patient, showResult } from './shown-result.ts';

/** `signedOut` watches the buses of the worker. */
const test = base.extend<{ readonly ownBuses: DesktopBuses }, { readonly buses: DesktopBuses }>({
  ownBuses: started(startDesktopBuses, (buses) => buses.stop()),
  buses: [started(startDesktopBuses, (buses) => buses.stop()), { scope: 'worker' }],
  sharedLaunch: [({ buses }, use) => use({ env: buses.env }), { scope: 'worker' }],
  signedOut: async ({ buses, signedOut }, use) => {
    await watch(signedOut, buses);
    await use(signedOut);
  },
});

/** Waits until it watches both buses, whose session `own` is its user's. */
async function watch(viewer: Viewer, buses: DesktopBuses): Promise<void> {
  buses.setViewerUser(await viewer.app.evaluate(() => process.getuid?.() ?? 0));
  await expect.poll(() => timesWatched(viewer)).toBe(2);
}

/** How often the viewer has begun to watch a bus. */
async function timesWatched(viewer: Viewer): Promise<number> {
  return (await readLog(viewer)).match(/"desktop-lock".*"watched"/g)?.length ?? 0;
}

const signals: Readonly<Record<string, (buses: DesktopBuses) => Promise<void>>> = {
  ...Object.fromEntries(
    (Object.keys(screenSavers) as ScreenSaverOf[]).map((desktop) => [
      `the screen saver of ${desktop} becomes active`,
      (buses: DesktopBuses) => buses.sendActiveChanged(desktop, true),
    ]),
  ),
  'logind sends "Lock"': (buses) => buses.sendLock('own'),
  'logind says that the session is locked': (buses) => buses.sendChanged('own', 'LockedHint', true),
  'another session comes to the front (change of user)': (buses) => buses.sendChanged('own', 'Active', false),
};

for (const [happening, send] of Object.entries(signals)) {
  test(`H14: the viewer locks at once when ${happening}`, async ({ buses, signedOut: viewer, simulator }) => {
    const { app, page } = viewer;
    await showResult(viewer);
    const before = await rendererProcess(app);
    await send(buses);
    await expectScreen(page, 'locked');
    await expect(page.getByText(simulator.userName('nurse'))).toBeVisible();
    await expectNothingClinical(viewer, simulator);
    // H10: the memory of the page went with its process.
    expect(await rendererProcess(app)).not.toBe(before);
    await expect.poll(() => processExists(before)).toBe(false);
  });
}

test('H14: the lock of another user’s session, and the end of a lock, lock nothing', async ({
  buses,
  signedOut: viewer,
}) => {
  const asked = buses.ownerAsked('other');
  await viewer.signIn();
  await buses.sendActiveChanged('GNOME', false);
  await buses.sendChanged('own', 'LockedHint', false);
  await buses.sendChanged('own', 'Active', true);
  await buses.sendLock('other');
  await buses.sendChanged('other', 'Active', false);
  await expect.poll(() => buses.ownerAsked('other')).toBe(asked + 2);
  // What was sent before has arrived: a bus keeps the order.
  await viewer.find(patient);
  await expectScreen(viewer.page, 'confirm');
  await buses.sendLock('own');
  await expectScreen(viewer.page, 'locked');
});

test('H14: a message bus that comes up after the viewer is heard', async ({ ownBuses: buses, launch }) => {
  await buses.endSessionBus();
  const viewer = await launch({ env: buses.env });
  await expect.poll(() => timesWatched(viewer)).toBe(1);
  await viewer.signIn();
  await buses.startSessionBus();
  await expect.poll(() => timesWatched(viewer), { timeout: 30_000 }).toBe(2);
  await buses.sendActiveChanged('KDE, light-locker', true);
  await expectScreen(viewer.page, 'locked');
});

test('H14: the viewer locks when the computer is put to sleep', async ({
  ownBuses: buses,
  launch,
  simulator,
}) => {
  const viewer = await launch({ env: buses.env });
  const { app } = viewer;
  await watch(viewer, buses);
  await showResult(viewer);
  const before = await rendererProcess(app);
  await buses.sendPrepareFor('Sleep');
  // Chromium drops the connections of its debugger when the computer sleeps, so Playwright sees no page from here on.
  await expect.poll(() => textInWindow(app)).toMatch(/^Locked$/m);
  expect(await textInWindow(app)).not.toContain(simulator.patient(patient).family);
  await expect.poll(() => processExists(before)).toBe(false);
});

test('H14: a desktop that locks at Confirm leaves no patient behind', async ({
  buses,
  signedOut: viewer,
  simulator,
}) => {
  await viewer.signIn();
  await viewer.find(patient);
  await buses.sendActiveChanged('GNOME', true);
  await expectScreen(viewer.page, 'locked');
  await expectNothingClinical(viewer, simulator);
});

test('H10, H14: a desktop that locks while the viewer is hidden locks it', async ({
  buses,
  signedOut: viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await showResult(viewer);
  const before = await rendererProcess(app);
  await pressInWindow(app, 'F9');
  await expect(page.getByRole('heading', { name: 'CP-IS record found' })).toBeHidden();
  await buses.sendActiveChanged('GNOME', true);
  await expectScreen(page, 'locked');
  await expectNothingClinical(viewer, simulator);
  await expect.poll(() => processExists(before)).toBe(false);
});

test('H3, H14: the answer to a check that was on its way when the desktop locked is dropped', async ({
  buses,
  signedOut: viewer,
  simulator,
}) => {
  await viewer.signIn();
  await askAndHold(viewer, simulator, patient, 'unscheduled');
  await buses.sendActiveChanged('GNOME', true);
  await expectScreen(viewer.page, 'locked');
  await releaseHeld(viewer, simulator);
  await expectScreen(viewer.page, 'locked');
  await expectNothingClinical(viewer, simulator);
});

test('H14: the sign-in window closes when the desktop locks, and the sign-in cannot be finished', async ({
  buses,
  signedOut: viewer,
  simulator,
}) => {
  const windows = () => viewer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await viewer.openSignIn();
  await buses.sendActiveChanged('GNOME', true);
  await expect.poll(windows).toBe(1);
  await expectScreen(viewer.page, 'signIn');
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
  expect((await simulator.requests()).filter(({ path: address }) => /oauth2\/token$/.test(address))).toEqual(
    [],
  );
  await viewer.signIn();
});

test('H14: a desktop that locks while the platform is asked for a token leaves no user signed in', async ({
  buses,
  signedOut: viewer,
  simulator,
}) => {
  await simulator.fault('platform.token', { kind: 'hold' }, { times: 1 });
  await viewer.logIn('nurse');
  await expect.poll(() => simulator.held()).toBe(1);
  await buses.sendActiveChanged('GNOME', true);
  await expectScreen(viewer.page, 'signIn');
  await releaseHeld(viewer, simulator);
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
  await expectScreen(viewer.page, 'signIn');
});
