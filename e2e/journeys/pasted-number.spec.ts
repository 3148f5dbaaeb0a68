/** Texts from another program's clipboard, pasted into the field "NHS number" by a real key. */
import { expect, type Viewer } from '../fixtures.ts';
import { type OwnDisplay, test } from '../own-display.ts';
import { expectScreen } from '../screens.ts';

async function paste({ page }: Viewer, display: OwnDisplay, text: string): Promise<void> {
  await display.offer('clipboard', text);
  await page.getByLabel('NHS number').focus();
  await display.press('ctrl+v');
}

test('the one NHS number in a pasted text is taken, in place of what stood in the field', async ({
  display,
  signedIn: viewer,
}) => {
  const field = viewer.page.getByLabel('NHS number');
  for (const text of [
    'NHS No: 999 000 0018 (verified)',
    'TESTCHILD, Amber (Miss)  Born 14-Aug-2015 (11y)  Gender Female  NHS No. 999\u00a0000\u00a00018',
    '["TESTCHILD","999-000-0018"]',
    '９９９０００００１８',
    'Tel 01632 960900\r\nNHS 9990000018\r\n',
  ]) {
    await field.fill('999 000 0026');
    await paste(viewer, display, text);
    await expect(field, text).toHaveValue('999 000 0018');
  }
  await viewer.page.keyboard.press('Enter');
  await expectScreen(viewer.page, 'confirm');
});

test('H3: two NHS numbers in a pasted text are asked about, and none is taken before the answer', async ({
  display,
  signedIn: viewer,
  simulator,
}) => {
  const field = viewer.page.getByLabel('NHS number');
  await paste(viewer, display, 'Mother 999 000 0034, child 999 000 0018');
  const question = viewer.page.getByRole('group', { name: /^The text you pasted has 2 NHS numbers/ });
  await expect(question.getByRole('button')).toHaveText(['999 000 0034', '999 000 0018']);
  await expect(field).toHaveValue('');
  await question.getByRole('button', { name: '999 000 0018' }).click();
  await expect(field).toHaveValue('999 000 0018');
  await expect(field).toBeFocused();
  await expect(question).toHaveCount(0);
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

test('H3: an invalid number beside the one that is taken is said, until the field changes', async ({
  display,
  signedIn: viewer,
}) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  const said = page.getByRole('main').getByText('The text you pasted also has a number of 10 digits');
  await paste(viewer, display, 'Child 999 000 0019, mother 999 000 0034');
  await expect(field).toHaveValue('999 000 0034');
  await expect(said).toBeVisible();
  await page.keyboard.press('Backspace');
  await expect(said).toHaveCount(0);
  await paste(viewer, display, 'Mother 999 000 0034');
  await expect(field).toHaveValue('999 000 0034');
  await expect(said).toHaveCount(0);
});

test('H3: a text without a valid NHS number is said to have none, and the field keeps what it had', async ({
  display,
  signedIn: viewer,
}) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  const said = page.getByRole('main').getByText('The text you pasted has no valid NHS number');
  // The field itself would join the two lines to a valid number.
  for (const text of ['99900\n00018', 'TESTCHILD, Amber']) {
    await field.fill('');
    await field.fill('999 0');
    await expect(said).toHaveCount(0);
    await paste(viewer, display, text);
    await expect(said.first()).toBeVisible();
    await expect(field).toHaveValue('999 0');
  }
  await paste(viewer, display, 'NHS No 999 000 0019');
  await expect(field).toHaveValue('999 000 0019');
  await expect(page.getByText('This is not a valid NHS number: check each digit').first()).toBeVisible();
});

test('a part of a number goes in where the caret is', async ({ display, signedIn: viewer }) => {
  const field = viewer.page.getByLabel('NHS number');
  await field.fill('999 000');
  await paste(viewer, display, '0018');
  await expect(field).toHaveValue('999 000 0018');
});

test('a list of patients is not asked about one by one', async ({ display, signedIn: viewer, simulator }) => {
  const list = simulator.patients.map(({ nhsNumber }) => nhsNumber).slice(0, 20);
  await paste(viewer, display, list.join('\n'));
  await expect(
    viewer.page.getByText('The text you pasted has 20 NHS numbers: paste one').first(),
  ).toBeVisible();
  await expect(viewer.page.getByLabel('NHS number')).toHaveValue('');
});
