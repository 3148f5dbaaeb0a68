/** A clinic list as its users handle it. */
import type { SyntheticPatient } from '../simulator/client.ts';
import { expect, type LaunchOptions, type Viewer } from './fixtures.ts';

/** A site that offers clinic lists, at the greatest speed. */
export const withClinicLists: LaunchOptions = {
  policy: { clinicList: true, clinicListRequestsPerSecond: 4 },
};

export const lineOf = ({ nhsNumber, birthDate }: SyntheticPatient): string => `${nhsNumber}, ${birthDate}`;

/** From "Find a patient" to the empty list. */
export async function openClinicList({ page }: Viewer): Promise<void> {
  await page.getByRole('button', { name: 'Clinic list', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Clinic list' })).toBeVisible();
}

/** Fills the list in and presses "Check all". */
export async function checkAll(viewer: Viewer, lines: readonly string[]): Promise<void> {
  const { page } = viewer;
  await openClinicList(viewer);
  await page.getByLabel('NHS numbers and dates of birth').fill(lines.join('\n'));
  await page.getByRole('button', { name: 'Check all' }).click();
  await expect(page.getByRole('table', { name: 'Clinic list' })).toBeVisible();
}

export const finished = ({ page }: Viewer) =>
  expect(page.getByText(/done\. Finished\.$/).first()).toBeVisible({ timeout: 30_000 });

export const row = ({ page }: Viewer, line: number) =>
  page.getByRole('table', { name: 'Clinic list' }).getByRole('row').nth(line);
