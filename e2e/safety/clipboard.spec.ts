/**
 * H17: whatever leaves the window for the clipboard is recorded first, and gone with the patient and the user. With real
 * keys and mouse on a real X display, and another X client that reads both clipboards.
 */
import { chmod, readFile } from 'node:fs/promises';
import path from 'node:path';
import { events, finishTrail, siteKey, trailFile } from '../audit/trail.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { rendererProcess } from '../main-process.ts';
import { test as base, type OwnDisplay } from '../own-display.ts';
import { expectScreen, windowTitle } from '../screens.ts';
import { inGroups } from '../security/support-files.ts';

/** `recorded`: a viewer of the test's own, which keeps a trail. `answered`, `recordedAnswer`: with plans on the screen. */
const test = base.extend<Readonly<Record<'recorded' | 'answered' | 'recordedAnswer', Viewer>>>({
  recorded: async ({ ownDisplay, launch }, use) => {
    const viewer = await launch({ env: ownDisplay.env, environment: siteKey });
    await viewer.signIn();
    await use(viewer);
  },
  answered: ({ signedIn }, use) => answer(signedIn, use),
  recordedAnswer: ({ recorded }, use) => answer(recorded, use),
});

async function answer(viewer: Viewer, use: (viewer: Viewer) => Promise<void>): Promise<void> {
  await viewer.ask('child-protection', 'scheduled', 'found');
  await use(viewer);
}

const number = '02079460102';
const title = windowTitle;

async function copyNumber({ page }: Viewer, display: OwnDisplay): Promise<void> {
  await page.getByRole('button', { name: /^Copy Emergency duty team/ }).click();
  await expect.poll(() => display.read('clipboard')).toBe(number);
}

/** Waits for the end of all that came of the keys and the mouse before. */
async function untilInputHandled({ page }: Viewer, display: OwnDisplay): Promise<void> {
  await display.press('F1');
  await expect(page.getByRole('dialog')).toBeVisible();
}

const copiesRecorded = async (viewer: Viewer) => (await finishTrail(viewer, /^copied$/)).length;

test('H7: each "Copy" copies the number beside it', async ({ display, answered: viewer }) => {
  await copyNumber(viewer, display);
  await viewer.page.getByRole('button', { name: /^Copy Office hours/ }).click();
  await expect.poll(() => display.read('clipboard')).toBe('02079460101');
});

const endings: readonly { readonly by: string; readonly end: (viewer: Viewer) => Promise<void> }[] = [
  { by: 'a lock', end: (viewer) => viewer.lock() },
  { by: 'a sign-out', end: (viewer) => viewer.signOut() },
  { by: 'another patient', end: (viewer) => viewer.findAnother() },
];

for (const { by, end } of endings) {
  test(`H17: a number that was copied is gone from the clipboard after ${by}`, async ({
    display,
    answered: viewer,
  }) => {
    await copyNumber(viewer, display);
    // Chromium fills PRIMARY as well with what it copies.
    await expect.poll(() => display.read('primary')).toBe('');
    await end(viewer);
    await expect.poll(() => display.read('clipboard')).toBe('');
    expect(await display.read('primary')).toBe('');
  });
}

test('H17: what a page copies after the lock, on its way out, is gone with it', async ({
  display,
  answered: viewer,
}) => {
  await viewer.page.evaluate((text) => {
    const copyOn = (): void => void window.viewer.request('clipboard.copy', { text }).then(copyOn);
    copyOn();
  }, number);
  await expect.poll(() => display.read('clipboard')).toBe(number);
  await viewer.lock();
  await expect.poll(() => display.read('clipboard')).toBe('');
});

test('H17: a number that was copied is gone from the clipboard before the viewer has quit', async ({
  ownDisplay: display,
  recordedAnswer: viewer,
}) => {
  await copyNumber(viewer, display);
  const left = path.join(viewer.profile, 'left-on-the-clipboard');
  // X itself forgets what an ended program offered, unless a clipboard manager asks for it at the end.
  await viewer.app.evaluate(({ app, clipboard }, file) => {
    const fs = process.getBuiltinModule('node:fs');
    app.on('will-quit', () => fs.writeFileSync(file, String(clipboard.readText())));
  }, left);
  await quit(viewer.app);
  expect(await readFile(left, 'utf8')).toBe('');
});

