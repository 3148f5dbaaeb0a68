/** What a screen reader is told, by Chromium's own accessibility tree. */
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { spokenNodes } from './accessibility-tree.ts';

/** Collects what the live region says from now on. */
async function listen({ page }: Viewer): Promise<() => Promise<readonly string[]>> {
  const said = await page.evaluateHandle(() => {
    const messages: string[] = [];
    const regions = '[role="status"], [role="alert"], [aria-live]';
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const region = (target instanceof Element ? target : target.parentElement)?.closest(regions);
        const text = region?.textContent?.trim() ?? '';
        if (text !== '' && text !== messages.at(-1)) messages.push(text);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    return messages;
  });
  return () => said.jsonValue();
}

test('each screen has one main landmark and one main heading, which is read out first', async ({
  signedOut: viewer,
}) => {
  const { page } = viewer;
  const expectOne = async (heading: string) => {
    await expect(page.getByRole('main')).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  };
  await expectOne('CP-IS Viewer');
  await viewer.signIn();
  await expectOne('Find a patient');
  await viewer.find('child-protection');
  await expectOne('Confirm patient');
  await expect(page.getByRole('heading', { name: 'Confirm patient' })).toBeFocused();
  await viewer.check('scheduled');
  await expectOne('CP-IS record found');
  await expect(page.getByRole('heading', { name: 'CP-IS record found' })).toBeFocused();
});

for (const [patient, screen, heading] of [
  ['no-record', 'noRecord', 'No CP-IS record found'],
  ['cpis-denied', 'denied', 'Access denied'],
] as const) {
  test(`the outcome "${heading}" is read out, and so is the way there`, async ({
    signedIn: viewer,
    simulator,
  }) => {
    const { page } = viewer;
    await simulator.fault('cpis.care-team', { kind: 'hold' });
    await viewer.find(patient);
    const said = await listen(viewer);
    await viewer.check('scheduled');
    await expect.poll(said).toContain('Checking CP-IS');
    await simulator.clearFaults();
    await expectScreen(page, screen);
    // A focused heading is what a screen reader reads next.
    await expect(viewer.page.getByRole('heading', { level: 1, name: heading })).toBeFocused();
  });
}

test('H1: what was said on the way to an answer is not read below it', async ({
  signedIn: viewer,
  simulator,
}) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'hold' });
  await viewer.ask('no-record', 'scheduled');
  await expect(page.getByText('Checking CP-IS', { exact: true })).toHaveCount(1);
  await simulator.clearFaults();
  await expectScreen(page, 'noRecord');
  await expect(page.getByText('Checking CP-IS')).toHaveCount(0);
});

test('the history, which comes later, is announced without moving the focus', async ({
  signedIn: viewer,
  simulator,
}) => {
  await simulator.fault('cpis.audit-event', { kind: 'hold' });
  await viewer.ask('child-protection', 'scheduled', 'found');
  await expect.poll(simulator.held).toBe(1);
  const said = await listen(viewer);
  await simulator.clearFaults();
  await expect.poll(said).toContainEqual(expect.stringContaining('Previously viewed by: 3 entries'));
  await expect(viewer.page.getByRole('heading', { name: 'CP-IS record found' })).toBeFocused();
});

test('a wrong check digit is said at once', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  const said = await listen(viewer);
  await page.getByLabel('NHS number').pressSequentially('9990000019');
  await expect.poll(said).toContainEqual(expect.stringContaining('This is not a valid NHS number'));
  const field = (await spokenNodes(page)).find(({ role }) => role === 'textbox');
  expect(field?.description).toContain('This is not a valid NHS number: check each digit');
});

test('dates are read in their long form, and each button says what it is for', async ({
  signedIn: viewer,
}) => {
  await viewer.ask('child-protection', 'scheduled', 'history');
  const spoken = await spokenNodes(viewer.page);
  const text = spoken
    .filter(({ role }) => role === 'StaticText')
    .map(({ name }) => name)
    .join('\n');
  expect(text).toMatch(
    /\d{1,2} (January|February|March|April|May|June|July|August|September|October|November|December) \d{4}/,
  );
  expect(text).not.toMatch(/\d\d-[A-Z][a-z]{2}-\d{4}/);
  const buttons = spoken.filter(({ role }) => role === 'button').map(({ name }) => name);
  expect(buttons).toEqual(
    expect.arrayContaining([expect.stringMatching(/^Copy Office hours number 020 7946 0101$/)]),
  );
  expect(new Set(buttons).size).toBe(buttons.length);
  expect(
    spoken.filter(({ role, name }) => ['button', 'link', 'radio', 'textbox'].includes(role) && name === ''),
  ).toEqual([]);
});

test('at 400 % the history is still a table to a screen reader', async ({ signedIn: viewer }) => {
  const { app, page } = viewer;
  await viewer.ask('child-protection', 'scheduled', 'history');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.setZoomFactor(4));
  await expect.poll(() => page.evaluate(() => window.innerWidth)).toBe(320);
  const roles = (await spokenNodes(page)).map(({ role }) => role);
  expect(roles.filter((role) => role === 'table')).toHaveLength(1);
  expect(roles.filter((role) => role === 'row')).toHaveLength(4);
  expect(roles.filter((role) => role === 'columnheader')).toHaveLength(4);
});
