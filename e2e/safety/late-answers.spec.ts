import type { Page } from '@playwright/test';
import type { Simulator, SyntheticPatient } from '../../simulator/client.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { askAndHold, findAndHold, releaseHeld } from '../held-check.ts';
import { expectScreen } from '../screens.ts';

const first = 'child-protection';
const second = 'looked-after';

/** Asks about the first patient, and leaves before CP-IS has answered. */
async function askAndLeave(viewer: Viewer, simulator: Simulator): Promise<void> {
  await askAndHold(viewer, simulator, first, 'scheduled');
  await viewer.page.getByRole('button', { name: 'Not this patient' }).click();
}

async function expectOnly(page: Page, shown: SyntheticPatient, other: SyntheticPatient): Promise<void> {
  const banner = page.getByRole('region', { name: 'Patient', exact: true });
  await expect(banner).toContainText(shown.given[0] ?? '');
  const text = await page.locator('body').innerText();
  expect(text).not.toContain(other.given[0] ?? '');
  expect(text.replaceAll(/\s/g, '')).not.toContain(other.nhsNumber);
}

test('H3: the answer about a patient who was left is dropped, also while the next is being confirmed', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askAndLeave(viewer, simulator);
  await viewer.find(second);
  await releaseHeld(viewer, simulator);
  await expectScreen(page, 'confirm');
  await expectOnly(page, simulator.patient(second), simulator.patient(first));
  await expect(page.getByText('Child protection plan')).toHaveCount(0);
});

test('H3: the answer about a patient who was left, come after the next patient’s, changes nothing', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askAndLeave(viewer, simulator);
  await viewer.ask(second, 'scheduled', 'found');
  await releaseHeld(viewer, simulator);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article', { name: 'Looked after child' })).toBeVisible();
  await expectOnly(page, simulator.patient(second), simulator.patient(first));
});

test('H3: two answers that come at the same moment go to their own patients', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askAndLeave(viewer, simulator);
  await simulator.fault('cpis.care-team', { kind: 'hold' });
  await viewer.ask(second, 'scheduled');
  await expect.poll(simulator.held).toBe(2);
  await releaseHeld(viewer, simulator);
  await expectScreen(page, 'found');
  await expect(page.getByRole('article', { name: 'Looked after child' })).toBeVisible();
  await expectOnly(page, simulator.patient(second), simulator.patient(first));
});

test('H3: a history that comes late is not shown with the next patient', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.audit-event', { kind: 'hold' }, { times: 1 });
  await viewer.ask('long-history', 'scheduled', 'found');
  await expect.poll(simulator.held).toBe(1);
  await viewer.findAnother();
  await viewer.ask(second, 'scheduled');
  await releaseHeld(viewer, simulator);
  await expect(page.getByRole('table', { name: 'Previously viewed by' }).getByRole('row')).toHaveCount(3);
  await expectOnly(page, simulator.patient(second), simulator.patient('long-history'));
});

test('H3: a trace that comes late does not put another patient in place of the one asked for', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await findAndHold(viewer, simulator, first);
  await viewer.find(second);
  await releaseHeld(viewer, simulator);
  await expectScreen(page, 'confirm');
  await expectOnly(page, simulator.patient(second), simulator.patient(first));
});

test('H3: a trace whose number is changed in the field leads nowhere', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await findAndHold(viewer, simulator, first);
  await page.getByLabel('NHS number').fill('999');
  await releaseHeld(viewer, simulator);
  await expectScreen(page, 'find');
  await expect(page.getByRole('region', { name: 'Patient', exact: true })).toHaveCount(0);
  // Nor does the main process's word on the trace that was dropped come to the screen.
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('H5: leaving a patient while an unscheduled question is on its way says that it may have notified', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await askAndHold(viewer, simulator, first, 'unscheduled');
  await page.getByRole('button', { name: 'Not this patient' }).click();
  await expectScreen(page, 'find');
  await expect(page.getByRole('alert')).toContainText('The local authority may have been notified');
});

for (const { leave, arrives } of [
  { leave: 'Lock', arrives: 'locked' },
  { leave: 'Sign out', arrives: 'signIn' },
] as const) {
  test(`H10: an answer that comes after "${leave}" shows nothing`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    const { page } = viewer;
    await askAndHold(viewer, simulator, first, 'scheduled');
    await (leave === 'Lock' ? viewer.lock() : viewer.signOut());
    await expectScreen(page, arrives);
    await releaseHeld(viewer, simulator);
    await expectScreen(page, arrives);
    const { given, nhsNumber } = simulator.patient(first);
    const html = await page.content();
    const clinical = [given[0] ?? '', nhsNumber, 'Child protection plan', 'Synthetic Borough Council'];
    for (const text of clinical) expect(html).not.toContain(text);
    // Nor on coming back.
    await viewer.signIn();
    await expect(page.getByRole('region', { name: 'Patient', exact: true })).toHaveCount(0);
  });
}
