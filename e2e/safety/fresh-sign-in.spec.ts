import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

/** How many browser sessions the sign-in windows have had, up to the one that is open. */
function signInSessions({ app }: Viewer): Promise<number> {
  return app.evaluate(({ BrowserWindow }) => {
    const seen: Set<unknown> = Reflect.get(globalThis, 'seenSessions') ?? new Set();
    Reflect.set(globalThis, 'seenSessions', seen);
    for (const window of BrowserWindow.getAllWindows())
      if (window.getParentWindow() !== null) seen.add(window.webContents.session);
    return seen.size;
  });
}

test('H14: each sign-in has a browser session of its own', async ({ viewer }) => {
  for (const expected of [1, 2]) {
    const window = await viewer.openSignIn();
    expect(await signInSessions(viewer)).toBe(expected);
    await window.close();
    await expectScreen(viewer.page, 'signIn');
  }
});
