import type { SyntheticPatient } from '../../simulator/client.ts';
import { answering, searchset } from '../fhir-answers.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { type SearchedDetails, searchByName, searchResult } from '../search-by-name.ts';

function detailsOf({ family, given, birthDate }: SyntheticPatient): SearchedDetails {
  return { family, given: given[0] ?? '', birthDate };
}

test('one patient matches, is chosen, and confirmed like any other', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await searchByName(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(page.getByRole('heading', { name: '1 patient matches' })).toBeFocused();
  await page.getByRole('button', { name: 'Choose TESTCHILD, Basil' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText('999 000 0026');
});

test('H3: every given name counts on its own, and the family name with the date of birth is enough', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { family, given, birthDate } = simulator.patient('child-protection');
  for (const typed of [given.join(' '), `${given[0]?.slice(0, 2)}*`, '']) {
    await searchByName(viewer, { family, given: typed, birthDate });
    await expect(viewer.page.getByRole('heading', { name: '1 patient matches' })).toBeVisible();
    await expect(viewer.page.getByRole('row').nth(1)).toContainText('999 000 0018');
  }
  await searchByName(viewer, { family, given: `${given[0]} Unrecorded`, birthDate });
  await expect(searchResult(viewer)).toContainText('Search again with the first given name only.');
  const searches = (await simulator.requests()).filter(({ path }) => path.endsWith('/Patient'));
  expect(searches.filter(({ query }) => 'gender' in query)).toEqual([]);
});

test('H3: a patient whose gender PDS does not know is found by name, and shown with that gap', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { nhsNumber, family, birthDate } = simulator.patient('looked-after');
  const name = [{ use: 'usual', family, given: ['Basil'] }];
  const resource = { resourceType: 'Patient', id: nhsNumber, name, gender: 'unknown', birthDate };
  await simulator.fault('pds.search', answering(searchset(1, [{ resource, search: { score: 1 } }])));
  await searchByName(viewer, { family, birthDate });
  await expect(viewer.page.getByRole('row').nth(1)).toContainText('Not known');
  await expect(viewer.page.getByRole('button', { name: 'Choose TESTCHILD, Basil' })).toBeVisible();
});

for (const [family, problem] of [
  ['O*', 'The family name must have at least 2 characters before *'],
  ['x'.repeat(36), 'The family name must have at most 35 characters'],
] as const) {
  test(`a name that PDS cannot be searched by is said before anything is sent: ${problem}`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    await searchByName(viewer, { family, birthDate: '2015-01-31' });
    await expect(viewer.page.getByRole('alert')).toContainText(problem);
    expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
  });
}

test('details that PDS refuses are said to be the names, not an NHS number', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('pds.search', {
    kind: 'status',
    status: 400,
    body: {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'value', details: { coding: [{ code: 'INVALID_SEARCH_DATA' }] } }],
    },
  });
  await searchByName(viewer, { family: 'TESTCHILD', birthDate: '2015-01-31' });
  const alert = viewer.page.getByRole('alert');
  await expect(alert).toContainText('The Personal Demographics Service cannot search with these details.');
  await expect(alert).toContainText('Check the names and the date of birth');
  await expect(alert).not.toContainText('NHS number');
});

test('H3: half an hour after midnight in summer, a child born today can be searched for', async ({
  viewer,
  simulator,
}) => {
  await viewer.signIn();
  // British Summer Time: 00:30 on 1 July is 23:30 on 30 June in UTC.
  await viewer.page.clock.setFixedTime('2026-06-30T23:30:00Z');
  await searchByName(viewer, { family: 'NOBODYATALL', birthDate: '2026-07-01' });
  await expect(searchResult(viewer)).toContainText('has no patient with these details');
  await searchByName(viewer, { family: 'NOBODYATALL', birthDate: '2026-07-02' });
  await expect(viewer.page.getByRole('alert')).toContainText('Date of birth must be today or in the past');
  const searches = (await simulator.requests()).filter(({ path }) => path.endsWith('/Patient'));
  expect(searches).toHaveLength(1);
});

test('several patients match: each can be told from the other', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  const { family, birthDate } = simulator.patient('twin-one');
  await searchByName(viewer, { family, birthDate });
  await expect(page.getByRole('heading', { name: '2 patients match' })).toBeVisible();
  const rows = page.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('999 000 0220');
  await expect(rows.nth(2)).toContainText('999 000 0239');
  // Twins differ in their numbers.
  await page
    .getByRole('button', { name: /^Choose TESTTWIN, Umber.*, NHS number \d{3} \d{3} \d{4}$/ })
    .click();
  await expectScreen(page, 'confirm');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText('Umber');
});

test('no patient matches (H21)', async ({ signedIn: viewer }) => {
  await searchByName(viewer, { family: 'NOBODYATALL', birthDate: '2015-01-31' });
  await expect(viewer.page.getByRole('heading', { name: 'No patient found' })).toBeFocused();
  const result = searchResult(viewer);
  await expect(result).toContainText('The Personal Demographics Service has no patient with these details.');
  await expect(result).toContainText('CP-IS has not been checked.');
  await expect(result).toContainText("phone the local authority's children's services");
});

test('too many match: the viewer asks for more, and guesses nothing', async ({ signedIn: viewer }) => {
  await searchByName(viewer, { family: 'TESTFIFTYONE', birthDate: '2015-01-31' });
  await expect(viewer.page.getByRole('alert')).toContainText('Too many patients match.');
  await expect(viewer.page.getByRole('table')).toHaveCount(0);
});

test('what is missing is named, field by field, and nothing is sent', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await page.getByRole('button', { name: 'Search by name and date of birth' }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toContainText('Enter a family name');
  await expect(summary).toContainText('Enter a date of birth');
  await expect(page.getByRole('radio')).toHaveCount(0);
  await summary.getByRole('link', { name: 'Enter a family name' }).click();
  await expect(page.getByLabel('Family name')).toBeFocused();
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

for (const [birthDate, reason] of [
  ['2015-02-30', 'a day that does not exist'],
  ['2999-01-01', 'a date to come'],
] as const) {
  test(`${reason} is refused as a date of birth`, async ({ signedIn: viewer, simulator }) => {
    await searchByName(viewer, { family: 'TESTCHILD', birthDate });
    await expect(viewer.page.getByRole('alert')).toContainText(/date of birth/i);
    expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
  });
}

test('a search that fails says so, and is not "no match"', async ({ signedIn: viewer, simulator }) => {
  await simulator.fault('pds.search', { kind: 'html' });
  await searchByName(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(viewer.page.getByRole('alert')).toContainText(
    'Something between this computer and the service answered in its place.',
  );
  await expect(viewer.page.locator('body')).not.toContainText('has no patient');
});

test('H3: matches of earlier details go when the details change', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await searchByName(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(page.getByRole('table')).toBeVisible();
  await page.getByLabel('Given name').fill('Unmatched');
  await expect(page.getByRole('table')).toHaveCount(0);
});
