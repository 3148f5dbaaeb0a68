import { expect, type Viewer } from '../fixtures.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { expectScreen } from '../screens.ts';
import type { ScreenState } from './states.ts';

async function chooseRole(viewer: Viewer): Promise<void> {
  await viewer.logIn('absent-role-several');
  await expectScreen(viewer.page, 'chooseRole');
}

const pickRoleHere = { environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } };

export const signInStates: readonly ScreenState[] = [
  {
    name: 'Sign in',
    picture: {
      file: 'sign-in',
      sentence: 'Sign in: the viewer starts with no user and no patient.',
      mainJob: true,
    },
    reach: ({ page }) => expectScreen(page, 'signIn'),
  },
  {
    name: 'Sign in, with a patient of the record system waiting',
    picture: {
      file: 'launch-waits',
      sentence: 'The record system has sent a patient, who opens after the sign-in.',
    },
    launch: {},
    reach: async ({ page, profile }, simulator) => {
      await openLink(profile, linkTo(simulator.patient('child-protection')));
      await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
    },
  },
  {
    name: 'Sign in, the sign-in window being open',
    reach: async ({ openSignIn, page }) => {
      await openSignIn();
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeVisible();
    },
  },
  {
    name: 'Sign in, after a refusal',
    reach: async ({ logIn, page }) => {
      await logIn('no-role');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Settings that are wrong',
    launch: { environment: { surprise: true } },
    reach: async ({ page }) => expect(page.getByRole('alert')).toBeVisible(),
  },
  {
    name: 'Choose a role',
    picture: { file: 'choose-a-role', sentence: 'Choose a role, where Care Identity has chosen none.' },
    launch: pickRoleHere,
    reach: chooseRole,
  },
  {
    name: 'Choose a role, none chosen',
    launch: pickRoleHere,
    reach: async (viewer) => {
      await chooseRole(viewer);
      await viewer.page.getByRole('button', { name: 'Continue' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
];
