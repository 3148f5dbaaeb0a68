/** The states of "Confirm patient", and the way there. */
import type { Simulator } from '../../simulator/client.ts';
import { answering, unreadablePatient } from '../fhir-answers.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { expectScreen } from '../screens.ts';
import { scan, wristbandOf } from '../wristband.ts';
import { searchSimilar } from './find-patient-states.ts';
import type { ScreenState } from './states.ts';

async function showPatient(viewer: Viewer, patient: string, user = 'nurse'): Promise<void> {
  await viewer.signIn(user);
  await viewer.find(patient);
}

/** Presses "Check CP-IS" where something is missing. */
async function pressTooEarly({ page }: Viewer): Promise<void> {
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
}

/** From "Sign in" to "Confirm patient" of the patient "sounds-alike". */
export async function confirmSimilar(viewer: Viewer, simulator: Simulator): Promise<void> {
  await searchSimilar(viewer, simulator);
  await viewer.page.getByRole('button', { name: /^Choose/ }).click();
  await expectScreen(viewer.page, 'confirm');
}

export const confirmStates: readonly ScreenState[] = [
  {
    name: 'Confirm patient',
    picture: {
      file: 'confirm-patient',
      sentence: 'Confirm the patient, and say what kind of care this is.',
      mainJob: true,
    },
    reach: (viewer) => showPatient(viewer, 'child-protection'),
  },
  {
    name: 'Confirm patient, unscheduled care chosen',
    picture: {
      file: 'care-setting',
      sentence: 'Unscheduled care: the local authority will be notified.',
      mainJob: true,
    },
    reach: async (viewer) => {
      await showPatient(viewer, 'child-protection');
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
      await pressTooEarly(viewer);
    },
  },
  { name: 'Confirm patient, with notes and a long name', reach: (viewer) => showPatient(viewer, 'baby') },
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
    reach: (viewer) => showPatient(viewer, 'left-england'),
  },
  {
    name: 'Confirm patient, whose death is reported',
    reach: (viewer) => showPatient(viewer, 'death-reported'),
  },
  {
    name: 'Confirm patient, restricted',
    picture: {
      file: 'restricted',
      sentence: 'A restricted record carries a caution, before and beside the answer.',
    },
    reach: (viewer) => showPatient(viewer, 'restricted'),
  },
  { name: 'Confirm patient, little known', reach: (viewer) => showPatient(viewer, 'minimal') },
  {
    name: 'Confirm patient, details that cannot be read',
    reach: async (viewer, simulator) => {
      const patient = simulator.patient('child-protection');
      await viewer.signIn();
      await simulator.fault('pds.read', answering(unreadablePatient(patient)));
      await viewer.enterNumber(patient.nhsNumber);
      await expectScreen(viewer.page, 'confirm');
    },
  },
  { name: 'Confirm patient, who has died', reach: (viewer) => showPatient(viewer, 'deceased') },
  {
    name: 'Confirm patient, nothing chosen',
    reach: async (viewer) => {
      await showPatient(viewer, 'child-protection');
      await pressTooEarly(viewer);
    },
  },
  {
    name: 'Confirm patient, one care setting refused to the role',
    reach: (viewer) => showPatient(viewer, 'child-protection', 'scheduled-only'),
  },
  {
    name: 'Confirm patient, a role that may not be allowed',
    reach: (viewer) => showPatient(viewer, 'child-protection', 'uncertain-denied'),
  },
  {
    name: 'Confirm patient, care setting fixed by the site',
    picture: {
      file: 'fixed-care-setting',
      sentence: 'A care setting that the site has fixed is shown, with its reason.',
    },
    launch: { environment: { careSetting: 'unscheduled' } },
    reach: async (viewer) => {
      await showPatient(viewer, 'child-protection');
      const check = viewer.page.getByRole('button', { name: 'Check CP-IS', disabled: false });
      await expect(check).toBeVisible();
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
];
