/** H18: what came of printing is on the screen and in the trail. With the real print system, with a queue and without. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { events, exportTrail, finishTrail, siteKey } from '../audit/trail.ts';
import { startDesktopBuses } from '../doubles/desktop-buses.ts';
import { type PrintSystem, pagesOf, startPrintSystem } from '../doubles/print-system.ts';
import { expect, started, type Viewer } from '../fixtures.ts';
import { openBrowser } from '../identity/user-browser.ts';
import { test as base, type OwnDisplay } from '../own-display.ts';
import { expectScreen, windowTitle } from '../screens.ts';

interface Fixtures {
  readonly withQueue: PrintSystem;
  readonly withoutQueue: PrintSystem;
  /** Opens an answer. */
  readonly openAnswer: (
    options: { readonly env: Readonly<Record<string, string>> },
    patient?: string,
  ) => Promise<Viewer>;
}

const test = base.extend<Fixtures>({
  withQueue: started(
    () => startPrintSystem('Ward-7'),
    (system) => system.stop(),
  ),
  withoutQueue: started(
    () => startPrintSystem(),
    (system) => system.stop(),
  ),
  openAnswer: async ({ ownDisplay, launch }, use) => {
    await use(async ({ env }, patient = 'child-protection') => {
      const viewer = await launch({ env: { ...env, ...ownDisplay.env }, environment: siteKey });
      await viewer.signIn();
      await viewer.ask(patient, 'scheduled', 'found');
      return viewer;
    });
  },
});

async function printed(viewer: Viewer): Promise<readonly unknown[]> {
  return (await finishTrail(viewer, /^print/)).map(({ event, outcome, fault }) => ({
    event,
    outcome,
    fault,
  }));
}

const dialogue = 'Print';

/** With the key: the page stands still while the dialogue is open, and Playwright's click would wait for it. */
async function openDialogue(display: OwnDisplay): Promise<void> {
  await display.focus(windowTitle);
  await display.press('ctrl+p');
  await expect.poll(() => display.hasWindow(dialogue)).toBe(true);
}

/**
 * Its "Print" button takes no key until the printer has been asked what it can do. A key that comes after it has closed goes to
 * no other window: "Return" would press the button that has the focus there.
 */
async function closeDialogue(display: OwnDisplay, key: 'Escape' | 'Return'): Promise<void> {
  await expect(async () => {
    await display.pressIn(dialogue, key);
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
  ownDisplay: display,
  openAnswer,
  withQueue,
}) => {
  const viewer = await openAnswer(withQueue);
  await openDialogue(display);
  await closeDialogue(display, 'Escape');
  await expect(viewer.page.getByText('Not printed.')).toBeVisible();
  expect(await withQueue.jobs()).toBe(0);

  await openDialogue(display);
  await closeDialogue(display, 'Return');
  await expect(viewer.page.getByText('Sent to the printer.')).toBeVisible();
  expect(await withQueue.jobs()).toBe(1);
  expect(await printed(viewer)).toEqual([
    asked,
    { event: 'print-outcome', outcome: 'cancelled', fault: null },
    asked,
    { event: 'print-outcome', outcome: 'sent', fault: null },
  ]);
});

test('H18: every page of paper has the patient, the time of the answer and who printed it; the history is newest first', async ({
  ownDisplay: display,
  openAnswer,
  withQueue,
}) => {
  const viewer = await openAnswer(withQueue, 'long-history');
  const { page } = viewer;
  const table = page.getByRole('table', { name: 'Previously viewed by' });
  await table.getByRole('button', { name: 'Date and time' }).click(); // oldest first on the screen
  await expect(table.getByRole('columnheader', { name: 'Date and time' })).toHaveAttribute(
    'aria-sort',
    'ascending',
  );
  // With the long form behind it, for assistive technology.
  const onScreen = (await table.locator('tbody td:first-child').allTextContents()).map((text) =>
    text.slice(0, 'dd-Mmm-yyyy hh:mm'.length),
  );
  // More than fits on one page.
  await page.evaluate(() => {
    for (const row of document.querySelectorAll<HTMLElement>('tbody tr')) row.style.height = '60px';
  });
  await openDialogue(display);
  await closeDialogue(display, 'Return');
  await expect(page.getByText('Sent to the printer.')).toBeVisible();
  const pages = await withQueue.pages();
  expect(pages.length).toBeGreaterThan(1);
  for (const text of pages) {
    expect(text).toContain('TESTCHILD, Hazel');
    expect(text).toContain('999 000 0085');
    expect(text).toMatch(
      /Retrieved \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d\. Printed by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL/,
    );
  }
  const onPaper = pages.join('').match(/^\s*\d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d(?=\s+Clinician)/gm) ?? [];
  expect(onPaper.map((text) => text.trim())).toEqual(onScreen.toReversed());
  await expect(table.locator('tbody td:first-child').first()).toContainText(onScreen[0] ?? '');
});