test('H17: what another program has put on the clipboard since stays there', async ({
  ownDisplay: display,
  recordedAnswer: viewer,
}) => {
  await copyNumber(viewer, display);
  await display.offer('clipboard', 'a shopping list');
  await viewer.lock();
  await quit(viewer.app);
  expect(await display.read('clipboard')).toBe('a shopping list');
});

test('H17: text copied or cut with the keys is recorded, and gone with the next patient', async ({
  ownDisplay: display,
  recorded: viewer,
  simulator,
}) => {
  const field = viewer.page.getByLabel('NHS number');
  const nhsNumber = inGroups(simulator.patient('child-protection').nhsNumber);
  await field.click();
  await display.focus(title);
  await display.type(nhsNumber.replaceAll(' ', ''));
  await expect(field).toHaveValue(nhsNumber);
  await display.press('ctrl+a', 'ctrl+c');
  await expect.poll(() => display.read('clipboard')).toBe(nhsNumber);
  await expect(field).toHaveValue(nhsNumber);
  await display.offer('clipboard', '');
  await display.press('ctrl+x');
  await expect(field).toHaveValue('');
  await expect.poll(() => display.read('clipboard')).toBe(nhsNumber);
  await display.press('ctrl+v');
  await expect(field).toHaveValue(nhsNumber);
  await display.press('Return');
  await expectScreen(viewer.page, 'confirm');
  await expect.poll(() => display.read('clipboard')).toBe('');
  expect(await copiesRecorded(viewer)).toBe(2);
});

test('H17: nothing is copied or cut that cannot be recorded, and the screen says so', async ({
  ownDisplay: display,
  recorded: viewer,
}) => {
  const { page } = viewer;
  await page.getByLabel('NHS number').click();
  await display.focus(title);
  await display.type('999');
  await display.offer('clipboard', 'a shopping list');
  await chmod(trailFile(viewer.profile), 0o400);
  for (const key of ['ctrl+c', 'ctrl+x']) {
    await display.press('ctrl+a', key);
    await expect(page.getByRole('alert')).toContainText('The audit trail may not be written');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByLabel('NHS number').focus();
  }
  await expect(page.getByLabel('NHS number')).toHaveValue('999');
  expect(await display.read('clipboard')).toBe('a shopping list');
});

test('H17: what is shown cannot be selected, so that selecting alone gives PRIMARY nothing', async ({
  ownDisplay: display,
  recordedAnswer: viewer,
}) => {
  await display.offer('primary', 'a shopping list');
  await display.focus(title);
  await display.press('ctrl+a', 'ctrl+c');
  const card = await viewer.page.getByRole('article').first().boundingBox();
  if (card === null) throw new Error('no card');
  const offset = await windowOffset(viewer);
  const at = (x: number, y: number) => ({ x: offset.x + card.x + x, y: offset.y + card.y + y });
  await display.drag(at(4, 4), at(card.width - 4, card.height - 4));
  await untilInputHandled(viewer, display);
  expect(await viewer.page.evaluate(() => String(getSelection()))).toBe('');
  expect(await display.read('primary')).toBe('a shopping list');
  expect(await display.read('clipboard')).toBe('');
  expect(await copiesRecorded(viewer)).toBe(0);
});

test('H17: what is selected in a field is taken back from PRIMARY', async ({ display, signedIn: viewer }) => {
  await viewer.page.getByLabel('NHS number').click();
  await display.focus(title);
  await display.type('999 000 0018');
  await display.press('ctrl+a');
  await expect.poll(() => viewer.page.evaluate(() => String(getSelection()))).toBe('999 000 0018');
  await untilInputHandled(viewer, display);
  await expect.poll(() => display.read('primary')).toBe('');
});

test('H17: what is typed as a number, and gets its spaces, is not left on PRIMARY', async ({
  display,
  signedIn: viewer,
}) => {
  const field = viewer.page.getByLabel('NHS number');
  await field.click();
  await display.focus(title);
  await display.type('9990000018');
  await expect(field).toHaveValue('999 000 0018');
  await untilInputHandled(viewer, display);
  await expect.poll(() => display.read('primary')).toBe('');
});

