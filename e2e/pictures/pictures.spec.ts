/**
 * Pictures of the screens, from the states that the accessibility tests go through: for the README and the user guide
 * (`npm run pictures`), and for `npm start` where there is no display. Not a test: run in a project of its own.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { type Picture, states } from '../access/states.ts';
import { expect, required, test } from '../fixtures.ts';

const folder = required('CPIS_VIEWER_PICTURES');
const mainJobOnly = process.env['CPIS_VIEWER_PICTURES_OF_MAIN_JOB'] !== undefined;

const signInWindow: Picture = {
  file: 'sign-in-window',
  sentence: "The identity provider's own page, in a window of its own.",
  mainJob: true,
};
const paper: Picture = {
  file: 'printed',
  sentence: 'On paper: the patient, the answer, and who printed it and when.',
};

const isWanted = (picture: Picture) => !mainJobOnly || picture.mainJob === true;

async function take(page: Page, { file }: Picture): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${file}.png`), animations: 'disabled', caret: 'hide' });
}

for (const { picture, launch: options = {}, reach } of states) {
  if (picture === undefined || !isWanted(picture)) continue;
  test(picture.sentence, async ({ launch, simulator }) => {
    const viewer = await launch(options);
    await reach(viewer, simulator);
    await take(viewer.page, picture);
  });
}

test(signInWindow.sentence, async ({ viewer, simulator }) => {
  const window = await viewer.openSignIn();
  await expect(window.getByRole('button', { name: simulator.userName('nurse') })).toBeVisible();
  await take(window, signInWindow);
});

if (isWanted(paper))
  test(paper.sentence, async ({ viewer }) => {
    const { page } = viewer;
    await viewer.signIn();
    await viewer.ask('child-protection', 'scheduled', 'history');
    await page.emulateMedia({ media: 'print' });
    // The width of an A4 page, and the margins that a screen has not.
    await page.setViewportSize({ width: 794, height: 640 });
    await page.evaluate(() => {
      document.body.style.padding = '45px';
    });
    await take(page, paper);
  });

test('the page that shows them', async () => {
  const [signIn, ...rest] = states.flatMap(({ picture }) => (picture === undefined ? [] : [picture]));
  const pictures = [signIn, signInWindow, ...rest, paper].filter((each) => each !== undefined);
  const entries = pictures
    .filter(isWanted)
    .map(({ file, sentence }) => `${sentence}\n\n![${sentence}](${file}.png)\n`);
  const introduction = 'Taken against the simulator: every person in them is synthetic.';
  await writeFile(
    path.join(folder, 'README.md'),
    ['# The screens', '', introduction, '', ...entries].join('\n'),
  );
});
