import { cpisRequests } from '../cpis-requests.ts';
import { careLabels, expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

test('each care setting says what it means for the local authority', async ({ signedIn: viewer }) => {
  await viewer.find('looked-after');
  const group = viewer.page.getByRole('group', { name: 'Care setting' });
  await expect(group.getByRole('radio', { name: careLabels.unscheduled })).toHaveAccessibleDescription(
    /This child is here now\. Your name, role and organisation, date and time go to the local authority\./,
  );
  await expect(group.getByRole('radio', { name: careLabels.scheduled })).toHaveAccessibleDescription(
    /No entry is made in the list of checks\./,
  );
});

test('H4: a role with B0170 alone is not offered the view that notifies, and is told why', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.signIn('scheduled-only');
  await viewer.find('looked-after');
  const unscheduled = page.getByRole('radio', { name: careLabels.unscheduled });
  await expect(unscheduled).toBeDisabled();
  await expect(unscheduled).toHaveAccessibleDescription(/B0170/);
  await expect(page.getByRole('radio', { name: careLabels.scheduled })).toBeChecked();
  await page.getByRole('button', { name: 'Check CP-IS' }).click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toEqual([]);
});

test('a role that lists no CP-IS code is warned, and the service has the last word', async ({
  signedOut: viewer,
}) => {
  await viewer.signIn('uncertain-allowed');
  await viewer.find('looked-after');
  await expect(viewer.page.getByRole('radio', { name: careLabels.scheduled })).toHaveAccessibleDescription(
    /CP-IS may refuse/,
  );
  await viewer.check('scheduled', 'found');
});

for (const careSetting of ['unscheduled', 'scheduled'] as const) {
  test(`a site that allows ${careSetting} care only shows it, with its consequence`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ environment: { careSetting } });
    const { page } = viewer;
    await viewer.signIn();
    await viewer.find('looked-after');
    const group = page.getByRole('group', { name: 'Care setting' });
    await expect(group).toContainText(careLabels[careSetting]);
    await expect(group).toContainText('Your organisation has set this for this computer.');
    await expect(page.getByRole('radio')).toHaveCount(0);
    await page.getByRole('button', { name: 'Check CP-IS' }).click();
    await expectScreen(page, 'found');
    const [plans] = await cpisRequests(simulator);
    expect(plans?.unscheduled).toBe(String(careSetting === 'unscheduled'));
  });
}

test('H5: the answer says what the question did', async ({ signedIn: viewer }) => {
  await viewer.ask('looked-after', 'unscheduled');
  await expect(
    viewer.page.getByText(
      /\. Unscheduled care: the local authority is notified of this attendance\. This is not a referral\.$/,
    ),
  ).toBeVisible();
  await viewer.findAnother();
  await viewer.ask('no-record', 'scheduled');
  await expect(viewer.page.getByText(/\. Scheduled care: nobody is notified\.$/)).toBeVisible();
});
