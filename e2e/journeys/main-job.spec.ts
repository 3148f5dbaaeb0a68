import { expect, test } from '../fixtures.ts';

test('from sign-in to answer: a child with a plan, in unscheduled care', async ({
  signedOut: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await expect(page.getByRole('heading', { name: 'CP-IS Viewer' })).toBeVisible();
  await expect(page.getByText('SIMULATOR')).toBeVisible();
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'found');
  await expect(
    page.getByText(
      /Unscheduled care: the local authority is notified of this attendance\. This is not a referral\./,
    ),
  ).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});
