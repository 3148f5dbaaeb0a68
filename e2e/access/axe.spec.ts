/** What axe finds in every state of every screen. WCAG 2.2 A and AA, and axe's best practices. */
import type { Page } from '@playwright/test';
import axe from 'axe-core';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, test, type Viewer } from '../fixtures.ts';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** Evaluated over the debugger, which the page's CSP does not restrict. The document stays as it is. */
async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const inPage = Reflect.get(window, 'axe') as { run(): Promise<{ violations: Violation[] }> };
    return (await inPage.run()).violations.map(({ id, nodes }) => ({
      id,
      nodes: nodes.map(({ html }) => ({ html })),
    }));
  });
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

const heading = (viewer: Viewer, name: string) => viewer.page.getByRole('heading', { name, exact: true });

test('axe finds nothing before a patient is found', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  await expect(heading(viewer, 'CP-IS Viewer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  expect(await violations(page), 'Sign in').toEqual([]);
  await viewer.signIn();
  expect(await violations(page), 'Find a patient').toEqual([]);
  await page.getByLabel('NHS number').fill('999 000 0017');
  await page.getByRole('button', { name: 'Find patient' }).click();
  expect(await violations(page), 'Find a patient, refused').toEqual([]);
  await page.getByRole('button', { name: 'Search by name and date of birth' }).click();
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  expect(await violations(page), 'Search, refused').toEqual([]);
  await chooseInMenu(page, 'Help');
  await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  expect(await violations(page), 'Help').toEqual([]);
});

test('axe finds nothing on the way to an answer, and on it', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.find('several-plans');
  expect(await violations(page), 'Confirm patient').toEqual([]);
  await viewer.check('unscheduled');
  await expect(heading(viewer, 'CP-IS record found')).toBeVisible();
  await expect(page.getByRole('table')).toBeVisible();
  expect(await violations(page), 'CP-IS record found').toEqual([]);
  await page.keyboard.press('F9');
  expect(await violations(page), 'Hide').toEqual([]);
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Lock' }).click();
  await expect(heading(viewer, 'Locked')).toBeVisible();
  expect(await violations(page), 'Locked').toEqual([]);
});

test('axe finds nothing where there is no record, no access, or no answer', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const outcomes = [
    ['no-record', 'No CP-IS record found'],
    ['cpis-denied', 'Access denied'],
    ['child-protection', 'Could not check CP-IS'],
  ] as const;
  for (const [patient, name] of outcomes) {
    if (name === 'Could not check CP-IS') await simulator.fault('cpis.care-team', { kind: 'html' });
    await viewer.ask(patient, 'unscheduled');
    await expect(heading(viewer, name)).toBeVisible();
    expect(await violations(page), name).toEqual([]);
    if (name !== 'Could not check CP-IS') await viewer.findAnother();
  }
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(page.getByRole('dialog', { name: 'Check again?' })).toBeVisible();
  expect(await violations(page), 'Check again?').toEqual([]);
});
