/** Every state of every screen, and the way there; some of them have a picture in docs/screens. */

import type { Simulator } from '../../simulator/client.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { answering, searchset } from '../fhir-answers.ts';
import { expect, type LaunchOptions, type Viewer } from '../fixtures.ts';
import { holdIdleTime } from '../idle-time.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { searchByName } from '../search-by-name.ts';
import { scan, wristbandOf } from '../wristband.ts';
import { clinicListStates } from './clinic-list-states.ts';

export interface Picture {
  /** Without its extension. */
  readonly file: string;
  /** What the picture shows. */
  readonly sentence: string;
  /** One of the few that `npm start` takes where there is no display. */
  readonly mainJob?: true;
}

export interface ScreenState {
  readonly name: string;
  readonly picture?: Picture;
  /** There where the state needs a viewer of its own; without it the viewer of other states will do. */
  readonly launch?: LaunchOptions;
  /** It shows a document, whose text is reviewed there: of its accessibility tree the outline is kept. */
  readonly document?: true;
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
  const { family, birthDate } = simulator.patient('twin-one');
  await searchByName(viewer, { family, birthDate });
}

/** Searches for a name that sounds like that of the patient "sounds-alike", and twice in a wider way. */
async function searchSimilar(viewer: Viewer, simulator: Simulator): Promise<void> {
  const { page } = viewer;
  const { birthDate } = simulator.patient('sounds-alike');
  await viewer.signIn();
  await searchByName(viewer, { family: 'Mocksmith', given: 'Zena', birthDate });
  await page.getByRole('button', { name: 'Search previous names' }).click();
  await page.getByRole('button', { name: 'Search similar names' }).click();
  await expect(page.getByRole('table')).toBeVisible();
}

export async function confirmSimilar(viewer: Viewer, simulator: Simulator): Promise<void> {
  await searchSimilar(viewer, simulator);
  await viewer.page.getByRole('button', { name: /^Choose/ }).click();
  await expectScreen(viewer.page, 'confirm');
}

async function showResult(viewer: Viewer, patient: string): Promise<void> {
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled');
  await expectScreen(viewer.page, 'found');
  await expect(viewer.page.getByText('Reading who has checked')).toHaveCount(0);
}

async function expireResult(viewer: Viewer): Promise<void> {
  await viewer.page.clock.install();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(viewer.page.getByRole('table')).toBeVisible();
  await viewer.page.clock.fastForward(61_000);
  await expectScreen(viewer.page, 'outOfDate');
}

async function chooseRole({ openSignIn, page }: Viewer, simulator: Simulator): Promise<void> {
  const window = await openSignIn();
  await window.getByRole('button', { name: simulator.userName('absent-role-several') }).click();
  await expectScreen(page, 'chooseRole');
}

const hideSoon = { environment: { session: { coverResultMinutes: 1 } } };
const pickRoleHere = { environment: { cis2: { rolePicker: true }, cpis: { sendRole: true } } };

