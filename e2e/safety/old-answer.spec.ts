import { cpisRequests } from '../cpis-requests.ts';
import { expect, type Launch, test, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';

/** A signed-in viewer whose page has Playwright's clock. */
async function signInWithClock(launch: Launch): Promise<Viewer> {
  const viewer = await launch({ environment: { session: { coverResultMinutes: 1 } } });
  await viewer.signIn();
  await viewer.page.clock.install();
  return viewer;
}

/** Shows a result and lets more than a minute go by for the page. */
async function expireAnswer(launch: Launch, careSetting: 'unscheduled' | 'scheduled'): Promise<Viewer> {
  const viewer = await signInWithClock(launch);
  const { page } = viewer;
  await viewer.ask('child-protection', careSetting, 'history');
  // The page's clock goes on by itself meanwhile: a busy machine takes some seconds for these lines.
  await page.clock.fastForward(40_000);
  await expectScreen(page, 'found');
  await page.clock.fastForward(21_000);
  await expectScreen(page, 'outOfDate');
  return viewer;
}

test('H12: after the set time the answer is hidden, and nothing is checked by itself', async ({
  launch,
  simulator,
}) => {
  const { page } = await expireAnswer(launch, 'unscheduled');
  const { given } = simulator.patient('child-protection');
  await expect(page.getByRole('article')).toHaveCount(0);
  await expect(page.getByRole('table')).toHaveCount(0);
  // Whose answer it was stays in view.
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toContainText(given[0] ?? '');
  await expect(page.getByText(/^This answer is from \d\d-\w{3}-\d{4} \d\d:\d\d/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Print' })).toHaveCount(0);
  expect(await cpisRequests(simulator)).toHaveLength(2);
});

test('H12: a clock that is set back does not keep an answer on the screen', async ({ launch }) => {
  const viewer = await signInWithClock(launch);
  const { page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'found');
  await page.clock.fastForward(40_000);
  await page.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() - 40_000;
  });
  await page.clock.fastForward(31_000);
  await expectScreen(page, 'outOfDate');
});

test('H12: "Show this answer" shows it as what it is: old', async ({ launch, simulator }) => {
  const { page } = await expireAnswer(launch, 'unscheduled');
  await page.getByRole('button', { name: 'Show this answer' }).click();
  await expectScreen(page, 'found');
  await expect(page.getByText(/This answer is from .* It may have changed since/)).toBeVisible();
  expect(await cpisRequests(simulator)).toHaveLength(2);
  await page.clock.fastForward(61_000);
  await expectScreen(page, 'outOfDate');
});

test('H4: "Check again" of an answer that may be out of date in unscheduled care asks first', async ({
  launch,
  simulator,
}) => {
  const { page } = await expireAnswer(launch, 'unscheduled');
  await expect(page.getByText('Checking again may notify the local authority again.')).toBeVisible();
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(checkAgainDialogue(page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
  await page.clock.runFor(1_000);
  await checkAgainDialogue(page).getByRole('button', { name: 'Check again' }).click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(2);
});

test('H12: "Check again" in scheduled care replaces the answer', async ({ launch, simulator }) => {
  const { page } = await expireAnswer(launch, 'scheduled');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(page, 'found');
  await expect(page.getByText(/It may have changed since/)).toHaveCount(0);
  expect(await simulator.notifications()).toEqual([]);
});

for (const outcome of ['no-record', 'cpis-denied'] as const) {
  test(`H12: the outcome "${outcome}" is hidden too`, async ({ launch }) => {
    const viewer = await signInWithClock(launch);
    const { page } = viewer;
    await viewer.ask(outcome, 'scheduled');
    await expectScreen(page, outcome === 'no-record' ? 'noRecord' : 'denied');
    await page.clock.fastForward(61_000);
    await expectScreen(page, 'outOfDate');
    await expect(page.locator('main')).not.toContainText('No CP-IS record was found');
  });
}

test('H12: every outcome says when it was checked', async ({ signedIn: viewer, simulator }) => {
  for (const patient of ['child-protection', 'no-record', 'cpis-denied']) {
    await viewer.ask(patient, 'scheduled');
    await expect(viewer.page.getByText(/^(Retrieved|Tried) \d\d:\d\d\. Scheduled care/)).toBeVisible();
    await viewer.findAnother();
  }
  await simulator.fault('cpis.care-team', { kind: 'html' });
  await viewer.ask('looked-after', 'scheduled');
  await expect(viewer.page.getByText(/^Tried \d\d:\d\d\. Scheduled care/)).toBeVisible();
});
