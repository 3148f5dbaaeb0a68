/** H22: a clinic list that is stopped, left or locked; what leaves the window of it; and what script can do with it. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Simulator } from '../../simulator/client.ts';
import { finishTrail, siteKey } from '../audit/trail.ts';
import { checkAll, finished, lineOf, openClinicList, row, withClinicLists } from '../clinic-list.ts';
import { cpisRequests } from '../cpis-requests.ts';
import { pagesOf } from '../doubles/print-system.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { releaseHeld } from '../held-check.ts';
import { chooseFile, mainHeap } from '../main-process.ts';
import { test as base } from '../own-display.ts';
import { expectScreen, windowTitle } from '../screens.ts';
import { scan, wristbandOf } from '../wristband.ts';

const test = base.extend({
  sharedLaunch: [({ workerDisplay: { env } }, use) => use({ ...withClinicLists, env }), { scope: 'worker' }],
});

const clinic = ['looked-after', 'no-record', 'unborn'] as const;

/** The first line is checked, and the second waits at PDS. */
async function checkUntilSecond(viewer: Viewer, simulator: Simulator): Promise<void> {
  await simulator.fault('pds.read', { kind: 'hold' }, { after: 1, times: 1 });
  await checkAll(
    viewer,
    clinic.map((key) => lineOf(simulator.patient(key))),
  );
  await expect.poll(() => simulator.held()).toBe(1);
  await expect(row(viewer, 1)).toContainText('CP-IS record found');
}

test('H22: a stop ends the list at once: the rest is counted as not checked, and nothing more is sent', async ({
  signedIn: viewer,
  simulator,
}) => {
  await checkUntilSecond(viewer, simulator);
  await viewer.page.getByRole('button', { name: 'Stop' }).click();
  const summary = '1 checked: 1 record found, 0 no record, 0 could not be checked. 2 not checked.';
  await expect(viewer.page.getByText(summary, { exact: true })).toBeVisible();
  await expect(row(viewer, 2)).toContainText('Not checked');
  // The viewer may fetch the keys of the next sign-in meanwhile.
  const aboutPatients = async () =>
    (await simulator.requests()).filter(({ server }) => server === 'platform').length;
  const before = await aboutPatients();
  await releaseHeld(viewer, simulator);
  await expect(row(viewer, 2)).toContainText('Not checked');
  expect(await aboutPatients()).toBe(before);
  // The first row keeps its result.
  await row(viewer, 1).getByRole('button', { name: /^Open/ }).click();
  await expectScreen(viewer.page, 'found');
});

test('H22: a pause sends nothing until the list goes on', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await checkUntilSecond(viewer, simulator);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('1 of 3 done. Paused.').first()).toBeVisible();
  await releaseHeld(viewer, simulator);
  await expect(row(viewer, 2)).toContainText('Waiting');
  expect(await cpisRequests(simulator)).toHaveLength(1);
  await page.getByRole('button', { name: 'Continue' }).click();
  await finished(viewer);
  expect(await cpisRequests(simulator)).toHaveLength(3);
});

test('H10: a lock ends the list and leaves nothing of it in the page or in the memory of the main process', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await checkUntilSecond(viewer, simulator);
  const traces = [simulator.patient('looked-after').given[0] ?? '', simulator.patient('unborn').nhsNumber];
  const found = (heap: string) => traces.filter((trace) => heap.includes(trace));
  expect(found(await mainHeap(viewer)), 'the search finds what is there').toEqual(traces);
  await viewer.lock();
  const before = (await cpisRequests(simulator)).length;
  await simulator.release();
  for (const trace of traces) expect(await page.content()).not.toContain(trace);
  await expect.poll(async () => found(await mainHeap(viewer))).toEqual([]);
  await viewer.signIn();
  const replies = await page.evaluate(async () => {
    const { request } = window.viewer;
    return [
      await request('clinicList.read'),
      await request('clinicList.openRow', { line: 1 }),
      await request('window.print'),
    ].map(({ value }) => value);
  });
  expect(replies).toMatchObject([undefined, { kind: 'gone' }, { kind: 'cancelled' }]);
  await openClinicList(viewer);
  await expect(page.getByLabel('NHS numbers and dates of birth')).toHaveValue('');
  expect(await cpisRequests(simulator)).toHaveLength(before);
});

