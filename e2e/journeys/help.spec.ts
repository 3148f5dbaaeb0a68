import { chooseInMenu } from '../driver/menu.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { saveSupportBundle } from '../support-bundle.ts';

test('F1 opens Help, with the keys, on any screen', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  await expectScreen(page, 'signIn');
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  for (const key of ['F9', 'F1', 'Ctrl + L', 'Ctrl + P', 'Ctrl + 0']) await expect(help).toContainText(key);
  await expect(help).toContainText('Ask your IT service desk.');
  await page.keyboard.press('Escape');
  await expect(help).toHaveCount(0);
  await viewer.signIn();
  await page.keyboard.press('F1');
  await expect(help).toBeVisible();
});

test('Help leads to the guide, to About and to the accessibility statement, and back', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await page.keyboard.press('F1');
  const help = page.getByRole('dialog', { name: 'Help' });
  for (const [name, text] of [
    ['User guide', 'At 2 a.m.'],
    ['About', 'A check in scheduled care notifies nobody.'],
    ['Accessibility statement', 'No audit has been made.'],
  ] as const) {
    await help.getByRole('button', { name }).click();
    const opened = page.getByRole('dialog', { name });
    await expect(opened).toContainText(text);
    await opened.getByRole('button', { name: 'Back to Help' }).click();
    await expect(help).toBeVisible();
  }
  // All of it came with the application: asked for is only what prepares the sign-in.
  const asked = (await simulator.requests()).map(({ path }) => path.split('/').at(-1));
  expect(asked.filter((one) => one !== 'openid-configuration' && one !== 'jwk_uri')).toEqual([]);
});

test('the support contact of the site is shown in Help', async ({ launch }) => {
  const contact = 'IT service desk, extension 1234, day and night';
  const { page } = await launch({ policy: { supportContact: contact } });
  await page.keyboard.press('F1');
  await expect(page.getByRole('dialog', { name: 'Help' })).toContainText(contact);
});

test('a trainer makes CP-IS fail, sees who would have been notified, and mends it again', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ args: [`--training-control=${simulator.control}`] });
  const training = viewer.page.getByRole('dialog', { name: 'Training' });
  const open = () => chooseInMenu(viewer.page, 'Training');
  await viewer.signIn();
  await open();
  await expect(training).toContainText('Nothing yet.');
  const lost = training.getByRole('checkbox', {
    name: 'CP-IS notifies the local authority, and its answer is lost',
  });
  // It is ticked when the simulator has taken the fault.
  await lost.click();
  await expect(lost).toBeChecked();
  await training.getByRole('button', { name: 'Close' }).click();
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await open();
  const row = training.getByRole('row').nth(1);
  await expect(row).toContainText('999 000 0018');
  await expect(row).toContainText('Synthetic Borough Council');
  await training.getByRole('button', { name: 'Everything works again' }).click();
  await expect(training).toContainText('Nothing yet.');
  await training.getByRole('button', { name: 'Close' }).click();
  await viewer.findAnother();
  await viewer.ask('looked-after', 'scheduled', 'found');
});

test('no other edition has the buttons of a trainer', async ({ signedOut: viewer }) => {
  await expect(viewer.page.getByRole('button', { name: 'Help' })).toBeVisible();
  await expect(viewer.page.getByRole('button', { name: 'Training' })).toHaveCount(0);
});

test('Diagnostics names the services and the last errors, and no person', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('pds.read', { kind: 'html' });
  await viewer.enterNumber(simulator.patient('looked-after').nhsNumber);
  await expect(page.getByRole('alert')).toBeVisible();
  await chooseInMenu(page, 'Diagnostics');
  const diagnostics = page.getByRole('dialog', { name: 'Diagnostics' });
  await expect(diagnostics).toContainText('SIMULATOR');
  await expect(diagnostics).toContainText(new URL(simulator.control).hostname);
  await expect(diagnostics).toContainText(/Proxy\s*None/);
  const cells = diagnostics.getByRole('row').nth(1).getByRole('cell');
  await expect(cells.nth(1)).toHaveText(
    'Something between this computer and the service answered in its place.',
  );
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
  await viewer.signIn();
  await viewer.ask('looked-after', 'unscheduled', 'history');
  const bundle = await saveSupportBundle(viewer);
  const waits = viewer.page.getByRole('term').filter({ hasText: 'Waits of the last checks' }).locator('+ dd');
  await expect(waits).toHaveText(/^\d\d:\d\d \d+\.\d s$/);
  expect(bundle).toContain('SIMULATOR');
  const { nhsNumber, family, given } = simulator.patient('looked-after');
  const environment = JSON.stringify(simulator.environment);
  const keys = [/"apiKey":"([^"]+)"/, /"d":"([^"]+)"/].map((key) => key.exec(environment)?.[1] ?? '');
  const secrets = [...keys, ...(await simulator.secrets()), simulator.userName('nurse')];
  for (const secret of [nhsNumber, family, given[0] ?? '', ...secrets]) expect(bundle).not.toContain(secret);
});
