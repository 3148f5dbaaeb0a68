import { answering } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

function banner({ page }: Viewer) {
  return page.getByRole('region', { name: 'Patient', exact: true });
}

function notes({ page }: Viewer) {
  return page.getByRole('list', { name: 'Notes about this patient' });
}

test('a number is grouped as it is typed, and may be pasted with whatever separates it', async ({
  signedIn: viewer,
}) => {
  const field = viewer.page.getByLabel('NHS number');
  await field.pressSequentially('9990000018');
  await expect(field).toHaveValue('999 000 0018');
  await field.fill('999-000.0026');
  await expect(field).toHaveValue('999 000 0026');
});

test('a wrong check digit is told at once, and nothing is asked', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  // The number of the guide's own sample, which fails the check.
  await field.pressSequentially('9912003890');
  const words = 'This is not a valid NHS number: check each digit';
  await expect(page.getByText(words).first()).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByRole('alert')).toContainText(words);
  await expect(field).toHaveValue('991 200 3890');
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

test('what cannot be a number is not sent, and the field says why', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  for (const [typed, words] of [
    ['', 'Enter an NHS number'],
    ['999', 'The NHS number is too short: it has 10 digits'],
    ['99900000188', 'The NHS number is too long: it has 10 digits'],
    ['999000001A', 'The NHS number must be made of digits only'],
  ] as const) {
    await page.getByLabel('NHS number').fill(typed);
    await page.getByLabel('NHS number').press('Enter');
    await expect(page.getByRole('alert')).toContainText(words);
  }
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

test('the banner has name, birth, gender and NHS number, in that order and form', async ({
  signedIn: viewer,
}) => {
  await viewer.find('child-protection');
  const text = (await banner(viewer).innerText()).replaceAll(/\s+/g, ' ').trim();
  expect(text).toMatch(
    /^Name TESTCHILD, Amber.* \(Miss\) Born \d\d-\w{3}-\d{4} \(11y\).* Gender Female NHS No\. 999 000 0018$/,
  );
});

test('H3, H13: a superseded number leads to the one that replaces it, which alone is named', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.find('superseded');
  await expect(notes(viewer)).toContainText('999 000 0123');
  await expect(banner(viewer)).toContainText('999 000 0123');
  await viewer.check('scheduled', 'found');
  await expect(viewer.page.locator('body')).not.toContainText(/999 ?000 ?0115/);
  const asked = (await simulator.requests()).find(({ path }) => path.endsWith('/CareTeam'));
  expect(asked?.query['patient:identifier']).toContain(simulator.patient('replacement').nhsNumber);
});

test('a patient who has died is shown as such', async ({ signedIn: viewer }) => {
  await viewer.find('deceased');
  await expect(banner(viewer)).toContainText(/Died\s*\d\d-\w{3}-\d{4}/);
  await expect(notes(viewer)).toContainText('this patient has died. The death has been registered.');
});

test('a death that is reported and not registered is said, and so is a patient who has left England', async ({
  signedIn: viewer,
}) => {
  await viewer.find('death-reported');
  await expect(notes(viewer)).toContainText('The death has not been registered.');
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
  await viewer.find('left-england');
  await expect(notes(viewer)).toContainText('no longer registered in England');
});

test("H8: for a young baby and for an adult, Confirm says on whose number an unborn child's plan is", async ({
  signedIn: viewer,
}) => {
  await viewer.find('unborn');
  await expect(notes(viewer)).toHaveText("An unborn child's plan would be shown here.");
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
  await viewer.find('baby-no-record');
  const mothersNumber =
    "A plan made before birth is held on the mother's NHS number. Check the mother's number as well.";
  await expect(notes(viewer)).toHaveText(mothersNumber);
  await viewer.check('scheduled', 'noRecord');
  await expect(viewer.page.getByRole('region', { name: 'What to do now' })).toContainText(mothersNumber);
});

test('what PDS does not know reads "Not known", with a warning', async ({ signedIn: viewer }) => {
  await viewer.find('minimal');
  await expect(banner(viewer)).toContainText(/Born\s*Not known/);
  await expect(banner(viewer)).toContainText(/Gender\s*Not known/);
  await expect(notes(viewer)).toContainText('date of birth and gender');
});

test('long and accented names are shown whole', async ({ signedIn: viewer, simulator }) => {
  await viewer.find('baby');
  const { family, given } = simulator.patient('baby');
  await expect(banner(viewer)).toContainText(family);
  await expect(banner(viewer)).toContainText(given[0] ?? '');
});

const untraced = {
  'a number that PDS does not know': {
    number: '9990000263',
    words: 'The Personal Demographics Service has no patient with these details.',
  },
  'a number that was withdrawn': {
    number: '9990000166',
    words: 'This NHS number has been withdrawn: it no longer belongs to a patient.',
  },
} as const;

for (const [what, { number, words }] of Object.entries(untraced)) {
  test(`${what} finds no patient, and says so (H21)`, async ({ signedIn: viewer }) => {
    await viewer.enterNumber(number);
    const alert = viewer.page.getByRole('alert');
    await expect(alert).toContainText(words);
    await expect(alert).toContainText('CP-IS has not been checked.');
    await expect(alert).toContainText("phone the local authority's children's services"); // H21
    await expectScreen(viewer.page, 'find');
  });
}

for (const [failure, fault, words] of [
  ['fails', { kind: 'status', status: 500 }, 'The service is not working properly.'],
  [
    'answers with a proxy’s page',
    { kind: 'html' },
    'Something between this computer and the service answered in its place.',
  ],
  ['answers with half a body', { kind: 'truncate' }, /cannot be read safely|could not reach/],
] as const) {
  test(`when PDS ${failure}, no patient is confirmed, and the next try can succeed`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    await simulator.fault('pds.read', fault);
    await viewer.enterNumber(simulator.patient('child-protection').nhsNumber);
    await expect(viewer.page.getByRole('alert')).toContainText(words);
    await expect(banner(viewer)).toHaveCount(0);
    await simulator.clearFaults();
    await viewer.find('child-protection');
  });
}

test('an answer of PDS about another patient is not believed', async ({ signedIn: viewer, simulator }) => {
  const other = {
    resourceType: 'Patient',
    id: '9990000026',
    identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000034' }],
    name: [{ family: 'TESTCHILD', given: ['Unmatched'] }],
  };
  await simulator.fault('pds.read', answering(other));
  await viewer.enterNumber(simulator.patient('child-protection').nhsNumber);
  await expect(viewer.page.getByRole('alert')).toContainText('cannot be read safely');
  await expect(banner(viewer)).toHaveCount(0);
});
