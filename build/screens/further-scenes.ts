/** The screens that the main job does not pass: each by the way a user comes to it. */
import type { Album } from '../tour/album.ts';
import type { Hand } from '../tour/hand.ts';
import type { Simulation } from '../tour/synthetic-people.ts';

/** Begins where the main job ends: at "Locked". */
export async function playFurtherScenes(hand: Hand, simulation: Simulation, album: Album): Promise<void> {
  const { page } = hand;
  const { choose } = await hand.openSignIn('Unlock', simulation.userName('nurse'));
  await choose();
  await hand.see('Find a patient');

  await page.getByLabel('NHS number').fill('999 000 0019');
  await hand.press('Find patient');
  await album.keep(page, 'wrong-number', 'A number with a wrong digit is refused at once.');

  await page.getByLabel('NHS number').fill('');
  await hand.press('Search by name and date of birth');
  await searchForTwins(hand, simulation);
  await album.keep(page, 'search', 'The other way to a patient: by name and date of birth.');

  await page.getByLabel('NHS number').fill(simulation.nhsNumber('restricted'));
  await hand.press('Find patient');
  await hand.see('Confirm patient');
  await album.keep(
    page,
    'restricted',
    'A restricted record carries a caution, before and beside the answer.',
  );
  await hand.press('Not this patient');

  await showRecord(hand, simulation.nhsNumber('several-plans'));
  await album.keep(page, 'several-plans', 'Several plans: the current ones first, the ended one marked.');
  await hand.press('Find another patient');

  await showRecord(hand, simulation.nhsNumber('unborn'));
  await album.keep(page, 'unborn', "A plan for an unborn child is held on its mother's NHS number.");
  await hand.press('Find another patient');

  await hand.check(simulation.nhsNumber('cpis-denied'));
  await hand.see('Access denied');
  await album.keep(page, 'access-denied', 'Access denied: the service refused, and nothing is known.');
  await hand.press('Find another patient');

  await hand.find(simulation.nhsNumber('child-protection'));
  await hand.chooseCare('Unscheduled');
  await hand.press('Check CP-IS');
  await hand.see('Ask again?');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: 'Ask again', exact: true })
    .click({ trial: true });
  await album.keep(page, 'ask-again', 'A second question in unscheduled care needs a second yes.');
  await hand.press('Do not ask');
  await hand.press('Not this patient');

  await hand.press('Shortcuts');
  await hand.see('Shortcuts');
  await album.keep(page, 'shortcuts', 'Every key, on F1.');
  await hand.press('Close');
  await hand.press('Diagnostics');
  await hand.see('Diagnostics');
  await page.getByRole('dialog').getByText('Clock difference').waitFor();
  await album.keep(
    page,
    'diagnostics',
    'Diagnostics, for the IT service desk: nothing clinical, nothing secret.',
  );
  await hand.press('Close');

  await takePaper(hand, simulation.nhsNumber('child-protection'), album);

  await page.clock.install();
  await showRecord(hand, simulation.nhsNumber('looked-after'));
  await page.clock.runFor('20:00');
  await hand.see('This answer is covered');
  await album.keep(page, 'covered', 'After a quarter of an hour the answer is covered: it may have changed.');
}

/** A record system has sent a link; Care Identity has chosen no role and the site lets the user choose; the care setting is fixed. */
export async function playSiteScenes(hand: Hand, simulation: Simulation, album: Album): Promise<void> {
  const { page } = hand;
  await page.getByText('Your record system has asked for a patient.').waitFor();
  await album.keep(
    page,
    'launch-waits',
    'The record system has asked for a patient, who opens after the sign-in.',
  );
  const { choose } = await hand.openSignIn(
    'Sign in with Care Identity',
    simulation.userName('absent-role-several'),
  );
  await choose();
  await hand.see('Choose a role');
  await page.getByRole('radio').first().check();
  await album.keep(page, 'choose-a-role', 'Choose a role, where Care Identity has chosen none.');
  await hand.press('Continue');
  await hand.see('Confirm patient');
  await album.keep(
    page,
    'fixed-care-setting',
    'A care setting that the site has fixed is shown, with its reason.',
  );
}

/** What the printer is given, on the width of an A4 page. */
async function takePaper(hand: Hand, nhsNumber: string, album: Album): Promise<void> {
  const { page } = hand;
  await showRecord(hand, nhsNumber);
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: 794, height: 600 });
  // For the margins of the paper, which a screen has not.
  await page.evaluate(`document.body.style.padding = '45px'`);
  await album.keep(page, 'printed', 'On paper: the patient, the answer, and who printed it and when.');
  await page.setViewportSize({ width: 1280, height: 720 });
  await page.emulateMedia({ media: null });
  await page.evaluate(`document.body.style.padding = ''`);
  await hand.press('Find another patient');
}

async function searchForTwins({ page, press }: Hand, simulation: Simulation): Promise<void> {
  const { family, birthDate } = simulation.person('twin-one');
  const [year = '', month = '', day = ''] = birthDate.split('-');
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Day').fill(day);
  await page.getByLabel('Month').fill(month);
  await page.getByLabel('Year').fill(year);
  await press('Search');
  await page.getByRole('heading', { name: /patients match$/ }).waitFor();
}

async function showRecord(hand: Hand, nhsNumber: string): Promise<void> {
  await hand.check(nhsNumber);
  await hand.see('CP-IS record found');
  await hand.page.getByRole('table', { name: 'Previously viewed by' }).waitFor();
}
