/** H13: where a restricted child lives or is placed is not to be guessed from the screen. */
import { answering, restrictedPatient } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { answerQuestions } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

const secrets = {
  address: 'Secret Placement House',
  postcode: 'ZZ99 3CZ',
  phone: '01632960999',
  practice: 'Z9G77',
  relative: 'HIDDENRELATIVE',
};

const whereabouts = {
  address: [{ use: 'home', line: [secrets.address, 'Mocktown'], postalCode: secrets.postcode }],
  telecom: [{ system: 'phone', value: secrets.phone, use: 'home' }],
  generalPractitioner: [{ type: 'Organization', identifier: { value: secrets.practice } }],
  contact: [{ name: { family: secrets.relative } }],
};

/** Neither painted nor anywhere in the page, nor in what the page was given. */
async function expectNoWhereabouts({ app, page }: Viewer, nhsNumber: string): Promise<void> {
  await answerQuestions(app, ['Find']);
  const html = await page.content();
  const given = await page.evaluate(async (number) => {
    const viewer = Reflect.get(window, 'viewer') as {
      request(name: string, request: unknown): Promise<unknown>;
    };
    return JSON.stringify(await viewer.request('patient.trace', { nhsNumber: number }));
  }, nhsNumber);
  expect(given).toContain('traced');
  for (const secret of Object.values(secrets)) {
    expect(html).not.toContain(secret);
    expect(given).not.toContain(secret);
  }
}

test('H13: of a restricted patient the page gets no address, phone, practice or relative', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { nhsNumber } = simulator.patient('restricted');
  // Against its own rules PDS sends it all.
  await simulator.fault('pds.read', answering(restrictedPatient(nhsNumber, whereabouts)));
  await viewer.find('restricted');
  await expect(page.getByRole('list', { name: 'Notes about this patient' })).toContainText(
    'This record is restricted.',
  );
  await expectNoWhereabouts(viewer, nhsNumber);
});

test('H13: the caution stays in view with the answer', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.find('restricted');
  await viewer.chooseCare('scheduled');
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'found');
  await expect(page.getByText('This record is restricted.')).toBeVisible();
});

test('H13: of any patient, only what identifies reaches the page', async ({ viewer, simulator }) => {
  const { nhsNumber } = simulator.patient('child-protection');
  await viewer.signIn();
  await viewer.find('child-protection');
  const { app, page } = viewer;
  await answerQuestions(app, ['Find']);
  const html = await page.content();
  const given = await page.evaluate(async (number) => {
    const bridge = Reflect.get(window, 'viewer') as {
      request(name: string, request: unknown): Promise<unknown>;
    };
    return JSON.stringify(await bridge.request('patient.trace', { nhsNumber: number }));
  }, nhsNumber);
  for (const secret of ['Invented Street', 'Mocktown', 'ZZ99', 'Z9G99', '01632960900']) {
    expect(html).not.toContain(secret);
    expect(given).not.toContain(secret);
  }
});
