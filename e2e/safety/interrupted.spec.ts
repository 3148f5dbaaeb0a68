/**
 * H4, H5: a lock, a crash or a lost display comes between an unscheduled check and its answer. That it may have notified is
 * said, now or at the next start, and the same user does not notify again without a yes. No patient is kept for it.
 */
import { once } from 'node:events';
import type { Simulator } from '../../simulator/client.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from '../audit/trail.ts';
import { openInvisibleDisplay } from '../driver/display.ts';
import { expect, type Launch, test, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { crashPage, kill } from '../main-process.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { inGroups } from '../security/support-files.ts';
import { patient, showResult } from './shown-result.ts';

const sentence = /The answer to an unscheduled check was not shown: .*\d\d:\d\d.*may have been notified/;

async function startAgain(launch: Launch, { profile }: Viewer): Promise<Viewer> {
  return launch({ profile, environment: siteKey });
}

/** An unscheduled check that CP-IS has and does not answer. */
async function askWithoutAnswer(viewer: Viewer, simulator: Simulator): Promise<void> {
  await viewer.signIn();
  await askAndHold(viewer, simulator, patient, 'unscheduled');
}

test('H4: after a crash the same user is asked before a child may be asked about twice', async ({
  launch,
  simulator,
}) => {
  const first = await launch({ environment: siteKey });
  await showResult(first);
  await kill(first);
  const { nhsNumber } = simulator.patient(patient);
  expect(await filesHolding(first.profile, [nhsNumber, inGroups(nhsNumber)])).toEqual([]);

  const second = await startAgain(launch, first);
  await second.signIn();
  await second.ask(patient, 'unscheduled');
  const dialogue = checkAgainDialogue(second.page);
  await expect(dialogue).toContainText(
    /ended before you signed out.*last at .*\d\d:\d\d.*may have been this patient/,
  );
  await dialogue.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialogue).toBeHidden();
  expect(await simulator.notifications()).toHaveLength(1);

  // A sign-out ends it, as it ends what a running viewer remembers.
  await second.signOut();
  await second.signIn();
  await second.ask(patient, 'unscheduled', 'found');
});

test('H14: after a crash another user is not told that one before has asked', async ({
  launch,
  simulator,
}) => {
  const first = await launch({ environment: siteKey });
  await showResult(first);
  await kill(first);
  const second = await startAgain(launch, first);
  await second.signIn('second-nurse');
  await second.ask(patient, 'unscheduled', 'found');
  expect((await simulator.notifications()).map(({ name }) => name)).toEqual([
    simulator.userName('nurse'),
    simulator.userName('second-nurse'),
  ]);
});

test('H5: a lock that leaves an unscheduled check without its answer says that it may have notified', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askWithoutAnswer(viewer, simulator);
  await viewer.lock();
  await expect(page.getByRole('alert')).toContainText(sentence);
  expect(await page.content()).not.toContain(simulator.patient(patient).family);
  await simulator.clearFaults();
  await viewer.signIn();
  await expect(page.getByRole('alert')).toContainText(sentence);
  await viewer.find('no-record');
  await expect(page.getByText(sentence)).toHaveCount(0);
});

test('H5: a lock after the answer says nothing of the kind', async ({ signedOut: viewer }) => {
  await showResult(viewer);
  await viewer.lock();
  await expect(viewer.page.getByText(sentence)).toHaveCount(0);
});

test('H5: a crash of the page that leaves an unscheduled check without its answer says that it may have notified', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await askWithoutAnswer(viewer, simulator);
  await crashPage(app);
  await expectScreen(page, 'find');
  await expect(page.getByRole('alert')).toContainText(sentence);
});

test('H5: a viewer that was killed while an unscheduled check was on its way says so at its next start', async ({
  launch,
  simulator,
}) => {
  const first = await launch({ environment: siteKey });
  await askWithoutAnswer(first, simulator);
  await kill(first);
  const second = await startAgain(launch, first);
  await expectScreen(second.page, 'signIn');
  await expect(second.page.getByRole('alert')).toContainText(sentence);
  const entries = await exportTrail(second.profile);
  expect(events(entries).slice(-2)).toEqual(['started', 'session-interrupted']);
  expect(entries.at(-1)).toMatchObject({ actor: { role: 'Nurse Access Role' } });
  expect((await auditCommand('verify', auditFolder(second.profile))).code).toBe(0);
});

test('H5: so does one that was quit', async ({ launch, simulator }) => {
  const first = await launch({ environment: siteKey });
  await askWithoutAnswer(first, simulator);
  await kill(first, 'SIGTERM');
  const second = await startAgain(launch, first);
  await expect(second.page.getByRole('alert')).toContainText(sentence);
  expect(events(await exportTrail(second.profile))).not.toContain('session-interrupted');
});

test('H5: so does one that has lost its display', async ({ launch, simulator }) => {
  const display = await openInvisibleDisplay();
  const first = await launch({ environment: siteKey, env: display.env });
  await askWithoutAnswer(first, simulator);
  const ended = once(first.app.process(), 'exit');
  await display.close();
  await ended;
  const second = await startAgain(launch, first);
  await expect(second.page.getByRole('alert')).toContainText(sentence);
  expect(events(await exportTrail(second.profile))).toContain('session-interrupted');
});
