import { answering, restrictedPatient } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { answerQuestions } from '../main-process.ts';

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
async function expectNowhere({ app, page }: Viewer, nhsNumber: string, texts: readonly string[]) {
  await answerQuestions(app, ['Find']);
  const html = await page.content();
  const given = JSON.stringify(
    await page.evaluate((number) => window.viewer.request('patient.trace', { nhsNumber: number }), nhsNumber),
  );
  expect(given).toContain('traced');
  for (const secret of texts) {
    expect(html).not.toContain(secret);
    expect(given).not.toContain(secret);
  }
}

test('H13: of a restricted patient the page gets no address, phone, practice or relative', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { nhsNumber } = simulator.patient('restricted');
  // Against its own rules PDS sends it all.
  await simulator.fault('pds.read', answering(restrictedPatient(nhsNumber, whereabouts)));
  await viewer.find('restricted');
  await expect(viewer.page.getByRole('list', { name: 'Notes about this patient' })).toContainText(
    'This record is restricted.',
  );
  await expectNowhere(viewer, nhsNumber, Object.values(secrets));
});

test('H13: the caution stays in view with the answer', async ({ signedIn: viewer }) => {
  await viewer.find('restricted');
  await viewer.check('scheduled', 'found');
  await expect(viewer.page.getByText('This record is restricted.')).toBeVisible();
});

test('H13: of any patient, only what identifies reaches the page', async ({ viewer, simulator }) => {
  const { nhsNumber } = simulator.patient('child-protection');
  await viewer.signIn();
  await viewer.find('child-protection');
  const whereabouts = ['Invented Street', 'Mocktown', 'ZZ99', 'Z9G99', '01632960900'];
  await expectNowhere(viewer, nhsNumber, whereabouts);
});
