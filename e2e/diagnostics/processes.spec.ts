/** When a process ends by itself, the screen tells the user, and the log tells the help desk. */
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { answerQuestions, headingOf, kill, rendererProcess } from '../main-process.ts';
import { expectScreen, screens } from '../screens.ts';
import { logEntries } from '../viewer-log.ts';

async function endPageUntilItStays(viewer: Viewer): Promise<void> {
  const { app } = viewer;
  for (let end = 0; end < 3; end += 1) {
    const before = await rendererProcess(app);
    process.kill(before, 'SIGKILL');
    await expect.poll(() => rendererProcess(app)).not.toBe(before);
    await expect.poll(() => headingOf(viewer)).toBe(screens.find);
  }
  process.kill(await rendererProcess(app), 'SIGKILL');
}

test('H21: a page that ends four times in a minute is said to have stopped, with whom to phone, and starts again', async ({
  viewer,
}) => {
  await viewer.signIn();
  const questions = await answerQuestions(viewer.app, ['The screen of CP-IS Viewer has stopped working.']);
  await endPageUntilItStays(viewer);
  await expect.poll(questions).toHaveLength(1);
  // The user presses "Start again".
  await expect.poll(() => headingOf(viewer)).toBe(screens.find);
  const { kind } = (await logEntries(viewer)).find(({ event }) => event === 'fault') ?? {};
  expect(kind).toBe('page-stopped');
});

test('H21: its window has the words of every failure, and closing the application ends it', async ({
  viewer,
}) => {
  await viewer.signIn();
  const shown = await viewer.app.evaluateHandle(({ dialog }) => {
    const boxes: unknown[] = [];
    dialog.showMessageBox = async (...args: unknown[]) => {
      boxes.push(args.at(-1));
      return { response: 1, checkboxChecked: false };
    };
    return boxes;
  });
  const ended = viewer.app.waitForEvent('close');
  const box = shown.evaluate(
    (boxes) =>
      new Promise((resolve) => {
        const look = () => (boxes.length > 0 ? resolve(boxes[0]) : setTimeout(look, 20));
        look();
      }),
  );
  await endPageUntilItStays(viewer);
  expect(await box).toMatchObject({
    message: 'The screen of CP-IS Viewer has stopped working.',
    detail: expect.stringContaining(
      "If you need to know now, phone the local authority's children's services. At night, weekends and bank holidays, ask for the emergency duty team.",
    ),
    buttons: ['Start again', 'Close CP-IS Viewer'],
  });
  await ended;
});

test('H21: a sign-in window whose process ends says so, and the log says which process it was', async ({
  viewer,
}) => {
  const { app, page } = viewer;
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  const processId = await app.evaluate(({ BrowserWindow }) => {
    const [child] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
    return child?.webContents.getOSProcessId() ?? 0;
  });
  process.kill(processId, 'SIGKILL');
  await expect(page.getByRole('alert')).toContainText('The sign-in window has stopped working.');
  await expect(page.getByRole('alert')).toContainText("phone the local authority's children's services");
  await expect
    .poll(() => logEntries(viewer))
    .toContainEqual(expect.objectContaining({ event: 'process-gone', process: 'sign-in', reason: 'killed' }));
  expect(await logEntries(viewer)).toContainEqual(
    expect.objectContaining({ event: 'fault', kind: 'sign-in-stopped' }),
  );
  await viewer.signIn();
});

test('a network process that ends is in the log', async ({ viewer }) => {
  const processId = await viewer.app.evaluate(
    ({ app }) => app.getAppMetrics().find(({ name }) => name === 'Network Service')?.pid ?? 0,
  );
  process.kill(processId, 'SIGKILL');
  await expect
    .poll(() => logEntries(viewer))
    .toContainEqual(expect.objectContaining({ event: 'process-gone', process: 'Utility', reason: 'killed' }));
});

test('H21: a run that did not end in order is in the log of the next start and in Diagnostics; one that did is not', async ({
  launch,
}) => {
  const first = await launch();
  await expectScreen(first.page, 'signIn');
  await kill(first);
  const second = await launch({ profile: first.profile });
  await expect
    .poll(() => logEntries(first))
    .toContainEqual(
      expect.objectContaining({ event: 'former-run', startedAt: expect.stringMatching(/^20.*Z$/) }),
    );
  await chooseInMenu(second.page, 'Diagnostics');
  await expect(second.page.getByText('DID NOT END IN ORDER (started 20')).toBeVisible();
  await quit(second.app);

  const third = await launch({ profile: first.profile });
  await chooseInMenu(third.page, 'Diagnostics');
  await expect(third.page.getByText('Ended in order, or there was none')).toBeVisible();
  const runs = (await logEntries(first)).filter(({ event }) => event === 'former-run');
  expect(runs).toHaveLength(1);
});

test('H21: Diagnostics before anything is asked says "Not known yet", never "none"', async ({ launch }) => {
  // What is fetched ahead of the sign-in would be the first that is asked.
  const viewer = await launch({ policy: { prefetch: false } });
  const { page } = viewer;
  await chooseInMenu(page, 'Diagnostics');
  const value = (name: string) =>
    page.locator('.diagnostics > div', { has: page.getByText(name, { exact: true }) }).locator('dd');
  await expect(value('Certificate issuer')).toHaveText('Not known yet');
  await expect(value('Clock difference')).toHaveText('Not known yet');
  await expect(value('Audit trail')).toHaveText(/^Written/);
  await page.keyboard.press('Escape');
  await viewer.signIn();
  await chooseInMenu(page, 'Diagnostics');
  await expect(value('Clock difference')).toHaveText('None noticed');
});
