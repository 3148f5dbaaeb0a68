import { cpisChecks, cpisRequests } from '../cpis-requests.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

test('H4: unscheduled care notifies the local authority once, and reading the history does not', async ({
  signedIn: viewer,
  simulator,
}) => {
  await viewer.ask('child-protection', 'unscheduled', 'history');
  const { nhsNumber } = simulator.patient('child-protection');
  expect(await cpisRequests(simulator)).toEqual([
    { resource: 'CareTeam', nhsNumber, unscheduled: 'true' },
    { resource: 'AuditEvent', nhsNumber, unscheduled: 'false' },
  ]);
  expect(await simulator.notifications()).toMatchObject([{ nhsNumber, request: 'CareTeam', header: 'true' }]);
});

test('H4: scheduled care notifies no local authority', async ({ signedIn: viewer, simulator }) => {
  await viewer.ask('child-protection', 'scheduled', 'history');
  await expect(viewer.page.getByText(/Scheduled care: nobody is notified/)).toBeVisible();
  const { nhsNumber } = simulator.patient('child-protection');
  expect(await cpisRequests(simulator)).toEqual([
    { resource: 'CareTeam', nhsNumber, unscheduled: 'false' },
    { resource: 'AuditEvent', nhsNumber, unscheduled: 'false' },
  ]);
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: a double click asks once', async ({ signedIn: viewer, simulator }) => {
  await viewer.find('child-protection');
  await viewer.chooseCare('unscheduled');
  await viewer.page.getByRole('button', { name: 'Check CP-IS' }).dblclick();
  await expectScreen(viewer.page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H4: pressing again and again while the answer is awaited asks once', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'hold' });
  await viewer.ask('child-protection', 'unscheduled');
  await expect.poll(simulator.held).toBe(1);
  const check = page.getByRole('button', { name: 'Check CP-IS' });
  await check.press('Enter');
  await check.press('Space');
  // `click` waits for a busy button to become enabled. A real mouse does not.
  await check.dispatchEvent('click');
  await page.getByRole('radio', { name: /^Unscheduled care/ }).press('Enter');
  await simulator.clearFaults();
  await expectScreen(page, 'found');
  expect(await cpisChecks(simulator)).toHaveLength(1);
  expect(await simulator.notifications()).toHaveLength(1);
});

const failures = {
  'a connection that breaks': { kind: 'reset' },
  'an answer that breaks off': { kind: 'truncate' },
  'a failing service': { kind: 'status', status: 503 },
  'a busy service': { kind: 'status', status: 429 },
  'a proxy in between': { kind: 'html' },
} as const;

for (const [failure, fault] of Object.entries(failures)) {
  test(`H4: after ${failure}, an unscheduled question is not sent again by itself`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    // The service has notified before anything goes wrong, which the viewer cannot know.
    await simulator.fault('cpis.care-team', fault, { handled: true });
    await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
    expect(await cpisRequests(simulator)).toHaveLength(1);
    expect(await simulator.notifications()).toHaveLength(1);
  });
}

test('H4, H21: a scheduled check, which does not notify, is sent again after a passing failure', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.care-team', { kind: 'status', status: 503 }, { times: 2 });
  await viewer.ask('looked-after', 'scheduled', 'found');
  const plans = await cpisChecks(simulator);
  expect(plans.map(({ unscheduled }) => unscheduled)).toEqual(['false', 'false', 'false']);
});

test('H4: an unscheduled question is not repeated after its sign-in was renewed', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.care-team', { kind: 'status', status: 401 }, { times: 1 });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await expect(viewer.page.getByText('The local authority was not notified.')).toBeVisible();
  expect(await cpisRequests(simulator)).toHaveLength(1);
  expect(await simulator.notifications()).toEqual([]);
});

test('H4: a scheduled question is repeated once after its sign-in was renewed', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.care-team', { kind: 'status', status: 401 }, { times: 1 });
  await viewer.ask('child-protection', 'scheduled', 'found');
  const plans = await cpisChecks(simulator);
  expect(plans).toHaveLength(2);
});
