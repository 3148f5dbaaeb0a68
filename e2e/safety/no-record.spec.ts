import { expect, test, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';

const sentence =
  'No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.';

const notTold = /Unscheduled care: do not assume that a local authority is notified\.$/;

/** Everything that the screen says; nothing else can comfort. */
async function expectOnlyTheSentence({ page }: Viewer): Promise<void> {
  await expectScreen(page, 'noRecord');
  const lines = (await page.getByRole('main').innerText()).split('\n').filter((line) => line.trim() !== '');
  expect(lines).toEqual([
    'No CP-IS record found',
    'Copy for the record',
    'Print',
    'Save as PDF',
    'Next patient',
    expect.stringMatching(/^Retrieved \d\d:\d\d\. /),
    sentence,
    'What to do now',
    "If you are worried about this child, phone the local authority's children's services now. Find children's services (opens your browser)",
    'Follow your safeguarding procedure.',
    'CP-IS does not show brothers and sisters, or a plan made today.',
  ]);
}

for (const patient of ['no-record', 'other-flags', 'twin-one']) {
  test(`H1: "${patient}" gets the fixed sentence, what to do, and nothing that could comfort`, async ({
    signedIn: viewer,
  }) => {
    await viewer.ask(patient, 'unscheduled');
    await expectOnlyTheSentence(viewer);
    await expect(viewer.page.getByText(notTold)).toBeVisible();
  });
}

test('H1, H4, H5: in unscheduled care no record does not say that a local authority is notified, and a repeat needs a yes', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await viewer.ask('no-record', 'unscheduled', 'noRecord');
  await expect(page.getByText('the local authority is notified')).toHaveCount(0);
  await viewer.findAnother();
  await viewer.ask('no-record', 'unscheduled');
  await expect(checkAgainDialogue(page)).toBeVisible();
  expect(await simulator.notifications()).toHaveLength(1);
});
