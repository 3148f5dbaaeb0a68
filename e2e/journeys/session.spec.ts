import { quit } from '../driver/quit.ts';
import { untilPageLeft } from '../driver/viewer-page.ts';
import { expect, test } from '../fixtures.ts';
import { processExists, rendererProcess } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { inGroups } from '../security/support-files.ts';

test('"Change role" asks Care Identity for another role, and the patient is gone', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn('several-roles', /^Nurse Access Role/);
  await viewer.find('looked-after');
  const before = await rendererProcess(app);

  const second = await viewer.openSignIn();
  await expect(page.getByText(simulator.patient('looked-after').given[0] ?? '')).toHaveCount(0);
  await second.getByRole('button', { name: simulator.userName('several-roles') }).click();
  await second.getByRole('button', { name: /^Midwife Access Role/ }).click();
  await expectScreen(page, 'find');
  await expect(page.getByRole('banner')).toContainText('Midwife Access Role, SYNTHETIC CHILD CLINIC');
  expect(await rendererProcess(app)).not.toBe(before);
  const authorisations = (await simulator.requests()).filter(({ path }) => /\/authorize$/.test(path));
  expect(authorisations.map(({ query }) => /changedrole/.test(query['scope'] ?? ''))).toEqual([false, true]);
});

test('a change of role that is cancelled ends locked, and says so', async ({ signedOut: viewer }) => {
  await viewer.signIn('several-roles', /^Nurse Access Role/);
  await (await viewer.openSignIn()).close();
  await expectScreen(viewer.page, 'locked');
  await expect(viewer.page.getByRole('alert')).toContainText('Sign-in was cancelled.');
});

test('a locked screen says who is there, and unlocks by signing in again', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.find('looked-after');
  await untilPageLeft(page, () => page.keyboard.press('Control+l'));
  await expectScreen(page, 'locked');
  await expect(page.getByRole('main')).toContainText(
    `${simulator.userName('nurse')}, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL`,
  );
  // Closing the window leaves it locked, with what happened in words.
  await (await viewer.openSignIn()).close();
  await expectScreen(page, 'locked');
  await expect(page.getByRole('alert')).toContainText('Sign-in was cancelled.');
  await viewer.signIn();
  await expect(page.getByLabel('NHS number')).toHaveValue('');
});

test('a locked screen lets a user sign out', async ({ signedIn: viewer }) => {
  await viewer.lock();
  await viewer.signOut();
});

test('H10: sign-out leaves nothing: page, process and profile folder', async ({ viewer, simulator }) => {
  const { app, page, profile } = viewer;
  const patient = simulator.patient('looked-after');
  await viewer.signIn();
  await viewer.ask('looked-after', 'unscheduled', 'history');
  const before = await rendererProcess(app);

  await viewer.signOut();
  const html = await page.content();
  const clinical = [patient.nhsNumber, patient.family, patient.given[0] ?? ''];
  for (const text of [...clinical, simulator.userName('nurse')]) expect(html).not.toContain(text);
  expect(await rendererProcess(app)).not.toBe(before);
  await expect.poll(() => processExists(before)).toBe(false);
  expect(await page.evaluate(() => history.length)).toBe(1);

  await quit(app);
  const left = [...clinical, inGroups(patient.nhsNumber), ...(await simulator.secrets())];
  expect(await filesHolding(profile, left)).toEqual([]);
  // Who has asked is in the audit trail, and nowhere else.
  const named = await filesHolding(profile, [simulator.userName('nurse')]);
  expect(named.filter((file) => !file.startsWith('data/audit/'))).toEqual([]);
});

test('a session that Care Identity ends leaves a locked screen, and says so', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.settings({ accessTokenSeconds: 4 });
  await viewer.signIn();
  await viewer.find('looked-after');
  await simulator.fault('platform.token', { kind: 'status', status: 403 });
  await expectScreen(page, 'locked');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(page.getByText(simulator.patient('looked-after').given[0] ?? '')).toHaveCount(0);
});
