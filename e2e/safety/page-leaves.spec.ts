import { expect, test, type Viewer } from '../fixtures.ts';
import { headingOf, processExists, rendererProcess } from '../main-process.ts';
import { screens } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

/** Runs script in the viewer's page, as after a press; asked from the main process, because the page may crash. */
function runInPage({ app }: Viewer, script: string): Promise<void> {
  return app.evaluate(({ BrowserWindow }, text) => {
    void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(`${text}; undefined`, true);
  }, script);
}

/** Whether script in the page gets no turn any more. */
function isHanging({ app }: Viewer): Promise<boolean> {
  return app.evaluate(({ BrowserWindow }) =>
    Promise.race([
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('false'),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(true), 1_000)),
    ]),
  );
}

/** A patient on the screen; returns the process that shows it. */
async function showPatient(viewer: Viewer): Promise<number> {
  await viewer.signIn();
  await viewer.ask('looked-after', 'scheduled', 'found');
  return rendererProcess(viewer.app);
}

async function expectGone(viewer: Viewer, before: number, heading: string): Promise<void> {
  await expect.poll(() => processExists(before)).toBe(false);
  await expect.poll(() => headingOf(viewer)).toBe(heading);
}

const resistance = {
  'asks to stay': `addEventListener('beforeunload', (event) => { event.preventDefault(); event.returnValue = 'x'; })`,
  'hangs as it is asked to leave': `addEventListener('beforeunload', () => { for (;;); })`,
  'hangs as it leaves': `addEventListener('pagehide', () => { for (;;); }); addEventListener('unload', () => { for (;;); })`,
  'hangs at once': `setTimeout(() => { for (;;); }, 100)`,
  'takes every navigation over': `navigation.addEventListener('navigate', (event) => {
    if (event.canIntercept) event.intercept({ handler: () => new Promise(() => {}) }); else event.preventDefault();
  })`,
  'floods the history': `setInterval(() => { for (let n = 0; n < 50; n += 1) history.pushState(n, '', '#' + n); })`,
  'stops every load': `setInterval(() => stop()); addEventListener('beforeunload', () => stop())`,
  'navigates back to itself': `const again = () => { location.href = 'app://viewer/index.html?' + Math.random(); };
    setInterval(again, 5); for (const type of ['beforeunload', 'pagehide', 'unload']) addEventListener(type, again)`,
  'leaves workers and requests behind': `navigator.serviceWorker?.register('app://viewer/worker.js').catch(() => {});
    for (let n = 0; n < 5; n += 1) fetch('app://viewer/index.html', { keepalive: true }).catch(() => {});
    try { window.worker = new SharedWorker('app://viewer/index.js'); } catch {}
    navigator.locks.request('x', () => new Promise(() => {}))`,
} as const;

for (const [name, script] of Object.entries(resistance)) {
  test(`H10, H14: a page that ${name} is gone after the lock, and so is its process`, async ({ viewer }) => {
    const before = await showPatient(viewer);
    await runInPage(viewer, `void window.viewer.request('session.lock'); ${script}`);
    await expectGone(viewer, before, screens.locked);
    expect(await rendererProcess(viewer.app)).not.toBe(before);
  });
}

test('H10, H14: a page that hangs is gone after the sign-out too', async ({ viewer }) => {
  const before = await showPatient(viewer);
  await runInPage(viewer, `void window.viewer.request('session.signOut'); for (;;);`);
  await expectGone(viewer, before, screens.signIn);
});

test('H10, H14: a page that asks to stay leaves at once: it need not be ended', async ({ viewer }) => {
  await viewer.signIn();
  await runInPage(viewer, resistance['asks to stay']);
  // Chromium hears a page that asks to stay only after a press in it.
  await viewer.page.getByLabel('NHS number').click();
  await viewer.page.getByRole('button', { name: 'Lock', exact: true }).click();
  await expect.poll(() => headingOf(viewer)).toBe(screens.locked);
  expect(await readLog(viewer)).not.toContain('did-not-leave');
});