test('H22: a list is closed by a sign-out only after a yes', async ({ signedIn: viewer, simulator }) => {
  await checkAll(viewer, [lineOf(simulator.patient('no-record'))]);
  await finished(viewer);
  await chooseInMenu(viewer.page, 'Sign out');
  const question = viewer.page.getByRole('dialog', { name: 'Close?' });
  await expect(question).toContainText('Your clinic list will be closed if you sign out.');
  await question.getByRole('button', { name: 'Stay', exact: true }).click();
  await expect(row(viewer, 1)).toContainText('No CP-IS record found');
  await viewer.signOut();
});

test('H4: from a list no check in unscheduled care can be sent, not even by script', async ({
  signedIn: viewer,
  simulator,
}) => {
  await checkAll(viewer, [lineOf(simulator.patient('looked-after'))]);
  await finished(viewer);
  await viewer.page.evaluate(() => {
    const { request } = window.viewer;
    // The user's own press opens the row, and script sends the check behind it.
    document.addEventListener('click', () => {
      void request('clinicList.openRow', { line: 1 }).then(({ value }) => {
        const check = { context: value?.patient?.context, careSetting: 'unscheduled', repeat: 'again' };
        void request('cpis.check', check).then((reply) => Reflect.set(window, 'forced', reply.value));
      });
    });
  });
  await row(viewer, 1).click();
  await expect
    .poll(() => viewer.page.evaluate(() => Reflect.get(window, 'forced') as unknown))
    .toMatchObject({ kind: 'not-asked', fault: { kind: 'request-refused' } });
  expect(await simulator.notifications()).toEqual([]);
});

test('H3: a file that is opened over typed lines is one step of the field: Undo brings the typed lines back', async ({
  ownDisplay: display,
  launch,
  simulator,
}) => {
  const viewer = await launch({ ...withClinicLists, env: display.env });
  const { app, page, profile } = viewer;
  const field = page.getByLabel('NHS numbers and dates of birth');
  const [typed, read] = ['looked-after', 'unborn'].map((key) => lineOf(simulator.patient(key)));
  await viewer.signIn();
  await openClinicList(viewer);
  await display.focus(windowTitle);
  await field.focus();
  await display.type(`${typed}`);
  await expect(field).toHaveValue(`${typed}`);
  const file = path.join(profile, 'clinic.csv');
  await writeFile(file, `NHS,dob\r\n${read}\r\n`, { mode: 0o644 });
  await chooseFile(app, file);
  await page.getByRole('button', { name: 'Open a file' }).click();
  const fromFile = `NHS,dob\n${read}\n`;
  await expect(field).toHaveValue(fromFile);
  await expect(field).toBeFocused();
  await display.press('ctrl+z');
  await expect(field).toHaveValue(`${typed}`);
  await expect(page.getByText('1 patient can be checked.')).toBeVisible();
  await display.press('ctrl+y');
  await expect(field).toHaveValue(fromFile);
  await page.getByRole('button', { name: 'Check all' }).click();
  await expect(row(viewer, 1)).toContainText(simulator.patient('unborn').family);
});

test('H14: a file that is chosen once the viewer has locked goes nowhere', async ({ launch, simulator }) => {
  const viewer = await launch(withClinicLists);
  const { app, page, profile } = viewer;
  const patient = simulator.patient('looked-after');
  const file = path.join(profile, 'clinic.csv');
  await writeFile(file, lineOf(patient), { mode: 0o644 });
  await viewer.signIn();
  await openClinicList(viewer);
  const choose = await app.evaluateHandle(({ dialog }, filePath) => {
    const dialogue = { open: false, choose: () => undefined as undefined };
    dialog.showOpenDialog = () =>
      new Promise((resolve) => {
        dialogue.open = true;
        dialogue.choose = () => void resolve({ canceled: false, filePaths: [filePath] });
      });
    return dialogue;
  }, file);
  await page.getByRole('button', { name: 'Open a file' }).click();
  await expect.poll(() => choose.evaluate(({ open }) => open)).toBe(true);
  await viewer.lock();
  await viewer.signIn('second-nurse');
  await openClinicList(viewer);
  await choose.evaluate((dialogue) => dialogue.choose());
  // A second dialogue comes after what the first has caused.
  await page.getByRole('button', { name: 'Open a file' }).click();
  await expect(page.getByLabel('NHS numbers and dates of birth')).toHaveValue('');
  expect(await mainHeap(viewer)).not.toContain(lineOf(patient));
});

