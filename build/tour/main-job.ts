/** The main job as a user does it, screen by screen. */
import type { Album } from './album.ts';
import type { Hand } from './hand.ts';
import type { Simulation } from './synthetic-people.ts';

export async function playMainJob(hand: Hand, simulation: Simulation, album: Album): Promise<void> {
  const { page } = hand;
  await page.getByRole('button', { name: 'Sign in with Care Identity' }).waitFor();
  await album.keep(page, 'sign-in', 'Sign in: the viewer starts with nobody and nothing.');

  const signIn = await hand.openSignIn('Sign in with Care Identity', simulation.userName('nurse'));
  await album.keep(
    signIn.page,
    'sign-in-window',
    "The identity provider's own page, in a window of its own.",
  );
  await signIn.choose();

  await hand.see('Find a patient');
  await album.keep(page, 'find-a-patient', 'Signed in: find a patient by NHS number.');
  await hand.find(simulation.nhsNumber('child-protection'));
  await album.keep(page, 'confirm-patient', 'Confirm the patient, and say what kind of care this is.');
  await hand.chooseCare('Unscheduled');
  await album.keep(page, 'care-setting', 'Unscheduled care: the local authority will be told.');
  await hand.press('Check CP-IS');
  await hand.see('CP-IS record found');
  await page.getByRole('table', { name: 'Previously viewed by' }).waitFor();
  await album.keep(
    page,
    'record-found',
    'A record was found: the plan, whom to call, and who has looked before.',
  );

  await hand.press('Find another patient');
  await hand.check(simulation.nhsNumber('no-record'));
  await hand.see('No CP-IS record found');
  await album.keep(page, 'no-record', 'No record was found, which is not the same as no concern.');

  await hand.press('Find another patient');
  await simulation.takeDown('cpis.care-team');
  await hand.check(simulation.nhsNumber('looked-after'));
  await hand.see('Could not check CP-IS');
  await album.keep(page, 'could-not-check', 'CP-IS could not be asked: what happened, and what to do now.');
  await simulation.repair();

  await hand.press('Hide');
  await page.getByRole('heading', { name: 'Could not check CP-IS' }).waitFor({ state: 'hidden' });
  await album.keep(page, 'hidden', 'Hidden at once, from whoever looks over the shoulder.');
  await page.keyboard.press('F9');
  await hand.see('Could not check CP-IS');

  await hand.press('Lock');
  await page.getByRole('button', { name: 'Unlock' }).waitFor();
  await album.keep(page, 'locked', 'Locked: nothing clinical is left, on the screen or behind it.');
}
