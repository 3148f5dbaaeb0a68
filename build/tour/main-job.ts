/** The main job as a user does it, screen by screen, by the names that the screens show. */
import type { ElectronApplication, Page } from 'playwright';
import type { Album } from './album.ts';
import type { Simulation } from './synthetic-people.ts';

const patience = { timeout: 20_000 };

export async function playMainJob(
  app: ElectronApplication,
  simulation: Simulation,
  album: Album,
): Promise<void> {
  const page = await app.firstWindow();
  page.setDefaultTimeout(patience.timeout);
  const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  await page.getByRole('button', { name: 'Sign in with Care Identity' }).waitFor();
  await album.keep(page, 'sign-in', 'Sign in: the viewer starts with nobody and nothing.');

  const signIn = await openedBy(app, () => press('Sign in with Care Identity'));
  const user = signIn.getByRole('button', { name: simulation.userName('nurse') });
  await user.waitFor(patience);
  await album.keep(signIn, 'sign-in-window', "The identity provider's own page, in a window of its own.");
  await user.click();

  await heading('Find a patient');
  await album.keep(page, 'find-a-patient', 'Signed in: find a patient by NHS number.');
  await find(page, simulation.nhsNumber('child-protection'));
  await heading('Confirm patient');
  await album.keep(page, 'confirm-patient', 'Confirm the patient, and say what kind of care this is.');
  await page.getByRole('radio', { name: /^Unscheduled care/ }).check();
  await album.keep(page, 'care-setting', 'Unscheduled care: the local authority will be told.');
  await press('Check CP-IS');
  await heading('CP-IS record found');
  await album.keep(
    page,
    'record-found',
    'A record was found: the plan, whom to call, and who has looked before.',
  );

  await press('Find another patient');
  await check(page, simulation.nhsNumber('no-record'));
  await heading('No CP-IS record found');
  await album.keep(page, 'no-record', 'No record was found, which is not the same as no concern.');

  await press('Find another patient');
  await simulation.takeDown('cpis.care-team');
  await check(page, simulation.nhsNumber('looked-after'));
  await heading('Could not check CP-IS');
  await album.keep(page, 'could-not-check', 'CP-IS could not be asked: what happened, and what to do now.');

  await press('Hide');
  await page
    .getByRole('heading', { name: 'Could not check CP-IS' })
    .waitFor({ ...patience, state: 'hidden' });
  await album.keep(page, 'hidden', 'Hidden at once, from whoever looks over the shoulder.');
  await page.keyboard.press('F9');
  await heading('Could not check CP-IS');

  await press('Lock');
  await page.getByRole('button', { name: 'Unlock' }).waitFor();
  await album.keep(page, 'locked', 'Locked: nothing clinical is left, on the screen or behind it.');
}

async function openedBy(app: ElectronApplication, act: () => Promise<void>): Promise<Page> {
  const opened = app.waitForEvent('window', patience);
  await act();
  return opened;
}

async function find(page: Page, nhsNumber: string): Promise<void> {
  await page.getByLabel('NHS number').fill(nhsNumber);
  await page.getByRole('button', { name: 'Find patient', exact: true }).click();
}

async function check(page: Page, nhsNumber: string): Promise<void> {
  await find(page, nhsNumber);
  await page.getByRole('radio', { name: /^Scheduled care/ }).check();
  await page.getByRole('button', { name: 'Check CP-IS', exact: true }).click();
}