for (const leave of ['Lock', 'Close this list']) {
  test(`H17: a copied list is taken off the clipboard: ${leave}`, async ({
    ownDisplay: display,
    launch,
    simulator,
  }) => {
    const viewer = await launch({ ...withClinicLists, env: display.env });
    await viewer.signIn();
    await checkAll(viewer, [lineOf(simulator.patient('no-record'))]);
    await finished(viewer);
    await viewer.page.getByRole('button', { name: 'Copy the list' }).click();
    await expect.poll(() => display.read('clipboard')).toContain('CP-IS clinic list');
    await viewer.page.getByRole('button', { name: leave, exact: true }).click();
    await expect.poll(() => display.read('clipboard')).toBe('');
  });
}

test('H17: the list is copied as text and saved as PDF, each recorded first', async ({
  ownDisplay: display,
  launch,
  simulator,
}) => {
  const viewer = await launch({ ...withClinicLists, env: display.env, environment: siteKey });
  const { app, page } = viewer;
  await viewer.signIn();
  await checkAll(viewer, [lineOf(simulator.patient('no-record')), '9990000019 14/08/2015']);
  await finished(viewer);
  await page.getByRole('button', { name: 'Copy the list' }).click();
  await expect.poll(() => display.read('clipboard')).toContain('CP-IS clinic list');
  const text = await display.read('clipboard');
  expect(text).toContain(
    '1 checked: 0 records found, 1 no record, 0 could not be checked. 1 to check by hand.',
  );
  expect(text).toContain('does not mean that there are no safeguarding concerns'); // H1
  const file = path.join(viewer.profile, 'list.pdf');
  await chooseFile(app, file);
  await page.getByRole('button', { name: 'Save as PDF', exact: true }).click();
  await expect(page.getByText('Saved as PDF.')).toBeVisible();
  const [paper = ''] = await pagesOf(file);
  for (const words of [
    'Environment: SIMULATOR',
    'No CP-IS record found',
    'Check by hand',
    'Printed by Nora',
  ]) {
    expect(paper).toContain(words);
  }
  expect(await finishTrail(viewer, /^(copied|save-pdf)/)).toMatchObject([
    { event: 'copied' },
    { event: 'save-pdf' },
    { event: 'save-pdf-outcome', outcome: 'saved' },
  ]);
});

test('H17: where the site allows neither copy nor print, the list offers neither', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({
    policy: { ...withClinicLists.policy, copyForRecord: false, printing: false },
  });
  await viewer.signIn();
  await checkAll(viewer, [lineOf(simulator.patient('no-record'))]);
  await finished(viewer);
  await expect(viewer.page.getByRole('button', { name: /Copy|Print|PDF/ })).toHaveCount(0);
});

test('H4: a wristband that was scanned before the list is not looked for again when the list is left', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('pds.read', { kind: 'status', status: 400 }, { times: 1 });
  await scan(page, wristbandOf(simulator.patient('child-protection')));
  await expect(page.getByRole('alert')).toBeVisible();
  await openClinicList(viewer);
  await page.getByRole('button', { name: 'Find a patient' }).click();
  await expectScreen(page, 'find');
  await expect(page.getByLabel('NHS number')).toHaveValue('');
  const traces = (await simulator.requests()).filter(({ path }) => path.includes('/Patient/'));
  expect(traces).toHaveLength(1);
});
