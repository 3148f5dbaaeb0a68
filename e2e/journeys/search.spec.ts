import type { SyntheticPatient } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

interface Details {
  readonly family: string;
  readonly given?: string;
  readonly birthDate: string | null;
  readonly gender: string | null;
}

const genders: Readonly<Record<string, string>> = { female: 'Female', male: 'Male', other: 'Other' };

async function search({ page }: Viewer, { family, given, birthDate, gender }: Details): Promise<void> {
  const toggle = page.getByRole('button', { name: 'Search by name and date of birth' });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  const [year = '', month = '', day = ''] = (birthDate ?? '').split('-');
  await page.getByLabel('Family name').fill(family);
  await page.getByLabel('Given name').fill(given ?? '');
  await page.getByLabel('Day', { exact: true }).fill(day);
  await page.getByLabel('Month', { exact: true }).fill(month);
  await page.getByLabel('Year', { exact: true }).fill(year);
  await page.getByRole('radio', { name: genders[gender ?? ''] ?? 'Not known', exact: true }).check();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
}

function detailsOf({ family, given, birthDate, gender }: SyntheticPatient): Details {
  return { family, given: given[0] ?? '', birthDate, gender };
}

test('one patient matches, is chosen, and confirmed like any other', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await search(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(page.getByRole('heading', { name: '1 patient matches' })).toBeFocused();
  await page.getByRole('button', { name: 'Choose TESTCHILD, Basil' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText('999 000 0026');
});

test('several patients match: each can be told from the other', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  const { family, birthDate, gender } = simulator.patient('twin-one');
  await search(viewer, { family, birthDate, gender });
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

test('nobody matches', async ({ viewer }) => {
  const { page } = viewer;
  await viewer.signIn();
  await search(viewer, { family: 'NOBODYATALL', birthDate: '2015-01-31', gender: 'female' });
  await expect(page.getByRole('alert')).toContainText(
    'The Personal Demographics Service has no patient with these details.',
  );
});

test('too many match: the viewer asks for more, and guesses nothing', async ({ viewer }) => {
  const { page } = viewer;
  await viewer.signIn();
  await search(viewer, { family: 'TOOMANY', birthDate: '2015-01-31', gender: 'female' });
  await expect(page.getByRole('alert')).toContainText('Too many patients match.');
  await expect(page.getByRole('table')).toHaveCount(0);
});

test('what is missing is named, field by field, and nothing is sent', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await page.getByRole('button', { name: 'Search by name and date of birth' }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  const summary = page.getByRole('alert');
  await expect(summary).toContainText('Enter a family name');
  await expect(summary).toContainText('Choose a gender');
  await summary.getByRole('link', { name: 'Enter a family name' }).click();
  await expect(page.getByLabel('Family name')).toBeFocused();
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

for (const [birthDate, reason] of [
  ['2015-02-30', 'a day that does not exist'],
  ['2999-01-01', 'a date to come'],
] as const) {
  test(`${reason} is refused as a date of birth`, async ({ viewer, simulator }) => {
    await viewer.signIn();
    await search(viewer, { family: 'TESTCHILD', birthDate, gender: 'female' });
    await expect(viewer.page.getByRole('alert')).toContainText(/date of birth/i);
    expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
  });
}

test('a search that fails says so, and is not "nobody"', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await simulator.fault('pds.search', { kind: 'html' });
  await search(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(page.getByRole('alert')).toContainText('The network proxy did not let the request through.');
  await expect(page.locator('body')).not.toContainText('has no patient');
});

test('H3: matches of earlier details go when the details change', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await search(viewer, detailsOf(simulator.patient('looked-after')));
  await expect(page.getByRole('table')).toBeVisible();
  await page.getByLabel('Given name').fill('Somebody');
  await expect(page.getByRole('table')).toHaveCount(0);
});
