import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

test('with reduced motion, nothing moves', async ({ signedIn: viewer, simulator }) => {
  const { page } = viewer;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await simulator.fault('cpis.care-team', { kind: 'hold' });
  await viewer.ask('child-protection', 'scheduled');
  await expect(page.getByText('Checking CP-IS…')).toBeVisible();
  const moving = await page.evaluate(() => {
    const elements = [...document.querySelectorAll('*')];
    const named = elements.filter((element) => {
      const { animationName, transitionDuration } = getComputedStyle(element);
      return animationName !== 'none' || transitionDuration.split(', ').some((each) => each !== '0s');
    });
    return [...named.map((element) => element.className), ...document.getAnimations().map(({ id }) => id)];
  });
  expect(moving).toEqual([]);
});

test('in forced colours, tags, buttons and plans keep an edge, and the focus a ring', async ({
  signedIn: viewer,
}) => {
  const { page } = viewer;
  await page.emulateMedia({ forcedColors: 'active' });
  await viewer.ask('several-plans', 'scheduled', 'history');
  const edge = (element: Element) => Number.parseFloat(getComputedStyle(element).borderTopWidth);
  for (const text of ['Current', 'Ended', 'SIMULATOR']) {
    expect(await page.getByText(text, { exact: true }).first().evaluate(edge), text).toBeGreaterThan(0);
  }
  for (const button of await page.getByRole('main').getByRole('button').all()) {
    if ((await button.getAttribute('class'))?.includes('sort-button')) continue;
    expect(await button.evaluate(edge), (await button.textContent()) ?? '').toBeGreaterThan(0);
  }
  for (const plan of await page.getByRole('article').all()) {
    expect(await plan.evaluate(edge)).toBeGreaterThan(0);
  }
  const print = page.getByRole('button', { name: 'Print' });
  await page.keyboard.press('Tab');
  await print.focus();
  const ring = await print.evaluate((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
  });
  expect(ring).toBe(true);
  await expect(page.locator('th[aria-sort="none"] .sort-button__mark').first()).toHaveCSS('opacity', '0.7');
  await page.keyboard.press('F9');
  const hidden = page.getByRole('dialog', { name: 'Screen paused' });
  expect(await hidden.getByRole('button').evaluate(edge)).toBeGreaterThan(0);
});

test('targets are at least 24 px in both directions', async ({ signedOut: viewer }) => {
  const { page } = viewer;
  const small = async () =>
    page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, [role="button"]')]
        .filter((element) => element.checkVisibility())
        .map((element) => ({ box: element.getBoundingClientRect(), text: element.textContent }))
        .filter(({ box }) => box.width < 24 || box.height < 24)
        .map(({ text, box }) => `${text} ${box.width}×${box.height}`),
    );
  await expectScreen(page, 'signIn');
  expect(await small()).toEqual([]);
  await viewer.signIn();
  await page.getByRole('button', { name: 'Search by name and date of birth' }).click();
  expect(await small()).toEqual([]);
  await viewer.find('child-protection');
  expect(await small()).toEqual([]);
  await viewer.check('scheduled', 'history');
  expect(await small()).toEqual([]);
});
