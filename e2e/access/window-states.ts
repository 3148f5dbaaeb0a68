/** The lock, and what opens over any screen: the hidden screen, the dialogues, Diagnostics and Help; and the way there. */
import { chooseInMenu } from '../driver/menu.ts';
import { expect } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { holdIdleTime } from '../idle-time.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { expectScreen } from '../screens.ts';
import { scan, wristbandOf } from '../wristband.ts';
import { showResult } from './result-states.ts';
import type { ScreenState } from './states.ts';

export const windowStates: readonly ScreenState[] = [
  {
    name: 'Locked',
    picture: {
      file: 'locked',
      sentence: 'Locked: nothing clinical is left, on the screen or behind it.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.lock();
    },
  },
  {
    name: 'Locked, an unscheduled check left without its answer',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await askAndHold(viewer, simulator, 'child-protection', 'unscheduled');
      await viewer.lock();
      await expect(viewer.page.getByRole('alert')).toContainText('may have been notified');
      await simulator.clearFaults();
    },
  },
  {
    name: 'Locked, being unlocked',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.lock();
      await viewer.openSignIn();
      await expect(viewer.page.getByText('in the window that has opened')).toBeVisible();
    },
  },
  {
    name: 'Hidden',
    picture: {
      file: 'hidden',
      sentence: 'Hidden at once, from anyone who looks over the shoulder; the words tell them nothing.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await showResult(viewer, 'child-protection');
      await viewer.page.keyboard.press('F9');
      await expect(viewer.page.getByRole('dialog', { name: 'Screen paused' })).toBeVisible();
    },
  },
  {
    name: 'Locking soon',
    picture: {
      file: 'locking-soon',
      sentence: 'Two minutes before the viewer locks, a user who is there can stay.',
    },
    launch: {},
    reach: async (viewer) => {
      const idleTime = await holdIdleTime(viewer.app);
      await showResult(viewer, 'child-protection');
      await idleTime.passUntilNotice();
      await expect(viewer.page.getByRole('dialog', { name: 'Locking soon' })).toBeVisible();
    },
  },
  {
    name: 'Locking soon, a launch waiting',
    launch: {},
    reach: async (viewer, simulator) => {
      const idleTime = await holdIdleTime(viewer.app);
      await showResult(viewer, 'child-protection');
      await idleTime.passUntilNotice();
      await openLink(viewer.profile, linkTo(simulator.patient('looked-after')));
      const notice = viewer.page.getByRole('dialog', { name: 'Locking soon' });
      await expect(notice).toContainText('Your record system has sent a patient');
    },
  },
  {
    name: 'Close?',
    picture: {
      file: 'close',
      sentence: 'Signing out, or closing the window, over an open answer asks first.',
    },
    reach: async (viewer) => {
      await showResult(viewer, 'child-protection');
      await chooseInMenu(viewer.page, 'Sign out');
      await expect(viewer.page.getByRole('dialog', { name: 'Close?' })).toBeVisible();
    },
  },
  {
    name: 'Open another patient?',
    picture: {
      file: 'open-another',
      sentence:
        'The record system has sent a different patient: the one on the screen cannot be read any more.',
    },
    launch: {},
    reach: async (viewer, simulator) => {
      await showResult(viewer, 'child-protection');
      await openLink(viewer.profile, linkTo(simulator.patient('looked-after')));
      const yes = viewer.page.getByRole('button', { name: 'Close this patient and open the other' });
      await expect(yes).not.toHaveAttribute('aria-disabled');
    },
  },
  {
    name: "Open another patient?, another patient's wristband",
    reach: async (viewer, simulator) => {
      await showResult(viewer, 'child-protection');
      await scan(viewer.page, wristbandOf(simulator.patient('no-record')));
      await expect(viewer.page.getByText('You scanned the wristband of a different patient.')).toBeVisible();
      const yes = viewer.page.getByRole('button', { name: 'Close this patient and open the other' });
      await expect(yes).not.toHaveAttribute('aria-disabled');
    },
  },
  {
    name: 'Open another patient?, digits typed',
    picture: {
      file: 'digits-typed',
      sentence:
        'Digits that are typed on an answer: the number is finished here, and nothing is closed before.',
    },
    reach: async (viewer) => {
      await showResult(viewer, 'child-protection');
      await viewer.page.keyboard.type('999');
      await expect(viewer.page.getByRole('dialog').getByLabel('NHS number')).toHaveValue('999');
    },
  },
  {
    name: "Result, this patient's own wristband scanned",
    reach: async (viewer, simulator) => {
      await showResult(viewer, 'child-protection');
      await scan(viewer.page, wristbandOf(simulator.patient('child-protection')));
      await expect(viewer.page.getByText('the wristband of the patient on this screen')).toBeVisible();
    },
  },
  {
    name: 'Diagnostics',
    picture: {
      file: 'diagnostics',
      sentence: 'Diagnostics, for the IT service desk: nothing clinical, nothing secret.',
    },
    launch: {}, // it names the errors and waits since the start
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'html' });
      await viewer.enterNumber('9990000018');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
      await chooseInMenu(viewer.page, 'Diagnostics');
      await expect(viewer.page.getByRole('dialog').getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'Help',
    picture: {
      file: 'help',
      sentence: 'Help, on F1: what to do at night, the keys, and the guide, without a network.',
    },
    reach: async ({ page }) => {
      await expectScreen(page, 'signIn');
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
    },
  },
  ...(['User guide', 'About', 'Accessibility statement'] as const).map(
    (name): ScreenState => ({
      name: `Help, ${name}`,
      ...(name === 'User guide' ? { document: true as const } : {}),
      reach: async ({ page }) => {
        await expectScreen(page, 'signIn');
        await page.keyboard.press('F1');
        await page.getByRole('dialog', { name: 'Help' }).getByRole('button', { name }).click();
        await expect(page.getByRole('dialog', { name })).toBeVisible();
      },
    }),
  ),
];
