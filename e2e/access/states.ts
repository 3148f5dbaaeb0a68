/** Every state of every screen, and the way there. */
import { expect, type LaunchOptions, type Viewer } from '../fixtures.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { expectScreen } from '../screens.ts';
import type { Simulator } from '../simulator.ts';

export interface ScreenState {
  readonly name: string;
  readonly launch?: LaunchOptions;
  reach(viewer: Viewer, simulator: Simulator): Promise<void>;
}

async function typeNumber({ page }: Viewer, number: string): Promise<void> {
  await page.getByLabel('NHS number').fill(number);
  await page.getByRole('button', { name: 'Find patient' }).click();
}

async function openSearch({ page }: Viewer): Promise<void> {
  await page.getByRole('button', { name: 'Search by name and date of birth' }).click();
}

export async function searchTwins(viewer: Viewer, simulator: Simulator): Promise<void> {
  const { page } = viewer;
  const { family, birthDate } = simulator.patient('twin-one');
  const [year = '', month = '', day = ''] = (birthDate ?? '').split('-');
  await openSearch(viewer);
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Day', { exact: true }).fill(day);
  await page.getByLabel('Month', { exact: true }).fill(month);
  await page.getByLabel('Year', { exact: true }).fill(year);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

async function showResult(viewer: Viewer, patient: string): Promise<void> {
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled');
  await expectScreen(viewer.page, 'found');
  await expect(viewer.page.getByText('Reading who has viewed')).toHaveCount(0);
}

async function growOld(viewer: Viewer): Promise<void> {
  await viewer.page.clock.install();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(viewer.page.getByRole('table')).toBeVisible();
  await viewer.page.clock.fastForward(61_000);
  await expectScreen(viewer.page, 'covered');
}

async function chooseRole({ openSignIn, page }: Viewer, simulator: Simulator): Promise<void> {
  const window = await openSignIn();
  await window.getByRole('button', { name: simulator.userName('absent-role-several') }).click();
  await expectScreen(page, 'chooseRole');
}

const coverSoon = { environment: { session: { coverResultMinutes: 1 } } };
const pickRoleHere = { environment: { cis2: { rolePicker: true }, cpis: { sendRoleHeader: true } } };

export const states: readonly ScreenState[] = [
  { name: 'Sign in', reach: ({ page }) => expectScreen(page, 'signIn') },
  {
    name: 'Sign in, the sign-in window being open',
    reach: async ({ openSignIn, page }) => {
      await openSignIn();
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    },
  },
  {
    name: 'Sign in, after a refusal',
    reach: async ({ openSignIn, page }, simulator) => {
      await (await openSignIn()).getByRole('button', { name: simulator.userName('no-role') }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Settings that are wrong',
    launch: { environment: { surprise: true } },
    reach: async ({ page }) => expect(page.getByRole('alert')).toBeVisible(),
  },
  { name: 'Choose a role', launch: pickRoleHere, reach: chooseRole },
  {
    name: 'Choose a role, none chosen',
    launch: pickRoleHere,
    reach: async (viewer, simulator) => {
      await chooseRole(viewer, simulator);
      await viewer.page.getByRole('button', { name: 'Continue' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  { name: 'Find a patient', reach: (viewer) => viewer.signIn() },
  {
    name: 'Find a patient, near the end of the session',
    launch: { environment: { session: { absoluteHours: 0.1 } } },
    reach: async (viewer) => {
      await viewer.signIn();
      await expect(viewer.page.getByText(/Time left: \d min/)).toBeVisible();
    },
  },
  {
    name: 'Find a patient, a launch on its way',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'hold' });
      await openLink(viewer.profile, linkTo(simulator.patient('child-protection')));
      await expect(viewer.page.getByText('Finding the patient from your record system…')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, wrong check digit',
    reach: async (viewer) => {
      await viewer.signIn();
      await typeNumber(viewer, '9990000019');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, nobody found',
    reach: async (viewer) => {
      await viewer.signIn();
      await typeNumber(viewer, '9990000263');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, being found',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'hold' });
      await typeNumber(viewer, '9990000018');
      await expect(viewer.page.getByText('Finding the patient…')).toBeVisible();
    },
  },
  {
    name: 'Search, nothing filled in',
    reach: async (viewer) => {
      await viewer.signIn();
      await openSearch(viewer);
      await viewer.page.getByRole('button', { name: 'Search', exact: true }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Search, two patients found',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await searchTwins(viewer, simulator);
      await expect(viewer.page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'Confirm patient',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('child-protection');
    },
  },
  {
    name: 'Confirm patient, with notes and a long name',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('baby');
    },
  },
  {
    name: 'Confirm patient, restricted',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('restricted');
    },
  },
  {
    name: 'Confirm patient, little known',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('minimal');
    },
  },
  {
    name: 'Confirm patient, who has died',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('deceased');
    },
  },
  {
    name: 'Confirm patient, nothing chosen',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('child-protection');
      await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Confirm patient, one care setting refused to the role',
    reach: async (viewer) => {
      await viewer.signIn('scheduled-only');
      await viewer.find('child-protection');
    },
  },
  {
    name: 'Confirm patient, a role that may not be allowed',
    reach: async (viewer) => {
      await viewer.signIn('uncertain-denied');
      await viewer.find('child-protection');
    },
  },
  {
    name: 'Confirm patient, care setting fixed by the site',
    launch: { environment: { careSetting: 'unscheduled' } },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('child-protection');
    },
  },
  {
    name: 'Confirm patient, CP-IS being checked',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'hold' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('Checking CP-IS…')).toBeVisible();
    },
  },
  { name: 'Result, one plan', reach: (viewer) => showResult(viewer, 'child-protection') },
  { name: 'Result, several plans', reach: (viewer) => showResult(viewer, 'several-plans') },
  { name: 'Result, an unborn child', reach: (viewer) => showResult(viewer, 'unborn') },
  { name: 'Result, odd telephone numbers', reach: (viewer) => showResult(viewer, 'odd-phones') },
  { name: 'Result, a long name', reach: (viewer) => showResult(viewer, 'baby') },
  { name: 'Result, restricted', reach: (viewer) => showResult(viewer, 'restricted') },
  { name: 'Result, 25 accesses', reach: (viewer) => showResult(viewer, 'long-history') },
  {
    name: 'Result, the history being read',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.audit-event', { kind: 'hold' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('Reading who has viewed')).toBeVisible();
    },
  },
  {
    name: 'Result, the history not readable',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.audit-event', { kind: 'html' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('The history could not be read.')).toBeVisible();
    },
  },
  {
    name: 'Result, no record',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.ask('no-record', 'unscheduled');
      await expectScreen(viewer.page, 'noRecord');
    },
  },
  {
    name: 'Result, denied',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.ask('cpis-denied', 'unscheduled');
      await expectScreen(viewer.page, 'denied');
    },
  },
  {
    name: 'Result, could not check',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await viewer.ask('child-protection', 'unscheduled');
      await expectScreen(viewer.page, 'couldNotCheck');
    },
  },
  {
    name: 'Ask again?',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await viewer.ask('child-protection', 'unscheduled');
      await viewer.page.getByRole('button', { name: 'Try again' }).click();
      await expect(viewer.page.getByRole('button', { name: 'Ask again' })).toBeEnabled();
    },
  },
  {
    name: 'Result, covered',
    launch: coverSoon,
    reach: async (viewer) => {
      await viewer.signIn();
      await growOld(viewer);
    },
  },
  {
    name: 'Result, an old one shown again',
    launch: coverSoon,
    reach: async (viewer) => {
      await viewer.signIn();
      await growOld(viewer);
      await viewer.page.getByRole('button', { name: 'Show', exact: true }).click();
      await expectScreen(viewer.page, 'found');
    },
  },
  {
    name: 'Locked',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
      await expectScreen(viewer.page, 'locked');
    },
  },
  {
    name: 'Locked, an unscheduled check left without its answer',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'hold' }, { times: 1 });
      await viewer.ask('child-protection', 'unscheduled');
      await expect.poll(simulator.held).toBe(1);
      await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
      await expectScreen(viewer.page, 'locked');
      await expect(viewer.page.getByRole('alert')).toContainText('may have been notified');
      await simulator.clearFaults();
    },
  },
  {
    name: 'Locked, being unlocked',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
      await expectScreen(viewer.page, 'locked');
      await viewer.openSignIn();
      await expect(viewer.page.getByText('in the window that has opened')).toBeVisible();
    },
  },
  {
    name: 'Hidden',
    reach: async (viewer) => {
      await showResult(viewer, 'child-protection');
      await viewer.page.keyboard.press('F9');
      await expect(viewer.page.getByRole('dialog', { name: 'Hidden' })).toBeVisible();
    },
  },
  {
    name: 'Diagnostics',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'html' });
      await typeNumber(viewer, '9990000018');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
      await viewer.page.getByRole('button', { name: 'Diagnostics' }).click();
      await expect(viewer.page.getByRole('dialog').getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'Shortcuts',
    reach: async ({ page }) => {
      await expectScreen(page, 'signIn');
      await page.keyboard.press('F1');
      await expect(page.getByRole('dialog', { name: 'Shortcuts' })).toBeVisible();
    },
  },
];
