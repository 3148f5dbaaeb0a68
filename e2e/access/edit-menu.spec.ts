/** The menu of a field, with a real mouse and the menu key; what is copied from it obeys the rule of the clipboard (H17). */
import { events, exportTrail, siteKey } from '../audit/trail.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { type OwnDisplay, test } from '../own-display.ts';
import { windowTitle } from '../screens.ts';

async function openField(viewer: Viewer, display: OwnDisplay) {
  await viewer.signIn();
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
      await (key === undefined ? display.click(at.x, at.y, 3) : display.press(key));
      await expect.poll(display.windowCount).toBe(windows + 1);
    },
  };
}

/** Goes down to the item of this place and presses it. */
async function choose(display: OwnDisplay, place: number): Promise<void> {
  await display.press(...Array.from({ length: place }, () => 'Down'), 'Return');
}

const cut = 1;
const copy = 2;

test('H3: a field has Cut, Copy, Paste and Select all by mouse, and what is copied is recorded', async ({
  display,
  launch,
}) => {
  const viewer = await launch({ env: display.env, environment: siteKey });
  const { field, openMenu } = await openField(viewer, display);
  await display.offer('clipboard', '999 000 0018');
  await openMenu();
  await choose(display, 1); // Paste: the two before it have nothing to do yet
  await expect(field).toHaveValue('999 000 0018');
  await openMenu();
  await choose(display, 2); // Select all, below Paste
  await expect.poll(() => viewer.page.evaluate(() => String(getSelection()))).toBe('999 000 0018');
  await display.offer('clipboard', 'a shopping list');
  await openMenu();
  await choose(display, copy);
  await expect.poll(() => display.read('clipboard')).toBe('999 000 0018');
  await openMenu();
  await choose(display, cut);
  await expect(field).toHaveValue('');
  await quit(viewer.app);
  expect(events(await exportTrail(viewer.profile)).filter((event) => event === 'copied')).toHaveLength(2);
});

test('the menu opens by the keyboard too', async ({ display, launch }) => {
  const viewer = await launch({ env: display.env });
  const { field, openMenu } = await openField(viewer, display);
  await display.type('999');
  await display.press('ctrl+a');
  await openMenu('Menu');
  await choose(display, cut);
  await expect(field).toHaveValue('');
  await expect.poll(() => display.read('clipboard')).toBe('999');
  await openMenu('shift+F10');
  await choose(display, 1);
  await expect(field).toHaveValue('999');
});
