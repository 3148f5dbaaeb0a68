import { answering, searchset } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { searchByName, searchResult } from '../search-by-name.ts';

const searchPrevious = (viewer: Viewer) =>
  viewer.page.getByRole('button', { name: 'Search previous names' }).click();
const searchSimilar = (viewer: Viewer) =>
  viewer.page.getByRole('button', { name: 'Search similar names' }).click();
const differences = (viewer: Viewer) =>
  viewer.page.getByRole('group', { name: 'Not everything is as you searched for' });
const checked = (viewer: Viewer) =>
  viewer.page.getByRole('checkbox', { name: 'I have checked this with the patient or the person with them' });

test('H3: a patient found by a previous name: what differs is shown, and must be compared before CP-IS is checked', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { birthDate } = simulator.patient('renamed');
  await searchByName(viewer, { family: 'Testformer', given: 'Yarrow', birthDate });
  await expect(page.getByRole('heading', { name: 'No patient found' })).toBeFocused();
  await searchPrevious(viewer);
  await expect(
    page.getByRole('heading', { name: '1 patient matches, previous names included' }),
  ).toBeFocused();
  const row = page.getByRole('row').nth(1);
  await expect(row).toContainText('TESTRENAMED, Yarrow');
  await expect(row).toContainText('A previous name');
  await expect(row).toContainText('Family name differs');
  await row.getByRole('button').click();

  await expectScreen(page, 'confirm');
  await expect(differences(viewer)).toContainText('Found by a previous name');
  await expect(differences(viewer).getByRole('row')).toHaveText([
    /^DetailYou searched forThis record has$/,
    /^Family nameTESTFORMERTESTRENAMED \(previous name: TESTFORMER\)$/,
  ]);
  await viewer.check('unscheduled');
  await page.getByRole('link', { name: 'Check what differs from your search, and tick the box' }).click();
  await expect(checked(viewer)).toBeFocused();
  expect(await simulator.notifications()).toEqual([]);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H3: each wider search is a press of its own, in its order, and nothing is sent by itself', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { birthDate } = simulator.patient('sounds-alike');
  const searches = async () =>
    (await simulator.requests())
      .filter(({ path }) => path.endsWith('/Patient'))
      .map(({ query }) => ['_history', '_fuzzy-match'].filter((name) => query[name] === 'true').join());
  await searchByName(viewer, { family: 'Mocksmith', given: 'Zena', birthDate });
  await expect(page.getByRole('button', { name: 'Search previous names' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Search similar names' })).toHaveCount(0);
  expect(await searches()).toEqual(['']);
  await searchPrevious(viewer);
  await expect(page.getByRole('button', { name: 'Search similar names' })).toBeVisible();
  expect(await searches()).toEqual(['', '_history']);
  await searchSimilar(viewer);
  await expect(page.getByRole('row').nth(1)).toContainText('Similar details');
  expect(await searches()).toEqual(['', '_history', '_fuzzy-match']);
});

test('H3: a patient found by similar details may be another: both names are compared', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { birthDate } = simulator.patient('sounds-alike');
  await searchByName(viewer, { family: 'Mocksmith', given: 'Zena', birthDate });
  await searchPrevious(viewer);
  await searchSimilar(viewer);
  await viewer.page.getByRole('button', { name: 'Choose MOCKSMYTHE, Xena' }).click();
  await expectScreen(viewer.page, 'confirm');
  await expect(differences(viewer)).toContainText('this may be another patient');
  await expect(differences(viewer).getByRole('row')).toHaveText([
    /^Detail/,
    /^Family nameMOCKSMITHMOCKSMYTHE$/,
    /^Given namesZenaXena$/,
  ]);
});

test('H3: another date of birth is found by similar details alone, and is said', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const [year = '', month = '', day = ''] = (simulator.patient('other-day').birthDate ?? '').split('-');
  await searchByName(viewer, { family: 'Mockdale', given: 'Alder', birthDate: `${year}-${day}-${month}` });
  await searchPrevious(viewer);
  await expect(page.getByRole('table')).toHaveCount(0);
  await searchSimilar(viewer);
  await expect(page.getByRole('row').nth(1)).toContainText('Date of birth differs');
  await page.getByRole('button', { name: 'Choose MOCKDALE, Alder' }).click();
  await expectScreen(page, 'confirm');
  await expect(differences(viewer).getByRole('row').nth(1)).toContainText(`03-Sep-${year}`);
  await expect(differences(viewer).getByRole('row').nth(1)).toContainText(`09-Mar-${year}`);
});

test('similar names need a given name, one date and no *: it is said, and there is no button', async ({
  signedIn: viewer,
}) => {
  for (const details of [
    { family: 'Nobodyatall', birthDate: '2015-01-31' },
    { family: 'Nobody*', given: 'Amber', birthDate: '2015-01-31' },
    { family: 'Nobodyatall', given: 'Amber', birthDate: '2015-01-31', latest: '2015-02-01' },
  ]) {
    await searchByName(viewer, details);
    await searchPrevious(viewer);
    await expect(searchResult(viewer)).toContainText('enter a given name, one date of birth and no *');
    await expect(viewer.page.getByRole('button', { name: 'Search similar names' })).toHaveCount(0);
  }
});

