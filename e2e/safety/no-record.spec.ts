/** H1: "no record" is not "no concern". */
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

const sentence =
  'No CP-IS record was found for this NHS number. This does not mean that there are no safeguarding concerns.';

/** Everything that the screen says; nothing else can comfort. */
async function expectOnlyTheSentence({ page }: Viewer): Promise<void> {
  await expectScreen(page, 'noRecord');
  const lines = (await page.getByRole('main').innerText()).split('\n').filter((line) => line.trim() !== '');
  expect(lines).toEqual([
    'No CP-IS record found',
    'Print',
    'Find another patient',
    expect.stringMatching(/^Retrieved \d\d:\d\d, /),
    sentence,
  ]);
}

for (const patient of ['no-record', 'other-flags', 'twin-one']) {
  test(`H1: "${patient}" gets the fixed sentence and nothing that could comfort`, async ({ viewer }) => {
    await viewer.signIn();
    await viewer.ask(patient, 'unscheduled');
    await expectOnlyTheSentence(viewer);
    await expect(viewer.page.getByText(/unscheduled care: the local authority has been told/)).toBeVisible();
  });
}
