/** H17: a telephone number on the clipboard outlives the screen that it came from. */
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

const number = '02079460102';

async function copyNumber({ app, page, ...viewer }: Viewer): Promise<void> {
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled');
  await expectScreen(page, 'found');
  await page.getByRole('button', { name: /^Copy Emergency duty team/ }).click();
  await expect.poll(() => clipboardText({ app })).toBe(number);
}

function clipboardText({ app }: Pick<Viewer, 'app'>): Promise<string> {
  return app.evaluate(async ({ clipboard }) => clipboard.readText());
}

for (const { leave, arrives } of [
  { leave: 'Lock', arrives: 'locked' },
  { leave: 'Sign out', arrives: 'signIn' },
] as const) {
  test(`H17: a number that was copied is gone from the clipboard after a ${leave.toLowerCase()}`, async ({
    viewer,
  }) => {
    await copyNumber(viewer);
    await viewer.page.getByRole('button', { name: leave, exact: true }).click();
    await expectScreen(viewer.page, arrives);
    await expect.poll(() => clipboardText(viewer)).toBe('');
  });
}

test('H17: what somebody else has put on the clipboard since stays there', async ({ viewer }) => {
  await copyNumber(viewer);
  await viewer.app.evaluate(async ({ clipboard }) => clipboard.writeText('a shopping list'));
  await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expectScreen(viewer.page, 'locked');
  expect(await clipboardText(viewer)).toBe('a shopping list');
});