test('a range of dates finds who was born within it', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  const { family, birthDate } = simulator.patient('twin-one');
  const year = birthDate?.slice(0, 4) ?? '';
  await searchByName(viewer, { family, birthDate: `${year}-01-01`, latest: birthDate ?? '' });
  await expect(page.getByRole('heading', { name: '2 patients match' })).toBeVisible();
  await page.getByRole('button', { name: 'Choose TESTTWIN, Teal' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText('Found by name and date of birth.')).toBeVisible();
  await expect(differences(viewer)).toHaveCount(0);
});

test('a nickname finds a patient, whose usual name is then compared', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { family, birthDate } = simulator.patient('nickname');
  await searchByName(viewer, { family, given: 'Bobbin', birthDate });
  await viewer.page.getByRole('button', { name: 'Choose MOCKFIELD, Robin' }).click();
  await expectScreen(viewer.page, 'confirm');
  await expect(differences(viewer)).toContainText('Robin (nickname: Bobbin)');
});

test('an apostrophe and a hyphen of another kind, and diacritics', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { birthDate } = simulator.patient('apostrophe');
  await searchByName(viewer, { family: 'O’Mock–Kociński', given: 'Zoë', birthDate });
  await viewer.page.getByRole('button', { name: "Choose O'MOCK-KOCIŃSKI, Zoë" }).click();
  await expectScreen(viewer.page, 'confirm');
  await expect(differences(viewer)).toHaveCount(0);
});

test('a restricted patient is found by name, with the caution', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  const { family, birthDate } = simulator.patient('restricted');
  await searchByName(viewer, { family, birthDate });
  await page.getByRole('button', { name: 'Choose TESTCHILD, Juniper' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByRole('list', { name: 'Notes about this patient' })).toContainText('restricted');
});

test('fifty patients are listed, in the order of PDS', async ({ signedIn: viewer }) => {
  await searchByName(viewer, { family: 'Testfifty', birthDate: '2015-01-31' });
  await expect(viewer.page.getByRole('heading', { name: '50 patients match' })).toBeVisible();
  const rows = viewer.page.getByRole('row');
  await expect(rows).toHaveCount(51);
  await expect(rows.nth(1)).toContainText('TESTFIFTY, Mock01');
  await expect(rows.nth(50)).toContainText('TESTFIFTY, Mock50');
});

test('H3: a match that cannot be shown is counted, and does not hide the others', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { nhsNumber, family, given, birthDate } = simulator.patient('looked-after');
  const patient = { resourceType: 'Patient', id: nhsNumber, name: [{ family, given }], birthDate };
  const withoutCheckDigit = { ...patient, id: '9990000017' };
  const unexpected = { ...patient, id: '9990000018', birthDate: '1950-01-01' };
  await simulator.fault(
    'pds.search',
    answering(
      searchset(
        3,
        [withoutCheckDigit, patient, unexpected].map((resource) => ({ resource, search: { score: 0.9 } })),
      ),
    ),
  );
  await searchByName(viewer, { family, birthDate });
  await expect(searchResult(viewer)).toContainText('2 more cannot be shown');
  await expect(page.getByRole('row')).toHaveCount(2);
  await expect(page.getByRole('row').nth(1)).toContainText('999 000 0026');
  await expect(page.locator('body')).not.toContainText('1950');
});

test('H3: who was found and cannot be shown is found by the next search', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { nhsNumber, birthDate } = simulator.patient('looked-after');
  const former = { use: 'old', family: 'Testformer', given: ['Yarrow'] };
  const name = [{ use: 'usual', family: {}, given: [{}] }, former];
  const resource = { resourceType: 'Patient', id: nhsNumber, name, birthDate };
  await simulator.fault('pds.search', answering(searchset(1, [{ resource, search: { score: 0.9 } }])));
  await searchByName(viewer, { family: 'Testother', birthDate });
  await expect(page.getByRole('heading', { name: 'Found, but cannot be shown' })).toBeFocused();
  await expect(searchResult(viewer)).toContainText('found 1 patient, but we cannot show the record');
  await expect(page.getByRole('row')).toHaveCount(0);
  await searchPrevious(viewer);
  await expect(page.getByRole('row').nth(1)).toContainText('Family name differs');
});

test('H3: a record that is not the one chosen from the list is not opened', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const { family, birthDate, nhsNumber } = simulator.patient('twin-one');
  await searchByName(viewer, { family, birthDate });
  const other = { resourceType: 'Patient', id: nhsNumber, name: [{ family, given: ['Umber'] }], birthDate };
  await simulator.fault('pds.read', answering(other));
  await page.getByRole('button', { name: 'Choose TESTTWIN, Teal' }).click();
  await expect(page.getByRole('alert')).toContainText('not the one that you chose from the list');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toHaveCount(0);
  await expectScreen(page, 'find');
});
