/** H14: the viewer says that it is about to lock, and a user who is there stays (WCAG 2.2.1). */
import type { ElectronApplication } from '@playwright/test';
import { checkAll, finished, lineOf, row, withClinicLists } from '../clinic-list.ts';
import { cpisChecks } from '../cpis-requests.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { holdIdleTime, type IdleTime } from '../idle-time.ts';
import { linkTo, openLink } from '../launch/record-system.ts';
import { answerQuestions, openQuestions } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

const noticeOf = ({ page }: Viewer) => page.getByRole('dialog', { name: 'Locking soon' });
const stay = (viewer: Viewer) => noticeOf(viewer).getByRole('button', { name: 'Stay signed in' }).click();
const hideOf = ({ page }: Viewer) => page.getByRole('dialog', { name: 'Screen paused' });

/** What the main process has asked of the task bar: true to flash. */
async function recordFlashes(app: ElectronApplication): Promise<() => Promise<readonly boolean[]>> {
  const flashes = await app.evaluateHandle(({ BrowserWindow }) => {
    const asked: boolean[] = [];
    for (const window of BrowserWindow.getAllWindows()) {
      window.isFocused = () => false;
      window.flashFrame = (on) => void asked.push(on);
    }
    return asked;
  });
  return () => flashes.evaluate((asked) => [...asked]);
}

