/** The states of "Find a patient" and of the search, and the way there. */
import type { Simulator } from '../../simulator/client.ts';
import { answering, searchset } from '../fhir-answers.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { searchByName } from '../search-by-name.ts';
import { scan, wristbandOf } from '../wristband.ts';
import type { ScreenState } from './states.ts';

/** As another program's text. */
async function pasteText({ page }: Viewer, text: string): Promise<void> {
  await page.getByLabel('NHS number').evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Finds several patients. */
export async function searchTwins(viewer: Viewer, simulator: Simulator): Promise<void> {
  const { family, birthDate } = simulator.patient('twin-one');
  await searchByName(viewer, { family, birthDate });
}

/** Searches for a name that sounds like that of the patient "sounds-alike", and twice in a wider way. */
export async function searchSimilar(viewer: Viewer, simulator: Simulator): Promise<void> {
  const { page } = viewer;
  const { birthDate } = simulator.patient('sounds-alike');
  await viewer.signIn();
  await searchByName(viewer, { family: 'Mocksmith', given: 'Zena', birthDate });
  await page.getByRole('button', { name: 'Search previous names' }).click();
  await page.getByRole('button', { name: 'Search similar names' }).click();
  await expect(page.getByRole('table')).toBeVisible();
}

export const findPatientStates: readonly ScreenState[] = [
  {
    name: 'Find a patient',
    picture: { file: 'find-a-patient', sentence: 'Signed in: find a patient by NHS number.', mainJob: true },
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
      await viewer.enterNumber('9990000019');
      await expect(viewer.page.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'Find a patient, not found',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.enterNumber('9990000263');
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
      await pasteText(viewer, 'Mother 999 000 0034, child 999 000 0018');
      await expect(viewer.page.getByText('The text you pasted has 2 NHS numbers').last()).toBeVisible();
    },
  },
  {
    name: 'Find a patient, an invalid number pasted beside a valid one',
    reach: async (viewer) => {
      await viewer.signIn();
      await pasteText(viewer, 'Child 999 000 0019, mother 999 000 0034');
      await expect(
        viewer.page.getByText('The text you pasted also has a number of 10 digits').last(),
      ).toBeVisible();
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
      await viewer.enterNumber('9990000018');
      await expect(viewer.page.getByText('Finding the patient…')).toBeVisible();
    },
  },
  {
    name: 'Search, nothing filled in',
    reach: async (viewer) => {
      await viewer.signIn();
      await viewer.page.getByRole('button', { name: 'Search by name and date of birth' }).click();
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
  { name: 'Search, a patient with similar names found', reach: searchSimilar },
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
    name: 'Search, where nobody who was found can be shown',
    reach: async (viewer, simulator) => {
      await viewer.signIn();
      const { family, birthDate } = simulator.patient('looked-after');
      const resource = { resourceType: 'Patient', id: '9990000017', name: [{ family }], birthDate };
      await simulator.fault('pds.search', answering(searchset(1, [{ resource }])));
      await searchByName(viewer, { family, birthDate });
      await expect(viewer.page.getByRole('heading', { name: 'Found, but cannot be shown' })).toBeVisible();
    },
  },
];
