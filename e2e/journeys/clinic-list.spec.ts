import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { finishTrail, siteKey } from '../audit/trail.ts';
import {
  checkAll,
  checkSix,
  finished,
  lineOf,
  openClinicList,
  row,
  withClinicLists,
} from '../clinic-list.ts';
import { cpisRequests } from '../cpis-requests.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, type Launch, test, type Viewer } from '../fixtures.ts';
import { findAndHold } from '../held-check.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { chooseFile } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { scan, wristbandOf } from '../wristband.ts';

test.use({ sharedLaunch: withClinicLists });

async function start(launch: Launch): Promise<Viewer> {
  const viewer = await launch({ ...withClinicLists, environment: siteKey });
  await viewer.signIn();
  return viewer;
}

test('H22: six lines, each with an outcome of its own; every read is silent, and in the trail before it is sent', async ({
  launch,
  simulator,
}) => {
  const viewer = await start(launch);
  await checkSix(viewer, simulator);
  const { page } = viewer;
  await expect(
    page.getByText('4 checked: 1 record found, 1 no record, 2 could not be checked. 2 to check by hand.', {
      exact: true,
    }),
  ).toBeVisible();
  await expect(row(viewer, 1)).toContainText(
    /^1TESTCHILD, Amber.*999 000 0018CP-IS record found\d\d-\w{3}-\d{4} \d\d:\d\d.*Open/,
  );
  await expect(row(viewer, 2)).toContainText('No CP-IS record found');
  await expect(row(viewer, 3)).toContainText('Access denied');
  await expect(row(viewer, 4)).toContainText('Could not checkThe service is not working properly.'); // H2
  await expect(row(viewer, 5)).toContainText('Check by handThe date of birth in the list is not the one');
  await expect(row(viewer, 5)).not.toContainText(simulator.patient('looked-after').family); // H3
  await expect(row(viewer, 6)).toContainText('Check by handThis is not a valid NHS number');
  expect(new Set((await cpisRequests(simulator)).map(({ unscheduled }) => unscheduled))).toEqual(
    new Set(['false']),
  );
  expect(await simulator.notifications()).toEqual([]);
  const entries = await finishTrail(viewer);
  const steps = entries.filter(({ event }) => /^(patient-trace|cpis)/.test(event));
  expect(steps.map(({ event }) => event)).toEqual([
    ...Array(4).fill(['patient-trace', 'patient-trace-outcome', 'cpis-query', 'cpis-outcome']).flat(),
    'patient-trace',
    'patient-trace-outcome',
  ]);
  const traces = entries.filter(({ event }) => event === 'patient-trace');
  expect(new Set(traces.map(({ from }) => from))).toEqual(new Set(['clinic-list']));
  const queries = entries.filter(({ event }) => event === 'cpis-query');
  expect(queries.map(({ patient, careSetting, mayNotify }) => [patient, careSetting, mayNotify])).toEqual(
    ['child-protection', 'no-record', 'cpis-denied', 'unborn'].map((key) => [
      simulator.patient(key).nhsNumber,
      'scheduled',
      false,
    ]),
  );
});

test('a row opens its result from memory, a further check is in the list, and the way leads back', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'status', status: 500 }, { times: 3 });
  await checkAll(
    viewer,
    ['child-protection', 'no-record'].map((key) => lineOf(simulator.patient(key))),
  );
  await finished(viewer);
  const before = (await cpisRequests(simulator)).length;
  await row(viewer, 2).getByRole('button', { name: /^Open/ }).click();
  await expectScreen(page, 'noRecord');
  await expect(page.getByText(/^Retrieved \d\d:\d\d\. Scheduled care: nobody is notified\.$/)).toBeVisible();
  expect(await cpisRequests(simulator)).toHaveLength(before);
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await row(viewer, 1).getByRole('button', { name: /^Open/ }).click();
  await expectScreen(page, 'couldNotCheck');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(page, 'found');
  await page.getByRole('button', { name: 'Back to the list' }).click();
  await expect(row(viewer, 1)).toContainText('CP-IS record found');
  await expect(
    page.getByText('2 checked: 1 record found, 1 no record, 0 could not be checked.', { exact: true }),
  ).toBeVisible();
});

test('H3: a launch or a band for the patient of an open row: asks, and then opens the patient for a check as any launch', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  const patient = simulator.patient('child-protection');
  await checkAll(viewer, [lineOf(patient)]);
  await finished(viewer);
  await row(viewer, 1).getByRole('button', { name: /^Open/ }).click();
  await expectScreen(page, 'found');
  const question = page.getByRole('dialog', { name: 'Open this patient again?' });
  const words = `Your record system has sent this patient. This closes the answer of the clinic list for ${patient.family}`;
  await openLink(profile, linkTo(patient));
  await expect(question).toContainText(words);
  await question.getByRole('button', { name: 'Stay with this answer' }).click();
  await expectScreen(page, 'found');
  await scan(page, wristbandOf(patient));
  await expect(question).toContainText('You scanned the wristband of this patient.');
  await question.getByRole('button', { name: 'Stay with this answer' }).click();
  await openLink(profile, linkTo(patient));
  await question.getByRole('button', { name: 'Close this answer and open the patient' }).click();
  await expectScreen(page, 'confirm');
  await expect(page.getByText(/^Opened by your record system at/)).toBeVisible();
  await viewer.check('unscheduled', 'found');
  expect(await simulator.notifications()).toHaveLength(1);
  await viewer.findAnother();
  await openClinicList(viewer);
  await expect(row(viewer, 1)).toContainText('CP-IS record found');
});

