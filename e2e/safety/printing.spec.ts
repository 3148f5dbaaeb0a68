/** H18: what came of printing is on the screen and in the trail. With the real print system, with a queue and without. */
import { exportTrail, siteKey } from '../audit/trail.ts';
import { startDesktopBuses } from '../doubles/desktop-buses.ts';
import { type PrintSystem, startPrintSystem } from '../doubles/print-system.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { test as base, type OwnDisplay } from '../own-display.ts';
import { expectScreen, windowTitle } from '../screens.ts';

interface Fixtures {
  readonly withQueue: PrintSystem;
  readonly withoutQueue: PrintSystem;
  /** Opens an answer. */
  readonly openAnswer: (options: { readonly env: Readonly<Record<string, string>> }) => Promise<Viewer>;
}

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  withQueue: async ({}, use) => {
    const system = await startPrintSystem('Ward-7');
    await use(system);
    await system.stop();
  },
  // biome-ignore lint/correctness/noEmptyPattern: the same
  withoutQueue: async ({}, use) => {
    const system = await startPrintSystem();
    await use(system);
    await system.stop();
  },
  openAnswer: async ({ display, launch }, use) => {
    await use(async ({ env }) => {
      const viewer = await launch({ env: { ...env, ...display.env }, environment: siteKey });
      await viewer.signIn();
      await viewer.ask('child-protection', 'scheduled');
      await expectScreen(viewer.page, 'found');
      return viewer;
    });
  },
});

async function printed({ app, profile }: Viewer): Promise<readonly unknown[]> {
  await quit(app);
  const entries = (await exportTrail(profile)).filter(({ event }) => event.startsWith('print'));
  return entries.map(({ event, outcome, fault }) => ({ event, outcome, fault }));
}

const dialogue = 'Print';

/** With the key: the page stands still while the dialogue is open, and Playwright's click would wait for it. */
async function openDialogue(display: OwnDisplay): Promise<void> {
  await display.focus(windowTitle);
  await display.press('ctrl+p');
  await expect.poll(() => display.hasWindow(dialogue)).toBe(true);
}

/** Its "Print" button takes no key until the printer has been asked what it can do. */
async function closeDialogue(display: OwnDisplay, key: 'Escape' | 'Return'): Promise<void> {
  await expect(async () => {
    if (await display.hasWindow(dialogue)) {
      await display.focus(dialogue);
      await display.press(key);
    }
    expect(await display.hasWindow(dialogue)).toBe(false);
  }).toPass({ timeout: 20_000 });
}

const asked = { event: 'print', outcome: undefined, fault: undefined };
const noPrinter = {
  event: 'print-outcome',
  outcome: 'failed',
  fault: { kind: 'no-printer', reference: expect.stringMatching(/./) },
};

test('H18: without a print queue the screen says that nothing was printed and what to do, and so does the trail', async ({
  openAnswer,
  withoutQueue,
}) => {
  const viewer = await openAnswer(withoutQueue);
  await viewer.page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(viewer.page.getByText(/^Could not print\. This computer has no printer/)).toContainText(
    'Print from another computer, or write down what you need. Support reference',
  );
  expect(await printed(viewer)).toEqual([asked, noPrinter]);
});

test('H18: without a print system too', async ({ openAnswer }) => {
  const viewer = await openAnswer({ env: { CUPS_SERVER: '/nonexistent/cups.sock' } });
  await viewer.page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(viewer.page.getByText(/^Could not print\. This computer has no printer/)).toBeVisible();
  expect(await printed(viewer)).toEqual([asked, noPrinter]);
});

test('H18: the dialogue that is cancelled, and the document that the queue took, are told apart on the screen and in the trail', async ({
  display,
  openAnswer,
  withQueue,
}) => {
  const viewer = await openAnswer(withQueue);
  const { page } = viewer;
  await openDialogue(display);
  await closeDialogue(display, 'Escape');
  await expect(page.getByText('Not printed.')).toBeVisible();
  expect(await withQueue.jobs()).toBe(0);

  await openDialogue(display);
  await closeDialogue(display, 'Return');
  await expect(page.getByText('Sent to the printer.')).toBeVisible();
  expect(await withQueue.jobs()).toBe(1);
  expect(await printed(viewer)).toEqual([
    asked,
    { event: 'print-outcome', outcome: 'cancelled', fault: null },
    asked,
    { event: 'print-outcome', outcome: 'sent', fault: null },
  ]);
});

test('H14: a lock while the dialogue is open takes the answer from the screen, and nothing is printed afterwards', async ({
  display,
  openAnswer,
  withQueue,
}) => {
  const buses = await startDesktopBuses();
  const viewer = await openAnswer({ env: { ...withQueue.env, ...buses.env } });
  await openDialogue(display);
  await buses.sendActiveChanged('GNOME', true);
  await expectScreen(viewer.page, 'locked');
  await closeDialogue(display, 'Return');
  expect(await printed(viewer)).toEqual([
    asked,
    { event: 'print-outcome', outcome: 'cancelled', fault: null },
  ]);
  expect(await withQueue.jobs()).toBe(0);
  await buses.stop();
});
