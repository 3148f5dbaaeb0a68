import type { Page } from '@playwright/test';
import { finished, lineOf, withClinicLists } from '../clinic-list.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { accessibilityNodes } from './accessibility-tree.ts';

/** The role and name that a screen reader gives to what has the focus. */
async function focused(page: Page): Promise<string> {
  const nodes = await accessibilityNodes(page);
  const holders = nodes.filter(
    ({ ignored, properties = [], role }) =>
      !ignored &&
      role?.value !== 'RootWebArea' &&
      properties.some(({ name, value }) => name === 'focused' && value.value === true),
  );
  const node = holders.at(-1);
  const name = String(node?.name?.value ?? '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  return `${node?.role?.value ?? ''} "${name}"`;
}

/** The focus follows a screen in the turn after it. */
const expectFocus = (page: Page) => expect.poll(() => focused(page));

/** Presses Tab until the focus is there, as a keyboard user does. */
async function tabTo(page: Page, wanted: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const seen: string[] = [];
  for (let presses = 0; presses < 40; presses += 1) {
    const now = await focused(page);
    if (wanted.test(now)) return;
    seen.push(now);
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never came to ${wanted}, but to: ${seen.join(', ')}`);
}

async function expectVisibleFocus(page: Page): Promise<void> {
  const shown = await page.evaluate(() => {
    const element = document.activeElement;
    if (element === null) return false;
    const marked = (style: CSSStyleDeclaration) =>
      (style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0) ||
      style.boxShadow !== 'none';
    // A radio is drawn by its label.
    const drawn = [
      getComputedStyle(element),
      ...(element.nextElementSibling === null
        ? []
        : [getComputedStyle(element.nextElementSibling, '::before')]),
    ];
    return drawn.some(marked);
  });
  expect(shown, `the focus on ${await focused(page)} can be seen`).toBe(true);
}

async function signInByKeyboard({ app, page }: Viewer, user: string, role?: RegExp): Promise<void> {
  await tabTo(page, /^button "Sign in with Care Identity"/);
  await expectVisibleFocus(page);
  const opened = app.waitForEvent('window');
  await page.keyboard.press('Enter');
  const window = await opened;
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await tabTo(window, new RegExp(`^button "${user}"`));
  if (role === undefined) return pressAndClose(window, 'Enter');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { name: 'Choose your role' })).toBeVisible();
  await tabTo(window, role);
  await pressAndClose(window, 'Space');
}

/** Presses the key that ends the sign-in: the window may be gone before the key is up again. */
async function pressAndClose(window: Page, key: string): Promise<void> {
  const closed = window.waitForEvent('close');
  await window.keyboard.press(key).catch(() => undefined);
  await closed;
}

test('the main job, by keyboard alone', async ({ signedOut: viewer, simulator }) => {
  const { page } = viewer;
  await expectScreen(page, 'signIn');
  await signInByKeyboard(viewer, simulator.userName('several-roles'), /^button "Nurse Access Role/);
  await expectScreen(page, 'find');

  // The field has the focus already: a number can be typed at once.
  await expectFocus(page).toMatch(/^textbox "NHS number"/);
  await page.keyboard.type(simulator.patient('child-protection').nhsNumber);
  await page.keyboard.press('Enter');
  await expectScreen(page, 'confirm');
  await expectFocus(page).toBe('heading "Confirm patient"');

  await tabTo(page, /^radio "Unscheduled care/);
  await expectVisibleFocus(page);
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await expectFocus(page).toMatch(/^radio "Scheduled care/);
  await page.keyboard.press('ArrowUp');
  await tabTo(page, /^button "Check CP-IS"/);
  await expectVisibleFocus(page);
  await page.keyboard.press('Enter');

  await expectScreen(page, 'found');
  await expectFocus(page).toBe('heading "CP-IS record found"');
  await tabTo(page, /^button "Copy Emergency duty team/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').getByText('Copied')).toBeAttached();
  await tabTo(page, /^button "Organisation/);
  await page.keyboard.press('Space');
  await expect(page.getByRole('columnheader', { name: 'Organisation' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  expect(await simulator.notifications()).toHaveLength(1);
});

test('the search, by keyboard alone', async ({ signedOut: viewer, simulator }) => {
  const { page } = viewer;
  await expectScreen(page, 'signIn');
  await signInByKeyboard(viewer, simulator.userName('nurse'));
  await expectScreen(page, 'find');
  const { family, birthDate } = simulator.patient('twin-two');
  const [year = '', month = '', day = ''] = (birthDate ?? '').split('-');
  await tabTo(page, /^button "Search by name and date of birth"/);
  await page.keyboard.press('Enter');
  for (const [field, text] of [
    [/^textbox "Family name/, family],
    [/^textbox "Day/, day],
    [/^textbox "Month/, month],
    [/^textbox "Year/, year],
  ] as const) {
    await tabTo(page, field);
    await page.keyboard.type(text);
  }
  await page.keyboard.press('Enter');
  await expect(page.getByRole('table')).toBeVisible();
  await tabTo(page, /^button "Choose TESTTWIN, Umber, NHS number/);
  await page.keyboard.press('Enter');
  await expectScreen(page, 'confirm');
});

test('a dialogue keeps the focus inside, and gives it back', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await simulator.fault('cpis.care-team', { kind: 'html' });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  await tabTo(page, /^button "Check again"/);
  await page.keyboard.press('Enter');
  await expectFocus(page).toBe('heading "Check again?"');
  for (let presses = 0; presses < 6; presses += 1) {
    await page.keyboard.press('Tab');
    const inside = await page.evaluate(() => document.activeElement?.closest('dialog') !== null);
    const outsideThePage = await page.evaluate(() => document.activeElement === document.body);
    expect(inside || outsideThePage).toBe(true);
  }
  await page.keyboard.press('Escape');
  await expectFocus(page).toBe('button "Check again"');
});

test('"Skip to main content" is the first stop, and skips', async ({ signedIn: viewer }) => {
  const { page } = viewer;
  await viewer.find('child-protection');
  await tabTo(page, /^link "Skip to main content"/, 'Shift+Tab');
  await expect(page.getByRole('link', { name: 'Skip to main content' })).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expectFocus(page).toMatch(/^radio/);
});

test('a clinic list: from its entry to a result and back, without a mouse', async ({ launch, simulator }) => {
  const viewer = await launch(withClinicLists);
  const { page } = viewer;
  await viewer.signIn();
  const press = async (name: RegExp): Promise<void> => {
    await tabTo(page, name);
    await page.keyboard.press('Enter');
  };
  await press(/^button "Clinic list"/);
  await expect(page.getByRole('heading', { level: 1, name: 'Clinic list' })).toBeFocused();
  await tabTo(page, /^textbox "NHS numbers and dates of birth"/);
  await page.keyboard.type(lineOf(simulator.patient('no-record')));
  await press(/^button "Check all"/);
  await finished(viewer);
  await press(/^button "Open the result of TESTCHILD/);
  await expectScreen(page, 'noRecord');
  await press(/^button "Back to the list"/);
  await expect(page.getByRole('heading', { level: 1, name: 'Clinic list' })).toBeFocused();
});

test('the summary of errors has the focus at once, and does not take it from what the user goes to', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  // Goes on to the field in the turn in which the summary appears, which is sooner than any user.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const summary = document.querySelector<HTMLElement>('.nhsuk-error-summary');
      if (summary === null) return;
      observer.disconnect();
      queueMicrotask(() => {
        summary.dataset['hadFocus'] = String(document.activeElement === summary);
        document.querySelector<HTMLInputElement>('main input')?.focus();
      });
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
  await viewer.enterNumber('999');
  const summary = page.locator('.nhsuk-error-summary');
  await expect(summary).toHaveAttribute('data-had-focus', 'true');
  // The script of NHS.UK frontend has come.
  await expect(summary).toHaveAttribute('data-nhsuk-error-summary-init', '');
  await expect(page.locator('main input').first()).toBeFocused();
});