async function openAnswer(viewer: Viewer): Promise<void> {
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
  // What is said of the history is said before the notice.
  await expect(viewer.page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
}

/** An answer, over which the notice lies. */
async function openNotice(viewer: Viewer): Promise<IdleTime> {
  const idleTime = await holdIdleTime(viewer.app);
  await openAnswer(viewer);
  await idleTime.passUntilNotice();
  await expect(noticeOf(viewer)).toBeVisible();
  return idleTime;
}

test('H14: two minutes before the lock a user can stay, and keeps the patient', async ({ viewer }) => {
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await openAnswer(viewer);
  const flashes = await recordFlashes(app);
  await idleTime.passUntilNotice();
  const notice = noticeOf(viewer);
  await expect(notice).toContainText('CP-IS Viewer locks in 2:00');
  await expect(notice.getByRole('heading')).toBeFocused();
  await expect(notice.getByRole('status')).toHaveText('CP-IS Viewer locks in 2 minutes');
  expect(await flashes()).toEqual([true]);

  const begun = await idleTime.begun();
  await page.keyboard.press('Tab');
  await expect(notice.getByRole('button', { name: 'Stay signed in' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(notice).toHaveCount(0);
  expect(await flashes()).toEqual([true, false]);
  expect(await idleTime.begun()).toBe(begun + 1);
  expect(await idleTime.running()).toBe(1);
  await expectScreen(page, 'found');
});

test('H4: the second click of a double click on "Stay signed in" presses nothing behind the notice', async ({
  viewer,
  simulator,
}) => {
  const { page } = viewer;
  const idleTime = await holdIdleTime(viewer.app);
  await viewer.signIn();
  await viewer.find('child-protection');
  await page.getByLabel(/^Unscheduled care/).check();
  await idleTime.passUntilNotice();
  const place = await noticeOf(viewer).getByRole('button', { name: 'Stay signed in' }).boundingBox();
  if (place === null) throw new Error('no place');
  const [x, y] = [place.x + place.width / 2, place.y + place.height / 2];
  const check = page.locator('button', { hasText: 'Check CP-IS' });
  await check.evaluate((button, { x: left, y: top }) => {
    button.style.cssText = `position: fixed; left: ${left}px; top: ${top}px`;
  }, place);
  await page.mouse.move(x, y);
  await page.mouse.down({ clickCount: 1 });
  await page.mouse.up({ clickCount: 1 });
  await expect(noticeOf(viewer)).toHaveCount(0);
  await page.mouse.down({ clickCount: 2 });
  await page.mouse.up({ clickCount: 2 });
  await expect(check).toBeFocused();
  await expectScreen(page, 'confirm');
  expect(await cpisChecks(simulator)).toEqual([]);

  await check.click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H4: the press on "Stay signed in" allows no request besides', async ({ viewer, simulator }) => {
  const { app, page } = viewer;
  const { nhsNumber } = simulator.patient('child-protection');
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  const questions = await answerQuestions(app, []);
  await idleTime.passUntilNotice();
  await stay(viewer);
  await expect(noticeOf(viewer)).toHaveCount(0);
  await page.evaluate((number) => window.viewer.request('patient.trace', { nhsNumber: number }), nhsNumber);
  expect(await questions()).toEqual(['Find the patient with NHS number 999 000 0018 now?']);
  expect((await simulator.requests()).filter(({ path }) => path.includes('/Patient'))).toEqual([]);
});

test('H14: the numbers of the answer stay legible over the notice, for a user who is telephoning', async ({
  viewer,
}) => {
  await openNotice(viewer);
  const notice = await noticeOf(viewer).boundingBox();
  const numbers = viewer.page.locator('.phone__number');
  await expect(numbers).toHaveCount(2);
  for (const number of await numbers.all()) {
    const box = await number.boundingBox();
    expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThanOrEqual(notice?.y ?? 0);
  }
});

test('H14: the time until the lock is counted down, and said at one minute, half a minute and ten seconds', async ({
  viewer,
}) => {
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await page.clock.install();
  await idleTime.passUntilNotice();
  const notice = noticeOf(viewer);
  await expect(notice).toContainText('locks in 2:00');
  for (const [seconds, shown, said] of [
    [60, '1:00', '1 minute'],
    [30, '0:30', '30 seconds'],
    [20, '0:10', '10 seconds'],
  ] as const) {
    await page.clock.fastForward(seconds * 1_000);
    await expect(notice).toContainText(`locks in ${shown}`);
    await expect(notice.getByRole('status')).toHaveText(`CP-IS Viewer locks in ${said}`);
  }
});

test('H14: a viewer whose notice is not answered locks, also where other keys are pressed meanwhile', async ({
  viewer,
}) => {
  const { page } = viewer;
  const idleTime = await openNotice(viewer);
  await page.keyboard.press('Tab');
  await page.keyboard.press('a');
  await idleTime.pass();
  await expectScreen(page, 'locked');
  await expect(noticeOf(viewer)).toHaveCount(0);
});

test('"Lock now" locks at once', async ({ viewer }) => {
  await openNotice(viewer);
  await noticeOf(viewer).getByRole('button', { name: 'Lock now' }).click();
  await expectScreen(viewer.page, 'locked');
});

test('H14: script cannot stay in the place of the user', async ({ viewer }) => {
  const { app, page } = viewer;
  const idleTime = await openNotice(viewer);
  const questions = await answerQuestions(app, []);
  const begun = await idleTime.begun();
  await page.evaluate(async () => {
    document.querySelector<HTMLElement>('dialog[open] .nhsuk-button')?.click();
    await window.viewer.request('lockNotice.stay');
  });
  // An assistive program presses without an input event, so the main process asks.
  expect(await questions()).toContain('Stay signed in?');
  expect(await idleTime.begun()).toBe(begun);
});

test('H9: the notice lies over a hidden screen, shows nothing of it, and does not show it', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await openAnswer(viewer);
  const hold = await app.evaluateHandle(() => {
    const real = setTimeout;
    const due: (() => void)[] = [];
    const holding = (run: () => void, after = 0) => {
      // A hidden screen has three minutes; the notice comes after one.
      if (Math.abs(after - 60_000) > 100) return real(run, after);
      due.push(run);
      return real(() => undefined, after);
    };
    Object.assign(globalThis, { setTimeout: holding });
    return due;
  });
  await page.keyboard.press('F9');
  await expect(hideOf(viewer)).toBeVisible();
  await expect.poll(() => hold.evaluate((due) => due.length)).toBeGreaterThan(0);
  await hold.evaluate((due) => due.at(-1)?.());
  await expect(noticeOf(viewer)).toBeVisible();
  const { family } = simulator.patient('child-protection');
  expect(await page.locator('body').innerText()).not.toContain(family);
  await stay(viewer);
  await expect(noticeOf(viewer)).toHaveCount(0);
  await expect(hideOf(viewer)).toBeVisible();
});

/** As after a pause of a virtual machine: the computer's clock alone goes ahead. */
async function passPause(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const real = Date.now;
    Date.now = () => real() + 20 * 60_000;
  });
}

/** A question of the main process about a check that would notify, as an assistive program causes it: without an input event. */
async function pressWithoutInput({ page }: Viewer): Promise<void> {
  const press = (role: 'radio' | 'button', name: RegExp) =>
    page.getByRole(role, { name }).evaluate((each: HTMLElement) => each.click());
  await press('radio', /^Unscheduled care/);
  await press('button', /^Check CP-IS$/);
}

test('H14: the notice closes a question about a check that would notify, and nothing is sent', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await viewer.find('child-protection');
  const open = await openQuestions(app);
  await pressWithoutInput(viewer);
  await expect.poll(open).toEqual(['Check CP-IS for NHS number 999 000 0018 now?']);
  await idleTime.passUntilNotice();
  await expect.poll(open).toEqual([]);
  await stay(viewer);
  await expect(page.getByText('CP-IS was not checked, because it was not confirmed.')).toBeVisible();
  expect(await cpisChecks(simulator)).toEqual([]);
});