test('H14: a lock while the print is being recorded opens no dialogue over the lock', async ({
  ownDisplay: display,
  openAnswer,
  withQueue,
}) => {
  const viewer = await openAnswer(withQueue);
  // A slow disk: the trail's next write waits.
  const disk = await viewer.app.evaluateHandle(() => {
    const fs = process.getBuiltinModule('node:fs/promises');
    const { open } = fs;
    let isWaiting = false;
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    fs.open = async (...given) => {
      isWaiting ||= String(given[0]).endsWith('.jsonl') || String(given[0]).endsWith('end-mark.json');
      await held;
      return open(...given);
    };
    return { isWaiting: () => isWaiting, goOn: () => goOn() };
  });
  await display.focus(windowTitle);
  await display.press('ctrl+p');
  await expect.poll(() => disk.evaluate(({ isWaiting }) => isWaiting())).toBe(true);
  await viewer.lock();
  await disk.evaluate(({ goOn }) => goOn());
  await expect.poll(async () => events(await exportTrail(viewer.profile))).toContain('print-outcome');
  expect(await printed(viewer)).toEqual([
    asked,
    { event: 'print-outcome', outcome: 'cancelled', fault: null },
  ]);
  expect(await withQueue.jobs()).toBe(0);
});

test('H14: a lock while the dialogue is open takes the answer from the screen, and nothing is printed afterwards', async ({
  ownDisplay: display,
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

test('H18: each page has its number of so many', async () => {
  const browser = await openBrowser(process.getuid?.() ?? 0);
  try {
    const page = await browser.newPage();
    const css = await readFile(path.resolve(import.meta.dirname, '../../renderer/styles/print.css'), 'utf8');
    await page.setContent(`<style>${css}</style><div style="height: 400mm">A long answer</div>`);
    const file = test.info().outputPath('numbered.pdf');
    await page.pdf({ path: file, preferCSSPageSize: true });
    const pages = await pagesOf(file);
    expect(pages.map((text) => /Page \d of \d/.exec(text)?.[0])).toEqual(['Page 1 of 2', 'Page 2 of 2']);
  } finally {
    await browser.close();
  }
});

test('H18: saved as PDF, with the patient, the time, the user and the number on each page, and recorded', async ({
  openAnswer,
  withoutQueue,
}) => {
  const viewer = await openAnswer(withoutQueue);
  const file = path.join(viewer.profile, 'saved.pdf');
  // Stands for the user, who chooses a file in the dialogue of the system.
  const asked = await viewer.app.evaluateHandle(({ dialog }, filePath) => {
    const options: unknown[] = [];
    dialog.showSaveDialog = async (...given: unknown[]) => {
      options.push(given.at(-1));
      return { canceled: false, filePath };
    };
    return options;
  }, file);
  await viewer.page.getByRole('button', { name: 'Save as PDF', exact: true }).click();
  await expect(viewer.page.getByText('Saved as PDF.')).toBeVisible();
  expect(await asked.evaluate((options) => options)).toMatchObject([{ defaultPath: 'cp-is-check.pdf' }]);
  const pages = await pagesOf(file);
  expect(pages).toHaveLength(1);
  expect(pages[0]).toContain('TESTCHILD, Amber');
  expect(pages[0]).toMatch(
    /Retrieved \d\d-[A-Z][a-z]{2}-\d{4} \d\d:\d\d\. Printed by Nora Synthetic, Nurse Access Role, SYNTHETIC GENERAL HOSPITAL/,
  );
  expect(pages[0]).toContain('Page 1 of 1');
  expect(await finishTrail(viewer, /^save-pdf/)).toMatchObject([
    { event: 'save-pdf' },
    { event: 'save-pdf-outcome', outcome: 'saved' },
  ]);
});
