import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { processExists, rendererProcess } from '../main-process.ts';
import { filesHolding } from '../security/folder-search.ts';
import { inGroups } from '../security/support-files.ts';

/** Not the one whose number is the example beside the field. */
const patient = 'looked-after';

test('H10: nothing of a patient is in the profile, the log or a cache', async ({ viewer, simulator }) => {
  const { app, profile } = viewer;
  await viewer.signIn();
  await viewer.ask(patient, 'unscheduled', 'history');
  await viewer.lock();
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 });
  await viewer.ask(patient, 'scheduled', 'couldNotCheck');
  await quit(app);

  // The search finds what is there.
  expect(await filesHolding(profile, ['SIMULATOR'])).toContain('data/logs/viewer.log');
  const { nhsNumber, given } = simulator.patient(patient);
  const phones = ['01632 960201', '01632960201'];
  const clinical = [nhsNumber, inGroups(nhsNumber), given[0] ?? '', 'Testshire', ...phones, 'Invented'];
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
  const { host } = new URL(simulator.addresses.cis2);
  expect(await filesHolding(profile, [host])).toEqual(['environment.json']);
});

test('H10: the process that showed the patient ends with the lock', async ({ signedIn: viewer }) => {
  await viewer.ask(patient, 'scheduled', 'found');
  const before = await rendererProcess(viewer.app);
  await viewer.lock();
  await expect.poll(() => processExists(before)).toBe(false);
});

test('H10: another patient’s screen holds nothing of the one before', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.ask(patient, 'scheduled', 'history');
  await viewer.findAnother();
  const { nhsNumber, given } = simulator.patient(patient);
  for (const text of [nhsNumber, given[0] ?? '', 'Testshire', 'Invented']) {
    expect((await viewer.page.content()).replaceAll(/\s/g, '')).not.toContain(text);
  }
});
