import type { Locator } from '@playwright/test';
import { cpisRequests } from '../cpis-requests.ts';
import { accesses, answering } from '../fhir-answers.ts';
import { expect, test, type Viewer } from '../fixtures.ts';

async function showHistory(viewer: Viewer, patient: string): Promise<Locator> {
  await viewer.ask(patient, 'scheduled');
  const table = viewer.page.getByRole('table', { name: 'Previously viewed by' });
  await expect(table).toBeVisible();
  return table;
}

/** The visible texts of a column, without its header. */
async function column(table: Locator, index: number): Promise<readonly string[]> {
  const rows = await table.getByRole('row').all();
  return Promise.all(rows.slice(1).map((row) => row.getByRole('cell').nth(index).innerText()));
}

test('all 25 accesses that CP-IS keeps are listed, newest first, and can be sorted', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  const table = await showHistory(viewer, 'long-history');
  const names = Array.from({ length: 25 }, (_, index) => `Clinician ${25 - index} Invented`);
  expect(await column(table, 1)).toEqual(names);
  const header = (name: string) => page.getByRole('columnheader', { name });
  await expect(header('Date and time')).toHaveAttribute('aria-sort', 'descending');

  await page.getByRole('button', { name: 'Date and time' }).click();
  await expect(header('Date and time')).toHaveAttribute('aria-sort', 'ascending');
  expect(await column(table, 1)).toEqual(names.toReversed());

  await page.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(header('Name')).toHaveAttribute('aria-sort', 'ascending');
  await expect(header('Date and time')).toHaveAttribute('aria-sort', 'none');
  // As people count: 2 before 10.
  expect(await column(table, 1)).toEqual(names.toReversed());
  await page.getByRole('button', { name: 'Organisation' }).click();
  await expect(header('Organisation')).toHaveAttribute('aria-sort', 'ascending');
  const organisations = await column(table, 3);
  expect(organisations).toEqual(organisations.toSorted());
});

test('H15: a history far longer than CP-IS keeps is shown part by part, and says so', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.audit-event', answering(accesses(250)));
  const table = await showHistory(viewer, 'long-history');
  const rows = table.getByRole('row');
  const more = page.getByRole('button', { name: 'Show more checks' });
  for (const shown of [100, 200]) {
    await expect(rows).toHaveCount(shown + 1);
    await expect(page.getByText(`The last ${shown} of 250 checks are shown.`)).toBeVisible();
    await more.click();
  }
  await expect(rows).toHaveCount(251);
  await expect(more).toHaveCount(0);
  // The button is gone, and the focus is not lost with it.
  await expect(page.getByRole('heading', { name: 'Previously viewed by' })).toBeFocused();
  await expect(rows.nth(1)).toContainText('Clinician 250 Invented');
  await expect(rows.last()).toContainText('Clinician 1 Invented');
  await page.getByRole('button', { name: 'Date and time' }).click();
  await expect(rows.nth(1)).toContainText('Clinician 1 Invented');
  await expect(rows.last()).toContainText('Clinician 250 Invented');
  expect((await cpisRequests(simulator)).map(({ resource }) => resource)).toEqual(['CareTeam', 'AuditEvent']);
});

test('an access by a device is shown as it came, and a gap as a gap', async ({ signedIn: viewer }) => {
  const table = await showHistory(viewer, 'device-author');
  const rows = table.getByRole('row');
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText('SYNTHETIC 111 CALL SYSTEM');
  await expect(rows.nth(1)).toContainText('Safeguarding lead Jo Invented 01632 960401');
  await expect(rows.nth(1)).toContainText('SYNTHETIC 111, MOCKTOWN CALL CENTRE');
  expect(await column(table, 1)).toEqual(['SYNTHETIC 111 CALL SYSTEM', 'Not recorded']);
  expect(await column(table, 2)).toContain('Not recorded');
});

test('no earlier access is said in words', async ({ signedIn: viewer }) => {
  await viewer.ask('ended', 'scheduled');
  await expect(viewer.page.getByText('No earlier checks are recorded.')).toBeVisible();
});

test('an unscheduled check is marked in the history that it makes, and a later one does not mark it', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.ask('looked-after', 'unscheduled');
  const table = viewer.page.getByRole('table', { name: 'Previously viewed by' });
  await expect(table.getByRole('row')).toHaveCount(4);
  const own = table.getByRole('row').filter({ hasText: simulator.userName('nurse') });
  await expect(own).toContainText('This check');
  await expect(table.getByText('This check')).toHaveCount(1);
  await expect(viewer.page.getByText('This check is included.')).toBeVisible();
  await viewer.findAnother();
  // The same check is an earlier one now.
  await viewer.ask('looked-after', 'scheduled');
  await expect(own).toBeVisible();
  await expect(table.getByText('This check')).toHaveCount(0);
});
