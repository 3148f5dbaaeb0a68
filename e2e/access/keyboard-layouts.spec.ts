/** Shortcuts with real keys on real layouts: a test presses a physical key, as a user does. */
import { expect } from '../fixtures.ts';
import { test } from '../own-display.ts';
import { expectScreen } from '../screens.ts';

/** X's numbers for places: 46 is L on QWERTY, 33 is P there and L on Dvorak, 19 is 0, 21 is "=". */
const layouts = [
  { layout: 'gb', lock: 'ctrl+46', larger: 'ctrl+21', usual: 'ctrl+19' },
  { layout: 'ru', lock: 'ctrl+46', larger: 'ctrl+21', usual: 'ctrl+19' },
  { layout: 'gr', lock: 'ctrl+46', larger: 'ctrl+21', usual: 'ctrl+19' },
  { layout: 'us -variant dvorak', lock: 'ctrl+33', larger: 'ctrl+35', usual: 'ctrl+19' },
  { layout: 'fr', lock: 'ctrl+46', larger: 'ctrl+21', usual: 'ctrl+19' },
] as const;

for (const { layout, lock, larger, usual } of layouts) {
  test(`Ctrl with L, plus and zero work on the keyboard layout ${layout}`, async ({
    display,
    signedIn: viewer,
  }) => {
    await display.setLayout(layout);
    const zoom = () =>
      viewer.app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.getZoomFactor(),
      );
    await display.press(larger);
    await expect.poll(zoom).toBeCloseTo(1.1);
    await display.press(usual);
    await expect.poll(zoom).toBe(1);
    await display.press(lock);
    await expectScreen(viewer.page, 'locked');
  });
}
