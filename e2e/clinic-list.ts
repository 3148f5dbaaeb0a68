/** A clinic list as its users handle it. */
import type { Simulator, SyntheticPatient } from '../simulator/client.ts';
import { expect, type LaunchOptions, type Viewer } from './fixtures.ts';

/** A site that offers clinic lists, at the greatest speed. */
export const withClinicLists: LaunchOptions = {
  policy: { clinicList: true, clinicListRequestsPerSecond: 4 },
};

/** A line to enter; it has "null" for a patient without a date of birth. */
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

/** Waits until every line is done. */
export const finished = ({ page }: Viewer) =>
  expect(page.getByText(/done\. Finished\.$/).first()).toBeVisible({ timeout: 30_000 });

/** `line`: 1 for the first. */
export const row = ({ page }: Viewer, line: number) =>
  page.getByRole('table', { name: 'Clinic list' }).getByRole('row').nth(line);

/** Found, none, denied, could not check, another date of birth, not readable. */
export async function checkSix(viewer: Viewer, simulator: Simulator): Promise<void> {
  // Each silent read is tried three times.
  await simulator.fault('cpis.care-team', { kind: 'status', status: 500 }, { after: 3, times: 3 });
  await checkAll(viewer, [
    ...['child-protection', 'no-record', 'cpis-denied', 'unborn'].map((key) =>
      lineOf(simulator.patient(key)),
    ),
    `${simulator.patient('looked-after').nhsNumber} 01/01/2001`,
    '9990000019 14/08/2015',
  ]);
  await finished(viewer);
}
