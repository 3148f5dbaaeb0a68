/** H10: what was on the screen is nowhere else, and gone with the patient, the lock and the end. */

import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { processExists, rendererProcess } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';

/** Not the one whose number is the example beside the field. */
const patient = 'looked-after';

test('H10: nothing of a patient is in the profile, the log or a cache', async ({ viewer, simulator }) => {
  const { app, page, profile } = viewer;
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled');
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
  await viewer.lock();
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 });
  await viewer.ask(patient, 'scheduled', 'couldNotCheck');
  await quit(app);

  // The search finds what is there.
  expect(await filesHolding(profile, ['SIMULATOR'])).toContain('data/logs/viewer.log');
  const { nhsNumber, given } = simulator.patient(patient);
  const spaced = `${nhsNumber.slice(0, 3)} ${nhsNumber.slice(3, 6)} ${nhsNumber.slice(6)}`;
  const clinical = [
    nhsNumber,
    spaced,
    given[0] ?? '',
    'Testshire',
    '01632 960201',
    '01632960201',
    'Invented',
  ];
  expect(await filesHolding(profile, clinical)).toEqual([]);
  // Who has asked is in the audit trail, and nowhere else.
  const named = await filesHolding(profile, [simulator.userName('nurse')]);
  expect(named.filter((file) => !file.startsWith('data/audit/'))).toEqual([]);
});

test('H10: the session that Electron keeps on the disk serves no page and holds nothing', async ({
  viewer,
  simulator,
}) => {
  const { app, profile } = viewer;
  const window = await viewer.openSignIn();
  const ofPages = () =>
    app.evaluate(({ webContents, session }) =>
      webContents
        .getAllWebContents()
        .map(({ session: own }) => own !== session.defaultSession && !own.isPersistent()),
    );
  expect(await ofPages()).toEqual([true, true]);
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await viewer.ask(patient, 'unscheduled', 'found');
  expect(await ofPages()).toEqual([true]);
  const kept = await app.evaluate(async ({ session: { defaultSession } }) => [
    (await defaultSession.cookies.get({})).length,
    await defaultSession.getCacheSize(),
  ]);
  expect(kept).toEqual([0, 0]);
  await quit(app);
  // Not even which services were spoken to.
  const { cis2 } = simulator.environment as { readonly cis2: { readonly issuer: string } };
  const { host } = new URL(cis2.issuer);
  const holding = await filesHolding(profile, [host]);
  expect(holding).toEqual(['environment.json']);
});

test('H10: the process that showed the patient ends with the lock', async ({ signedIn: viewer }) => {
  const { app } = viewer;
  await viewer.ask(patient, 'scheduled', 'found');
  const before = await rendererProcess(app);
  await viewer.lock();
  await expect.poll(() => processExists(before)).toBe(false);
});

test('H10: another patient’s screen holds nothing of the one before', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask(patient, 'scheduled');
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
  await page.getByRole('button', { name: 'Next patient' }).click();
  await expectScreen(page, 'find');
  const { nhsNumber, given } = simulator.patient(patient);
  for (const text of [nhsNumber, given[0] ?? '', 'Testshire', 'Invented']) {
    expect((await page.content()).replaceAll(/\s/g, '')).not.toContain(text);
  }
});
