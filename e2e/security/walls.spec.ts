/** The security set-up of `electron/security/harden.ts`, each point by its effect in the running application. */
import { readFile, readlink } from 'node:fs/promises';
import type { Simulator } from '../../simulator/client.ts';
import { expect, test } from '../fixtures.ts';

test('the CSP blocks script, style, connections and text made into script', async ({ viewer }) => {
  const violations = await viewer.page.evaluate(async () => {
    const seen = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      seen.add(effectiveDirective),
    );
    const add = (name: string, attributes: Record<string, string>, text = '') => {
      const element = document.createElement(name);
      for (const [key, value] of Object.entries(attributes)) {
        try {
          element.setAttribute(key, value);
        } catch {
          seen.add('trusted-types');
        }
      }
      if (name === 'style') element.textContent = text;
      document.body.append(element);
    };
    add('style', {}, 'body { color: red }');
    add('img', { src: 'https://example.org/pixel.png' });
    add('script', { src: 'https://example.org/script.js' });
    await fetch('https://example.org/').catch(() => undefined);
    try {
      document.body.insertAdjacentHTML('beforeend', '<b>text</b>');
    } catch {
      seen.add('require-trusted-types-for');
    }
    const form = document.createElement('form');
    form.action = 'https://example.org/';
    document.body.append(form);
    form.submit();
    await new Promise((resolve) => setTimeout(resolve));
    const enough = () =>
      ['style-src-elem', 'img-src', 'connect-src', 'form-action'].every((name) => seen.has(name));
    while (!enough()) await new Promise((resolve) => requestAnimationFrame(resolve));
    return [...seen];
  });
  expect(violations).toEqual(
    expect.arrayContaining([
      'style-src-elem',
      'img-src',
      'connect-src',
      'form-action',
      'trusted-types',
      'require-trusted-types-for',
    ]),
  );
});

test('H18: the page can open no dialogue of the browser: it cannot print by itself', async ({ viewer }) => {
  const opened = await viewer.page.evaluate(() => {
    let prepared = 0;
    window.addEventListener('beforeprint', () => {
      prepared += 1;
    });
    window.print(); // Were it allowed, the page would stand still here until the dialogue is closed.
    document.execCommand('print');
    window.alert('alert');
    return { prepared, confirmed: window.confirm('confirm') };
  });
  expect(opened).toEqual({ prepared: 0, confirmed: false });
});

test('the page can navigate nowhere and open nothing', async ({ viewer }) => {
  const { app, page } = viewer;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  // Asked from the main process: Playwright itself waits for a navigation that never comes.
  const after = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('no window');
    const { webContents } = window;
    const refusals: boolean[] = [];
    for (const address of ['https://example.org/', 'app://other/']) {
      const refused = new Promise<boolean>((resolve) => {
        webContents.once('will-frame-navigate', (event) => resolve(event.defaultPrevented));
      });
      void webContents.executeJavaScript(`setTimeout(() => location.assign(${JSON.stringify(address)}))`);
      refusals.push(await refused);
    }
    const opened: boolean = await webContents.executeJavaScript(
      `window.open('https://example.org/') !== null`,
    );
    return { refusals, opened, windows: BrowserWindow.getAllWindows().length, url: webContents.getURL() };
  });
  expect(after).toEqual({
    refusals: [true, true],
    opened: false,
    windows: 1,
    url: 'app://viewer/index.html',
  });
});

/**
 * Waits until the viewer has asked for something itself, so that Node has loaded what `fetch` needs: a call from here comes in
 * the middle of what the main process does, and would meet it half loaded.
 */
async function untilFetchLoaded(simulator: Simulator): Promise<void> {
  await expect.poll(async () => (await simulator.requests()).length).toBeGreaterThan(0);
}

test('the viewer has no network even where no CSP stands in the way', async ({ viewer, simulator }) => {
  await untilFetchLoaded(simulator);
  const { platform } = simulator.environment as { platform: { tokenUrl: string } };
  const reached = await viewer.app.evaluate(async ({ session, net }, address) => {
    const attempt = (fetching: Promise<unknown>) =>
      fetching.then(
        () => 'reached',
        (error: unknown) => String(error),
      );
    const viewerSession = session.fromPartition('viewer');
    return [await attempt(viewerSession.fetch(address)), await attempt(net.fetch(address))];
  }, platform.tokenUrl);
  expect(reached).toEqual(Array(2).fill(expect.stringContaining('ERR_BLOCKED_BY_CLIENT')));
  // Care Identity may have been asked for its addresses and keys meanwhile.
  expect((await simulator.requests()).filter(({ server }) => server === 'platform')).toEqual([]);
});