for (const { title, refuse, logged } of [
  {
    // No page is known that Chromium leaves alone: this stands in its place.
    title: 'a page that Chromium does not bring to leave is ended, and that is written down',
    refuse: { hangs: true },
    logged: 'did-not-leave',
  },
  {
    // As where the new process crashes before the page is there.
    title: 'a new page that does not load is tried again, and the old one is gone all the same',
    refuse: { hangs: false },
    logged: 'did-not-load',
  },
]) {
  test(`H10, H14: ${title}`, async ({ viewer }) => {
    const before = await showPatient(viewer);
    await viewer.app.evaluate(({ BrowserWindow }, { hangs }) => {
      const [window] = BrowserWindow.getAllWindows();
      if (window === undefined) throw new Error('no window');
      const load = window.loadURL.bind(window);
      let refused = 0;
      window.loadURL = (url) => {
        if (hangs) return url === 'data:text/html,' ? new Promise(() => undefined) : load(url);
        if (url === 'data:text/html,' || refused === 2) return load(url);
        refused += 1;
        return Promise.reject(new Error('ERR_FAILED'));
      };
    }, refuse);
    await runInPage(viewer, `void window.viewer.request('session.lock')`);
    await expectGone(viewer, before, screens.locked);
    await expect.poll(() => readLog(viewer)).toContain(logged);
  });
}

test('H21: a page that leaves is not ended, nor said to have stayed, where the main process stands still meanwhile', async ({
  viewer,
}) => {
  await viewer.signIn();
  await viewer.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('no window');
    const load = window.loadURL.bind(window);
    window.loadURL = (url) => {
      const longerThanItsLimit = Date.now() + 2_500;
      // As on a machine that gives it no turn for so long.
      setImmediate(() => {
        while (url === 'data:text/html,' && Date.now() < longerThanItsLimit);
      });
      return load(url);
    };
  });
  await viewer.lock();
  const log = await readLog(viewer);
  expect(log).toContain('"state":"locked"');
  expect(log).not.toContain('process-gone');
});

test('H21: a page that is being loaded anew when the viewer is quit is not said to have failed', async ({
  viewer,
}) => {
  const { app } = viewer;
  await viewer.signIn();
  await app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('no window');
    window.webContents.session.clearStorageData = () =>
      new Promise((resolve) => {
        window.once('closed', () => resolve());
        Reflect.set(globalThis, 'isClearing', true);
      });
  });
  await runInPage(viewer, `void window.viewer.request('session.lock')`);
  await expect.poll(() => app.evaluate(() => Reflect.get(globalThis, 'isClearing'))).toBe(true);
  const ended = app.waitForEvent('close');
  app.process().kill('SIGTERM');
  await ended;
  const log = await readLog(viewer);
  expect(log).toContain('"state":"locked"');
  expect(log).not.toContain('process-gone');
});

const delays: readonly (readonly [string, (viewer: Viewer) => Promise<void>])[] = [
  [
    'asks to stay',
    async (viewer) => {
      await runInPage(viewer, resistance['asks to stay']);
      await viewer.page.getByLabel('NHS number').click();
    },
  ],
  [
    'hangs',
    async (viewer) => {
      await runInPage(
        viewer,
        `addEventListener('beforeunload', () => {}); setTimeout(() => { for (;;); }, 100)`,
      );
      await expect.poll(() => isHanging(viewer)).toBe(true);
    },
  ],
];

for (const [name, delay] of delays) {
  test(`H10, H14: a page that ${name} does not hold up the end of the application`, async ({ viewer }) => {
    await viewer.signIn();
    await delay(viewer);
    const ended = viewer.app.waitForEvent('close');
    await viewer.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await ended;
  });
}

test('H10, H14: what script has stored in the browser is gone after the lock', async ({ viewer }) => {
  await viewer.signIn();
  await viewer.page.evaluate(async () => {
    localStorage.setItem('kept', 'x');
    await new Promise((resolve, reject) => {
      const opening = indexedDB.open('kept', 1);
      opening.addEventListener('success', resolve);
      opening.addEventListener('error', reject);
    });
    await caches.open('kept');
  });
  await viewer.lock();
  const kept = await viewer.page.evaluate(async () => [
    localStorage.length,
    (await indexedDB.databases()).length,
    (await caches.keys()).length,
  ]);
  expect(kept).toEqual([0, 0, 0]);
});
