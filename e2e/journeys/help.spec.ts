import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

test('F1 lists the keys, on any screen', async ({ viewer }) => {
  const { page } = viewer;
  await expectScreen(page, 'signIn');
  await page.keyboard.press('F1');
  const shortcuts = page.getByRole('dialog', { name: 'Shortcuts' });
  for (const key of ['F9', 'F1', 'Ctrl + L', 'Ctrl + P', 'Ctrl + 0'])
    await expect(shortcuts).toContainText(key);
  await page.keyboard.press('Escape');
  await expect(shortcuts).toHaveCount(0);
  await viewer.signIn();
  await page.keyboard.press('F1');
  await expect(shortcuts).toBeVisible();
});

test('Diagnostics names the services and the last errors, and no person', async ({ viewer, simulator }) => {
  const { page } = viewer;
  await viewer.signIn();
  await simulator.fault('pds.read', { kind: 'html' });
  await page.getByLabel('NHS number').fill(simulator.patient('looked-after').nhsNumber);
  await page.getByRole('button', { name: 'Find patient' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('button', { name: 'Diagnostics' }).click();
  const diagnostics = page.getByRole('dialog', { name: 'Diagnostics' });
  await expect(diagnostics).toContainText('SIMULATOR');
  await expect(diagnostics).toContainText(new URL(simulator.control).hostname);
  await expect(diagnostics).toContainText(/Proxy\s*None/);
  const cells = diagnostics.getByRole('row').nth(1).getByRole('cell');
  await expect(cells.nth(1)).toHaveText('The network proxy did not let the request through.');
  // What names each cell at 400 %, where the header stands apart.
  for (const [index, label] of ['Time', 'Error', 'Reference'].entries()) {
    await expect(cells.nth(index)).toHaveAttribute('data-label', label);
  }
  const text = await diagnostics.innerText();
  expect(text).not.toContain(simulator.userName('nurse'));
  expect(text).not.toContain(simulator.patient('looked-after').nhsNumber);
});

test('H10: the support bundle holds nothing clinical, nothing of a user and no secret', async ({
  viewer,
  simulator,
}) => {
  const { app, page, profile } = viewer;
  await viewer.signIn();
  await viewer.ask('looked-after', 'unscheduled');
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
  const file = path.join(profile, 'bundle.json');
  // The system's own dialogue cannot be driven: it answers with this file.
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath });
  }, file);
  await page.getByRole('button', { name: 'Diagnostics' }).click();
  await page.getByRole('button', { name: 'Save support bundle' }).click();
  await expect(page.getByText('The support bundle was saved.')).toBeVisible();
  const bundle = await readFile(file, 'utf8');
  expect(bundle).toContain('SIMULATOR');
  const { nhsNumber, family, given } = simulator.patient('looked-after');
  const tokens = (await simulator.issuedTokens()).map(({ value }) => value);
  for (const secret of [nhsNumber, family, given[0] ?? '', simulator.userName('nurse'), ...tokens]) {
    expect(bundle).not.toContain(secret);
  }
  const environment = JSON.stringify(simulator.environment);
  const apiKey = /"apiKey":"([^"]+)"/.exec(environment)?.[1] ?? '';
  const privateExponent = /"d":"([^"]+)"/.exec(environment)?.[1] ?? '';
  expect(bundle).not.toContain(apiKey);
  expect(bundle).not.toContain(privateExponent);
});