async function windowOffset({ app }: Viewer): Promise<{ readonly x: number; readonly y: number }> {
  return app.evaluate(({ BrowserWindow }) => {
    const bounds = BrowserWindow.getAllWindows()[0]?.getContentBounds();
    return { x: bounds?.x ?? 0, y: bounds?.y ?? 0 };
  });
}

test('H17: text cannot be dragged out of the window', async ({ display, signedIn: viewer }) => {
  const { page } = viewer;
  const field = page.getByLabel('NHS number');
  await field.click();
  await display.focus(title);
  await display.type('9990000018');
  await display.press('ctrl+a');
  const begun = await page.evaluateHandle(() => {
    const drags: string[] = [];
    // After the preload's, which lets none come here.
    for (const type of ['dragstart', 'drag', 'dragend'])
      window.addEventListener(type, () => drags.push(type));
    return drags;
  });
  const box = await field.boundingBox();
  if (box === null) throw new Error('no field');
  const offset = await windowOffset(viewer);
  const start = { x: offset.x + box.x + 30, y: offset.y + box.y + box.height / 2 };
  await display.drag(start, { x: start.x, y: start.y + 200 });
  await untilInputHandled(viewer, display);
  expect(await begun.evaluate((drags) => drags)).toEqual([]);
});

test('H17: script of the page copies nothing past the record', async ({ display, answered: viewer }) => {
  await display.offer('clipboard', 'a shopping list');
  await display.offer('primary', 'a shopping list');
  await display.focus(title);
  const results = await viewer.page.evaluate(async () => {
    for (const target of [window, document, document.body])
      target.addEventListener(
        'copy',
        (event) => {
          if (!(event instanceof ClipboardEvent)) return;
          event.clipboardData?.setData('text/plain', 'stolen');
          event.preventDefault();
        },
        { capture: true },
      );
    const sheet = new CSSStyleSheet();
    sheet.insertRule('* { user-select: text !important }');
    document.adoptedStyleSheets = [sheet];
    getSelection()?.selectAllChildren(document.body);
    const selected = String(getSelection());
    document.execCommand('copy');
    const written = await navigator.clipboard.writeText('stolen').then(
      () => 'written',
      (error: unknown) => (error instanceof DOMException ? error.name : 'error'),
    );
    return { selected, written };
  });
  expect(results).toEqual({ selected: '', written: 'NotAllowedError' });
  expect(await display.read('clipboard')).toBe('a shopping list');
  expect(await display.read('primary')).toBe('a shopping list');
});

/** Script that copies past the guard: from a document that it has written anew, and from a frame of its own. */
const pastTheGuard = [
  {
    title:
      'H17: script that writes the document anew, and so removes the guard, ends with its page; what it copied is removed and recorded',
    copy: () => {
      document.open();
      document.close();
      const field = document.createElement('textarea');
      field.value = 'stolen';
      document.body.append(field);
      field.select();
      document.execCommand('copy');
    },
    expectTrail: (trail: readonly string[]) => expect(trail).toContain('unrecorded-copy-removed'),
  },
  {
    title:
      'H17: script that copies from a frame of its own, past the record, ends with its page, and nothing of it is left',
    copy: () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const inner = frame.contentDocument;
      inner?.addEventListener('beforecopy', (event) => event.preventDefault());
      inner?.addEventListener('copy', (event) => {
        event.clipboardData?.setData('text/plain', 'stolen');
        event.preventDefault();
      });
      inner?.execCommand('copy');
    },
    expectTrail: (trail: readonly string[]) => expect(trail).not.toContain('copied'),
  },
];

for (const { title: name, copy, expectTrail } of pastTheGuard) {
  test(name, async ({ ownDisplay: display, recordedAnswer: viewer }) => {
    const { app, page } = viewer;
    await display.focus(title);
    const before = await rendererProcess(app);
    // Not within the call: the page ends before it could answer.
    await page.evaluate(`setTimeout(${copy})`);
    await expect.poll(() => rendererProcess(app)).not.toBe(before);
    await expectScreen(page, 'find');
    await expect.poll(() => display.read('clipboard')).toBe('');
    await expect.poll(() => display.read('primary')).toBe('');
    expectTrail(events(await finishTrail(viewer)));
  });
}
