/** What a user does in the viewer, by the names that the screens show. */
import type { ElectronApplication, Page } from 'playwright';
import type { SimulatorControl } from './simulator-control.ts';

export type CareSetting = 'Scheduled' | 'Unscheduled';

const patience = { timeout: 20_000 };

export async function signIn(
  page: Page,
  app: ElectronApplication,
  simulator: SimulatorControl,
): Promise<void> {
  const opened = app.waitForEvent('window', patience);
  await page.getByRole('button', { name: /^(Sign in with Care Identity|Unlock)$/ }).click(patience);
  const window = await opened;
  await window.getByRole('button', { name: simulator.userName('nurse') }).click(patience);
  await heading(page, 'Find a patient');
}

export async function findPatient(page: Page, nhsNumber: string): Promise<void> {
  await page.getByLabel('NHS number').fill(nhsNumber, patience);
  await page.getByRole('button', { name: 'Find patient', exact: true }).click(patience);
  await heading(page, 'Confirm patient');
}

export async function chooseCare(page: Page, careSetting: CareSetting): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(`^${careSetting} care`) }).check(patience);
}

export async function pressCheck(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Check CP-IS', exact: true }).click(patience);
}

export async function findAnother(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Find another patient', exact: true }).click(patience);
  await heading(page, 'Find a patient');
}

export async function lock(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Lock', exact: true }).click(patience);
  await page.getByRole('button', { name: 'Unlock', exact: true }).waitFor(patience);
}

export async function heading(page: Page, name: string): Promise<void> {
  await page.getByRole('heading', { name, exact: true }).waitFor(patience);
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click(patience);
  await page.getByRole('button', { name: 'Sign in with Care Identity', exact: true }).waitFor(patience);
}
