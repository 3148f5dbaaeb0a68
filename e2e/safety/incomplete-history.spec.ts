import { cpisRequests } from '../cpis-requests.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

const failures = {
  'cannot be reached': { kind: 'reset' },
  'breaks off': { kind: 'truncate' },
  'is a proxy’s page': { kind: 'html' },
  'is refused': { kind: 'status', status: 403 },
  fails: { kind: 'status', status: 500 },
  'is damaged': { kind: 'body', contentType: 'application/fhir+json', body: '{"resourceType":"Bundle"' },
} as const;

for (const [failure, fault] of Object.entries(failures)) {
  test(`H15: when the history ${failure}, the plan stands and the history says that it could not be read`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    const { page } = viewer;
    await simulator.fault('cpis.audit-event', fault);
    await viewer.ask('child-protection', 'unscheduled');
    const history = page.getByRole('region', { name: 'Previously viewed by' });
    await expect(history).toContainText(
      'The history could not be read. The records above do not depend on it.',
    );
    await expect(history).toContainText(/Support reference \S+/);
    await expect(history.getByRole('table')).toHaveCount(0);
    await expect(history).not.toContainText('No earlier checks');
    await expectScreen(page, 'found');
    await expect(page.getByRole('article', { name: 'Child protection plan (CPP)' })).toContainText(
      '020 7946 0102',
    );
  });
}

test('H15: while the history is awaited the plan is shown already', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.audit-event', { kind: 'hold' });
  await viewer.ask('child-protection', 'scheduled');
  await expect.poll(simulator.held).toBe(1);
  await expectScreen(page, 'found');
  await expect(page.getByRole('article', { name: 'Child protection plan (CPP)' })).toBeVisible();
  await expect(page.getByText('Reading who has checked before…')).toBeVisible();
  await simulator.clearFaults();
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
});

test('H4: reading the history again notifies no local authority', async ({ signedIn: viewer, simulator }) => {
  await simulator.fault('cpis.audit-event', { kind: 'html' }, { times: 1 });
  await viewer.ask('child-protection', 'unscheduled');
  const history = viewer.page.getByRole('region', { name: 'Previously viewed by' });
  await history.getByRole('button', { name: 'Read again' }).click();
  await expect(history.getByRole('table')).toBeVisible();
  // The button is gone, and the focus is not lost with it.
  await expect(history.getByRole('heading')).toBeFocused();
  expect((await cpisRequests(simulator)).map(({ unscheduled }) => unscheduled)).toEqual([
    'true',
    'false',
    'false',
  ]);
  expect(await simulator.notifications()).toHaveLength(1);
});