export const states: readonly ScreenState[] = [
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
  {
    name: 'Choose a role',
    picture: { file: 'choose-a-role', sentence: 'Choose a role, where Care Identity has chosen none.' },
    launch: pickRoleHere,
    reach: chooseRole,
  },
  {
    name: 'Choose a role, none chosen',
    launch: pickRoleHere,
    reach: async (viewer, simulator) => {
      await chooseRole(viewer, simulator);
      await viewer.page.getByRole('button', { name: 'Continue' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient',
    picture: {
      file: 'find-a-patient',
      sentence: 'Signed in: find a patient by NHS number.',
      mainJob: true,
    },
    reach: (viewer) => viewer.signIn(),
  },
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
    launch: {},
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('pds.read', { kind: 'hold' });
      await openLink(viewer.profile, linkTo(simulator.patient('child-protection')));
      await expect(viewer.page.getByText('Finding the patient from your record system…')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, wrong check digit',
    picture: { file: 'wrong-number', sentence: 'A number with a wrong digit is refused at once.' },
    reach: async (viewer) => {
      await viewer.signIn();
      await typeNumber(viewer, '9990000019');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, not found',
    reach: async (viewer) => {
      await viewer.signIn();
      await typeNumber(viewer, '9990000263');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, two numbers pasted',
    picture: {
      file: 'two-numbers',
      sentence: 'A text with two NHS numbers was pasted: none is taken before the user says which.',
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.page.getByLabel('NHS number').evaluate((field) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', 'Mother 999 000 0034, child 999 000 0018');
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
      });
      await expect(viewer.page.getByText('The text you pasted has 2 NHS numbers').last()).toBeVisible();
    },
  },
  {
    name: 'Find a patient, a wristband with another date of birth',
    picture: {
      file: 'another-date-of-birth',
      sentence: "A wristband whose date of birth is not the national record's opens no patient.",
    },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await scan(viewer.page, wristbandOf(simulator.patient('child-protection'), { born: '01-Jan-2001' }));
      await expect(viewer.page.getByText('The date of birth on the wristband is not')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, a barcode that is no wristband',
    picture: {
      file: 'no-wristband',
      sentence: 'The barcode of a medicine was scanned: it is said, and nothing is looked up.',
    },
    reach: async ({ page, signIn }) => {
      await signIn();
      await scan(page, '0105012345678900');
      await expect(page.getByText('This barcode is not an NHS wristband')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, two wristbands in one scan',
    reach: async ({ page, signIn }, simulator) => {
      await signIn();
      const bands = ['child-protection', 'no-record'].map((each) => wristbandOf(simulator.patient(each)));
      await scan(page, bands.join(''));
      await expect(page.getByText("The wristband's barcode was not read correctly.")).toBeVisible();
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
    picture: { file: 'search', sentence: 'The other way to a patient: by name and date of birth.' },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await searchTwins(viewer, simulator);
      await expect(viewer.page.getByRole('table')).toBeVisible();
    },
  },
  {
    name: 'Search, a range of dates that is wrong',
    reach: async (viewer) => {
      await viewer.signIn();
      await searchByName(viewer, { family: 'A', birthDate: '2015-02-01', latest: '2015-01-31' });
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Search, nobody found',
    picture: {
      file: 'nobody-found',
      sentence: 'Nobody has these details: the next search is offered, and says what it looks for.',
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await searchByName(viewer, { family: 'Nobodyatall', birthDate: '2015-01-31' });
      await expect(viewer.page.getByRole('heading', { name: 'No patient found' })).toBeVisible();
    },
  },
  {
    name: 'Search, a patient with similar names found',
    reach: searchSimilar,
  },
  {
    name: 'Search, with a match that cannot be shown',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      const { nhsNumber, family, given, birthDate } = simulator.patient('looked-after');
      const patient = { resourceType: 'Patient', id: nhsNumber, name: [{ family, given }], birthDate };
      await simulator.fault(
        'pds.search',
        answering(searchset(2, [{ resource: patient }, { resource: { ...patient, id: '9990000017' } }])),
      );
      await searchByName(viewer, { family, birthDate });
      await expect(viewer.page.getByText('1 more cannot be shown')).toBeVisible();
    },
  },
  {
    name: 'Confirm patient',
    picture: {
      file: 'confirm-patient',
      sentence: 'Confirm the patient, and say what kind of care this is.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('child-protection');
    },
  },
  {
    name: 'Confirm patient, unscheduled care chosen',
    picture: {
      file: 'care-setting',
      sentence: 'Unscheduled care: the local authority will be notified.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('child-protection');
      await viewer.chooseCare('unscheduled');
    },
  },
  {
    name: 'Confirm patient, found by similar details',
    picture: {
      file: 'differences',
      sentence: 'A patient found by similar details: what differs from the search, before CP-IS is checked.',
    },
    reach: confirmSimilar,
  },
  {
    name: 'Confirm patient, differences not checked',
    reach: async (viewer, simulator) => {
      await confirmSimilar(viewer, simulator);
      await viewer.page.getByRole('button', { name: 'Check CP-IS' }).click();
      await expect(viewer.page.getByRole('alert')).toBeVisible();
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
    name: 'Confirm patient, from the record system',
    picture: {
      file: 'opened-by-record-system',
      sentence:
        'A mother whom the record system has opened: where she came from, and whose plan would be shown.',
    },
    launch: {},
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await openLink(viewer.profile, linkTo(simulator.patient('unborn')));
      await expectScreen(viewer.page, 'confirm');
    },
  },
  {
    name: 'Confirm patient, a newborn from the wristband',
    picture: {
      file: 'newborn',
      sentence:
        "A newborn's wristband: which baby of which mother, and whose number holds a plan made before birth.",
    },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      const baby = simulator.patient('baby-no-record');
      await scan(viewer.page, wristbandOf(baby, { baby: '1/2 TESTMOTHER Mary' }));
      await expectScreen(viewer.page, 'confirm');
    },
  },
  {
    name: 'Confirm patient, a band without a date of birth',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await scan(viewer.page, wristbandOf(simulator.patient('no-record'), { born: 'n/a' }));
      await expectScreen(viewer.page, 'confirm');
    },
  },
  {
    name: 'Confirm patient, no longer registered in England',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('left-england');
    },
  },
  {
    name: 'Confirm patient, whose death is reported',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.find('death-reported');
    },
  },
  {
    name: 'Confirm patient, restricted',
    picture: {
      file: 'restricted',
      sentence: 'A restricted record carries a caution, before and beside the answer.',
    },
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
    picture: {
      file: 'fixed-care-setting',
      sentence: 'A care setting that the site has fixed is shown, with its reason.',
    },
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
  {
    name: 'Result, one plan',
    picture: {
      file: 'record-found',
      sentence: 'A record was found: what it is, whom to phone, and who has checked before.',
      mainJob: true,
    },
    reach: (viewer) => showResult(viewer, 'child-protection'),
  },
  {
    name: 'Result, several plans',
    picture: {
      file: 'several-plans',
      sentence: 'Several records: the current ones first, the ended one marked.',
    },
    reach: (viewer) => showResult(viewer, 'several-plans'),
  },
  {
    name: 'Result, an unborn child',
    picture: { file: 'unborn', sentence: "A plan for an unborn child is held on its mother's NHS number." },
    reach: (viewer) => showResult(viewer, 'unborn'),
  },
  { name: 'Result, odd phone numbers', reach: (viewer) => showResult(viewer, 'odd-phones') },
  { name: 'Result, a long name', reach: (viewer) => showResult(viewer, 'baby') },
  { name: 'Result, restricted', reach: (viewer) => showResult(viewer, 'restricted') },
  { name: 'Result, 25 accesses', reach: (viewer) => showResult(viewer, 'long-history') },
  {
    name: 'Result, the history being read',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.audit-event', { kind: 'hold' });
      await viewer.ask('child-protection', 'scheduled');
      await expect(viewer.page.getByText('Reading who has checked')).toBeVisible();
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
    picture: {
      file: 'no-record',
      sentence: 'No record was found, which is not the same as no concern.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.ask('no-record', 'unscheduled');
      await expectScreen(viewer.page, 'noRecord');
    },
  },
  {
    name: 'Result, no record of a young baby',
    picture: {
      file: 'no-record-baby',
      sentence: "No record of a young baby: the mother's number is to be checked as well.",
    },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.ask('baby-no-record', 'unscheduled');
      await expectScreen(viewer.page, 'noRecord');
    },
  },
  {
    name: 'Result, denied',
    picture: { file: 'access-denied', sentence: 'Access denied: the service refused, and nothing is known.' },
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.ask('cpis-denied', 'unscheduled');
      await expectScreen(viewer.page, 'denied');
    },
  },
  {
    name: 'Result, could not check',
    picture: {
      file: 'could-not-check',
      sentence: 'CP-IS could not be checked: what happened, and what to do now.',
      mainJob: true,
    },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await viewer.ask('child-protection', 'unscheduled');
      await expectScreen(viewer.page, 'couldNotCheck');
    },
  },
  {
    name: 'Check again?',
    picture: { file: 'check-again', sentence: 'A second check in unscheduled care needs a second yes.' },
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      await simulator.fault('cpis.care-team', { kind: 'html' });
      await viewer.ask('child-protection', 'unscheduled');
      await viewer.page.getByRole('button', { name: 'Check again' }).click();
      const yes = checkAgainDialogue(viewer.page).getByRole('button', { name: 'Check again' });
      await expect(yes).toBeEnabled();
    },
  },
  {
    name: 'Result, out of date',
    picture: {
      file: 'out-of-date',
      sentence: 'After ten minutes the answer is hidden: it may have changed.',
    },
    launch: hideSoon,
    reach: async (viewer) => {
      await viewer.signIn();
      await expireResult(viewer);
    },
  },
  {
    name: 'Result, an old one shown again',
    launch: hideSoon,
    reach: async (viewer) => {
      await viewer.signIn();
      await expireResult(viewer);
      await viewer.page.getByRole('button', { name: 'Show this answer' }).click();
      await expectScreen(viewer.page, 'found');
    },
  },
  {
    name: 'Locked',
    picture: {
      file: 'locked',
      sentence: 'Locked: nothing clinical is left, on the screen or behind it.',
      mainJob: true,
    },
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
      await typeNumber(viewer, '9990000018');
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
  ...clinicListStates,
];