test('H14: a yes to a question that was open at a pause of a virtual machine sends nothing, and gives notice', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  const question = await app.evaluateHandle(({ dialog }) => {
    const asked: { yes?: () => void } = {};
    dialog.showMessageBox = () =>
      new Promise((resolve) => {
        asked.yes = () => resolve({ response: 0, checkboxChecked: false });
      });
    return asked;
  });
  await pressWithoutInput(viewer);
  await expect.poll(() => question.evaluate(({ yes }) => yes !== undefined)).toBe(true);
  await passPause(app);
  await question.evaluate(({ yes }) => yes?.());
  await stay(viewer);
  await expect(page.getByText('CP-IS was not checked, because it was not confirmed.')).toBeVisible();
  expect(await cpisChecks(simulator)).toEqual([]);
});

test('H14: a launch that comes while the notice runs opens once the user stays', async ({
  viewer,
  simulator,
}) => {
  const { app, page, profile } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await idleTime.passUntilNotice();
  await expect(noticeOf(viewer)).toBeVisible();
  const told = await page.evaluateHandle(() => {
    const events: unknown[] = [];
    window.viewer.on('launch.changed', (view) => void events.push(view));
    return events;
  });
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await page.evaluate(() => window.viewer.request('launch.read')); // what was sent to the page before has come
  expect(await told.evaluate((events) => [...events])).toEqual([{ kind: 'held' }]);
  await stay(viewer);
  await expectScreen(page, 'confirm');
});

test('H3: a launch that comes while the notice runs covers the patient on the screen, and the notice says so', async ({
  viewer,
  simulator,
}) => {
  const { page, profile } = viewer;
  await openNotice(viewer);
  const notice = noticeOf(viewer);
  await openLink(profile, linkTo(simulator.patient('looked-after')));
  await expect(notice).toContainText(
    'Your record system has sent a patient, who waits until you stay signed in.',
  );
  const cover = await notice.evaluate((element) => getComputedStyle(element, '::backdrop').backgroundColor);
  expect(cover).toMatch(/^rgb\(/); // without transparency
  await stay(viewer);
  await expect(page.getByRole('dialog', { name: 'Open another patient?' })).toBeVisible();
});

test('H14: a launch that comes while the notice runs waits for its user where the viewer locks', async ({
  viewer,
  simulator,
}) => {
  const { app, page, profile } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await idleTime.passUntilNotice();
  await openLink(profile, linkTo(simulator.patient('child-protection')));
  await idleTime.pass();
  await expectScreen(page, 'locked');
  await expect(page.getByText('Your record system has sent a patient.')).toBeVisible();
  await viewer.logIn('nurse'); // "Find a patient" is there for a moment only
  await expectScreen(page, 'confirm');
});

test('H14: a clinic list sends nothing while the notice runs, and goes on once the user stays', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch(withClinicLists);
  const { app, page } = viewer;
  const idleTime = await holdIdleTime(app);
  await viewer.signIn();
  await simulator.fault('pds.read', { kind: 'hold' }, { after: 1, times: 1 });
  const clinic = ['looked-after', 'no-record', 'unborn'] as const;
  await checkAll(
    viewer,
    clinic.map((key) => lineOf(simulator.patient(key))),
  );
  await expect.poll(() => simulator.held()).toBe(1);
  await idleTime.passUntilNotice();
  await expect(page.getByText('1 of 3 done. Paused.').first()).toBeVisible();
  await simulator.release();
  await expect(row(viewer, 2)).toContainText('Waiting');
  expect(await cpisChecks(simulator)).toHaveLength(1);
  await stay(viewer);
  await finished(viewer);
  expect(await cpisChecks(simulator)).toHaveLength(3);
});

test('H14: the press that gives notice after a pause of a virtual machine sends nothing, and the next one does', async ({
  viewer,
  simulator,
}) => {
  const { app, page } = viewer;
  await viewer.signIn();
  await viewer.find('child-protection');
  await viewer.chooseCare('unscheduled');
  await passPause(app);
  const questions = await answerQuestions(app, ['Check CP-IS']);
  const button = page.getByRole('button', { name: 'Check CP-IS' });
  // The press counts, whether the page has it or the notice first.
  await button.evaluate((each: HTMLElement) =>
    window.addEventListener('mousedown', () => each.click(), { once: true, capture: true }),
  );
  await button.hover();
  await page.mouse.down();
  await expect(noticeOf(viewer)).toBeVisible();
  await page.mouse.up();
  await stay(viewer);
  await expect(noticeOf(viewer)).toHaveCount(0);
  await expect(page.getByText('CP-IS was not checked, because it was not confirmed.')).toBeVisible();
  expect(await questions()).toEqual([]);
  expect(await simulator.notifications()).toEqual([]);
  await page.getByRole('button', { name: 'Check again' }).click();
  await expectScreen(page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});