test('H3: opening the list drops the patient who is being looked for: the list stays, and they are open nowhere', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  const child = simulator.patient('child-protection');
  await findAndHold(viewer, simulator, 'child-protection');
  await openClinicList(viewer);
  const field = page.getByLabel('NHS numbers and dates of birth');
  await field.fill(lineOf(child));
  await simulator.release();
  await expect.poll(() => simulator.held()).toBe(0);
  await expect(field).toHaveValue(lineOf(child));
  await page.getByRole('button', { name: 'Find a patient' }).click();
  await openLink(profile, linkTo(child));
  await expectScreen(page, 'confirm');
  await expect(page.getByText('Opened by your record system')).toBeVisible();
});

test('H22: a single check goes first, and the list goes on by itself', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('pds.read', { kind: 'hold' }, { times: 1 });
  await checkAll(
    viewer,
    ['no-record', 'looked-after', 'unborn'].map((key) => lineOf(simulator.patient(key))),
  );
  await page.getByRole('button', { name: 'Find a patient' }).click();
  await expect.poll(() => simulator.held()).toBe(1);
  await simulator.fault('cpis.care-team', { kind: 'hold' }, { times: 1 });
  await viewer.ask('child-protection', 'scheduled');
  await simulator.release('pds.read');
  await expect.poll(() => simulator.held()).toBe(1);
  const openRequests = async () =>
    (await simulator.requests()).filter(({ state }) => state === 'open').length;
  await expect.poll(openRequests).toBe(1);
  // The list has its answer, and asks nothing while the single check waits, however long the user does something else.
  await chooseInMenu(page, 'Diagnostics');
  await expect(page.getByRole('button', { name: 'Save support bundle' })).toBeVisible();
  await page.keyboard.press('Escape');
  const asked = (await cpisRequests(simulator)).map(({ nhsNumber }) => nhsNumber);
  expect(asked).toEqual([simulator.patient('child-protection').nhsNumber]);
  await simulator.release();
  await expectScreen(page, 'found');
  await viewer.findAnother();
  await expect(page.getByText('3 of 3 done. Finished.')).toBeVisible({ timeout: 30_000 });
  await openClinicList(viewer);
  await expect(
    page.getByText('3 checked: 2 records found, 1 no record, 0 could not be checked.', { exact: true }),
  ).toBeVisible();
});

test('a service that is too busy is asked again when it says, and the screen says when', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.care-team', { kind: 'status', status: 429 }, { times: 1 });
  await checkAll(viewer, [lineOf(simulator.patient('child-protection'))]);
  await expect(
    viewer.page.getByText(/The service is too busy to answer\. The list goes on at \d\d:\d\d\./).first(),
  ).toBeVisible();
  await finished(viewer);
  await expect(row(viewer, 1)).toContainText('CP-IS record found');
});

test('H22: a file is opened, what is wrong with it is named by line, and more than 60 lines are refused', async ({
  launch,
  simulator,
}) => {
  const viewer = await start(launch);
  const { app, page, profile } = viewer;
  const file = path.join(profile, 'clinic.csv');
  await chooseFile(app, file);
  const openFile = async (text: string | Buffer): Promise<void> => {
    await writeFile(file, text, { mode: 0o644 });
    await page.getByRole('button', { name: 'Open a file' }).click();
  };
  await openClinicList(viewer);
  await expect(page.getByText(/Check only patients who have an appointment with you/)).toBeVisible();
  await openFile('PK\u0003\u0004\0\0');
  await expect(page.getByRole('alert')).toContainText('The file is not a text or CSV file.');
  const line = lineOf(simulator.patient('no-record'));
  await openFile(`${line}\r\n`.repeat(61));
  await expect(page.getByText('The list has 61 lines. Enter at most 60: remove 1 line')).toBeVisible();
  await page.getByRole('button', { name: 'Check all' }).click();
  await expect(page.getByRole('alert')).toContainText('The list has 61 lines.');
  await openFile(`NHS number,Date of birth\r\n${line}\r\n9990000018\r\n`);
  await expect(page.getByText('1 patient can be checked. 1 line cannot')).toBeVisible();
  await expect(
    page.getByText('Line 3: The line has no whole date of birth, such as 14/08/2015.'),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Check all' }).click();
  await finished(viewer);
  await expect(row(viewer, 1)).toContainText('No CP-IS record found');
  await expect(row(viewer, 2)).toContainText('39990000018Check by hand');
});

test('is not offered by a site that has not said so, nor by one of unscheduled care alone', async ({
  launch,
}) => {
  const viewer = await launch();
  await viewer.signIn();
  await expect(viewer.page.getByRole('button', { name: 'Clinic list' })).toHaveCount(0);
  const reply = await viewer.page.evaluate(() =>
    window.viewer.request('clinicList.start', { text: '9990000018 14/08/2015' }),
  );
  expect(reply).toMatchObject({ ok: true, value: { kind: 'not-started' } });
  const unscheduledSite = await launch({ ...withClinicLists, environment: { careSetting: 'unscheduled' } });
  await unscheduledSite.signIn();
  await expect(unscheduledSite.page.getByRole('button', { name: 'Clinic list' })).toHaveCount(0);
});
