/** The menu of a field, with a real mouse and the menu key; what is copied from it obeys the rule of the clipboard (H17). */
import { finishTrail, siteKey } from '../audit/trail.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { type OwnDisplay, test } from '../own-display.ts';
import { expectScreen, windowTitle } from '../screens.ts';

async function openField(viewer: Viewer, display: OwnDisplay) {
  const field = viewer.page.getByLabel('NHS number');
  await field.click();
  await display.focus(windowTitle);
  const box = await field.boundingBox();
  if (box === null) throw new Error('no field');
  const bounds = await viewer.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getContentBounds(),
  );
  const at = { x: (bounds?.x ?? 0) + box.x + 30, y: (bounds?.y ?? 0) + box.y + box.height / 2 };
  const windows = await display.windowCount();
  return {
    field,
    /** By the mouse, or by a key; waits until the menu is there. */
    async openMenu(key?: string) {
      await expect.poll(display.windowCount).toBe(windows); // the menu before has closed
      await (key === undefined ? display.click(at.x, at.y, 3) : display.press(key));
      await expect.poll(display.windowCount).toBe(windows + 1);
    },
  };
}

/** Goes down to the item of this place and presses it. */
async function choose(display: OwnDisplay, place: number): Promise<void> {
  await display.press(...Array.from({ length: place }, () => 'Down'), 'Return');
}

/** What is pressed first where a text has changed and some of it is selected: the menu passes over what has nothing to do. */
const undo = 1;
const cut = 2;
const copy = 3;

test('H3: a field has Cut, Copy, Paste and Select all by mouse, and what is copied is recorded', async ({
  ownDisplay: display,
  launch,
}) => {
  const viewer = await launch({ env: display.env, environment: siteKey });
  await viewer.signIn();
  const { field, openMenu } = await openField(viewer, display);
  await display.offer('clipboard', '999 000 0018');
  await openMenu();
  await choose(display, 1); // Paste: those before it have nothing to do yet
  await expect(field).toHaveValue('999 000 0018');
  await openMenu();
  await choose(display, 3); // Select all, below Undo and Paste
  await expect.poll(() => viewer.page.evaluate(() => String(getSelection()))).toBe('999 000 0018');
  await display.offer('clipboard', 'a shopping list');
  await openMenu();
  await choose(display, copy);
  await expect.poll(() => display.read('clipboard')).toBe('999 000 0018');
  await openMenu();
  await choose(display, cut);
  await expect(field).toHaveValue('');
  expect(await finishTrail(viewer, /^copied$/)).toHaveLength(2);
});

test('the menu opens by the keyboard too', async ({ display, signedIn: viewer }) => {
  const { field, openMenu } = await openField(viewer, display);
  await display.type('999');
  await display.press('ctrl+a');
  await openMenu('Menu');
  await choose(display, cut);
  await expect(field).toHaveValue('');
  await expect.poll(() => display.read('clipboard')).toBe('999');
  await openMenu('shift+F10');
  await choose(display, 2); // Paste, below Undo
  await expect(field).toHaveValue('999');
});

test('H3: Undo and Redo, by menu and by key, show only what was in the field', async ({
  display,
  signedIn: viewer,
}) => {
  const { field, openMenu } = await openField(viewer, display);
  await display.type('9990');
  await expect(field).toHaveValue('999 0');
  await display.offer('clipboard', 'Mother: 999 000 0018');
  await display.press('ctrl+v');
  await expect(field).toHaveValue('999 000 0018');
  await openMenu();
  await choose(display, undo);
  await expect(field).toHaveValue('999 0');
  await openMenu();
  await choose(display, 2); // Redo, below Undo
  await expect(field).toHaveValue('999 000 0018');
  await display.press('ctrl+z');
  await expect(field).toHaveValue('999 0');
  await display.press('ctrl+y');
  await expect(field).toHaveValue('999 000 0018');
  await display.press('ctrl+z', 'ctrl+z', 'ctrl+z');
  await expect(field).toHaveValue('999');
  await display.press('ctrl+shift+z');
  await expect(field).toHaveValue('9990');
});

test('H10: Undo brings back nothing from before another patient or a lock', async ({
  display,
  signedIn: viewer,
}) => {
  const { page } = viewer;
  const { field } = await openField(viewer, display);
  const expectNothingBack = async () => {
    await expectScreen(page, 'find');
    await expect(field).toBeFocused();
    await display.focus(windowTitle);
    await display.press('ctrl+z', 'ctrl+y', 'ctrl+z');
    // Keys are taken in their order: when this one has come, the others have.
    await display.type('7');
    await expect(field).toHaveValue('7');
    await display.press('BackSpace');
  };
  await display.type('9990000018');
  await display.press('Return');
  await expectScreen(page, 'confirm');
  await page.getByRole('button', { name: 'Not this patient' }).click();
  await expectNothingBack();
  await display.type('9990000018');
  await viewer.lock();
  await viewer.signIn();
  await expectNothingBack();
});