test('only files of the renderer are served, whatever the path', async ({ viewer, simulator }) => {
  await untilFetchLoaded(simulator);
  const answers = await viewer.app.evaluate(({ session }) => {
    const viewerSession = session.fromPartition('viewer');
    const paths = ['index.html', '..%2fmain.js', '%2e%2e/package.json', 'assets/..%2f..%2fpreload.js', ''];
    return Promise.all(
      paths.map((name) =>
        viewerSession.fetch(`app://viewer/${name}`).then(
          ({ status }) => status,
          ({ message }: Error) => message,
        ),
      ),
    );
  });
  // Looked for among the renderer's own files, where there is none of that name.
  const missing = 'net::ERR_FILE_NOT_FOUND';
  expect(answers).toEqual([200, missing, 404, missing, 404]);
});

test('a sender that is not the viewer gets nothing: another window, another origin', async ({ viewer }) => {
  const { app, page } = viewer;
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeVisible();
  const answers = await app.evaluate(async ({ BrowserWindow, app: electronApp, session }) => {
    const ask = `window.viewer.request('session.read', undefined).then((reply) => JSON.stringify(reply))`;
    const preload = `${electronApp.getAppPath()}/preload.js`;
    const foreign = new BrowserWindow({
      show: false,
      webPreferences: { session: session.fromPartition('viewer'), preload, sandbox: true },
    });
    await foreign.loadURL('app://viewer/index.html');
    const otherWindow: string = await foreign.webContents.executeJavaScript(ask);
    foreign.destroy();
    const [own] = BrowserWindow.getAllWindows();
    if (own === undefined) throw new Error('no window');
    const allowed: string = await own.webContents.executeJavaScript(ask);
    await own.loadURL('about:blank');
    const otherOrigin: string = await own.webContents.executeJavaScript(ask);
    return { otherWindow, allowed, otherOrigin };
  });
  expect(JSON.parse(answers.allowed)).toMatchObject({ ok: true });
  expect(JSON.parse(answers.otherWindow)).toMatchObject({ ok: false, fault: { kind: 'request-refused' } });
  expect(JSON.parse(answers.otherOrigin)).toMatchObject({ ok: false, fault: { kind: 'request-refused' } });
});

test('every permission is denied, on request and on check', async ({ viewer }) => {
  const denied = await viewer.page.evaluate(async () => {
    const states = await Promise.all(
      (['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as const).map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    );
    const camera = await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'given',
      (error: unknown) => (error instanceof DOMException ? error.name : 'error'),
    );
    const place = await new Promise<string>((resolve) =>
      navigator.geolocation.getCurrentPosition(
        () => resolve('given'),
        ({ code }) => resolve(`refused ${code}`),
      ),
    );
    const clipboard = await navigator.clipboard.readText().then(
      () => 'given',
      () => 'refused',
    );
    return { states, camera, place, clipboard, notifications: await Notification.requestPermission() };
  });
  expect(denied.states).toEqual(['denied', 'denied', 'denied', 'denied', 'denied']);
  expect(denied.camera).not.toBe('given');
  expect(denied.place).toBe('refused 1');
  expect(denied.clipboard).toBe('refused');
  expect(denied.notifications).toBe('denied');
});

test('the page sees the bridge and nothing of Node or Electron', async ({ viewer }) => {
  const seen = await viewer.page.evaluate(() => ({
    bridge: Object.keys(Reflect.get(window, 'viewer')).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global', '__dirname', 'ipcRenderer'].filter(
      (name) => Reflect.get(window, name) !== undefined,
    ),
  }));
  expect(seen.bridge).toEqual(['freeMemory', 'on', 'request']);
  expect(seen.node).toEqual([]);
});

test('the renderer runs in the operating system’s sandbox', async ({ viewer }) => {
  const pid = await viewer.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
  );
  const main = viewer.app.process().pid;
  for (const process of [main, pid]) {
    expect(await readFile(`/proc/${process}/cmdline`, 'utf8')).not.toContain('--no-sandbox');
    expect(/^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${process}/status`, 'utf8'))?.[1]).not.toBe('0');
  }
  // Chromium's namespace sandbox: the renderer sees neither the processes nor the network of the rest.
  for (const namespace of ['pid', 'net', 'user']) {
    const own = await readlink(`/proc/${pid}/ns/${namespace}`);
    expect(own, namespace).not.toBe(await readlink(`/proc/${main}/ns/${namespace}`));
  }
});

test('nothing is ever downloaded', async ({ viewer }) => {
  const states = await viewer.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('no window');
    const { webContents } = window;
    const prevented = new Promise<boolean>((resolve) => {
      webContents.session.once('will-download', (event) => resolve(event.defaultPrevented));
    });
    webContents.downloadURL('app://viewer/index.html');
    return prevented;
  });
  expect(states).toBe(true);
});
