import { expect, test, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';

async function sayYes({ page }: Viewer): Promise<void> {
  await checkAgainDialogue(page).getByRole('button', { name: 'Check again' }).click();
}

async function sayNo({ page }: Viewer): Promise<void> {
  await checkAgainDialogue(page).getByRole('button', { name: 'Cancel' }).click();
  await expect(checkAgainDialogue(page)).toBeHidden();
}

test('H4: "Check again" in unscheduled care asks first, and sends only after the yes', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'reset' }, { times: 1, handled: true });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await expect(
    page.getByText('The local authority may have been notified of this attendance.'),
  ).toBeVisible();

  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(checkAgainDialogue(page)).toContainText(
    'Checking again may notify the local authority again.',
  );
  await sayNo(viewer);
  await expectScreen(page, 'couldNotCheck');
  expect(await simulator.notifications()).toHaveLength(1);

  await page.getByRole('button', { name: 'Check again' }).click();
  expect(await simulator.notifications()).toHaveLength(1);
  await sayYes(viewer);
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(2);
});

test('H4: Escape is a no', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 }, { times: 1 });
  await viewer.ask('child-protection', 'unscheduled');
  await page.getByRole('button', { name: 'Check again' }).click();
  await checkAgainDialogue(page).press('Escape');
  await expect(checkAgainDialogue(page)).toBeHidden();
  await expectScreen(page, 'couldNotCheck');
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: the second click of a double click on "Check again" is not the yes', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 }, { times: 1 });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 1_000);
  await page.getByRole('button', { name: 'Check again' }).click();
  const yes = checkAgainDialogue(page).getByRole('button', { name: 'Check again' });
  // `click` waits for a busy button to become enabled. A real mouse does not.
  await yes.dispatchEvent('click');
  await expect(checkAgainDialogue(page)).toBeVisible();
  expect(await simulator.notifications()).toEqual([]);
  await page.clock.runFor(1_000);
  await yes.click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H4: "Check again" in scheduled care needs no yes, since it does not notify', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.care-team', { kind: 'html' }, { times: 1 });
  await viewer.ask('child-protection', 'scheduled', 'couldNotCheck');
  await viewer.page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(viewer.page, 'found');
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: the same patient again in the same session asks first, and says when it was asked before', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await viewer.findAnother();

  await viewer.ask('child-protection', 'unscheduled');
  await expect(checkAgainDialogue(page)).toContainText(
    /was checked for this patient in unscheduled care before: .*\d\d:\d\d/,
  );
  expect(await simulator.notifications()).toHaveLength(1);
  await sayNo(viewer);
  await expectScreen(page, 'confirm');
  expect(await simulator.notifications()).toHaveLength(1);

  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await sayYes(viewer);
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(2);
});

test('H4: a lock forgets the patient, but not that this user has asked about them', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await viewer.lock();
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(checkAgainDialogue(page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H4: another patient is asked about at once', async ({ signedIn: viewer, simulator }) => {
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await viewer.findAnother();
  await viewer.ask('looked-after', 'unscheduled', 'found');
  expect((await simulator.notifications()).map(({ nhsNumber }) => nhsNumber)).toEqual([
    simulator.patient('child-protection').nhsNumber,
    simulator.patient('looked-after').nhsNumber,
  ]);
});

test('H4: a change of role does not forget whom the user has asked about', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  const signInAs = async (role: RegExp) => {
    await viewer.signIn('several-roles', role);
  };
  await signInAs(/^Nurse Access Role/);
  await viewer.ask('looked-after', 'unscheduled', 'found');
  await signInAs(/^Midwife Access Role/); // which may not notify
  await signInAs(/^Nurse Access Role/);
  await viewer.ask('looked-after', 'unscheduled');
  await expect(checkAgainDialogue(page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});
