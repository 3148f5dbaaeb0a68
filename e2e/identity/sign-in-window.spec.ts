/** The sign-in window: whose page it is can be seen, it goes nowhere else, and the redirect goes nowhere at all. */
import type { Page } from '@playwright/test';
import { openLoopbackListener } from '../doubles/loopback-listener.ts';
import { expect, type Viewer } from '../fixtures.ts';
import { windowTitles } from '../main-process.ts';
import { remoteEnvironment } from '../network/site.ts';
import { expectScreen } from '../screens.ts';
import { listen, redirectUriOf, test } from './own-redirect.ts';

const hostOf = (page: Page) => new URL(page.url()).host;
const pressSignIn = ({ page }: Viewer) =>
  page.getByRole('button', { name: 'Sign in with Care Identity' }).click();

test('its title shows the host that it is on', async ({ signedOut: viewer }) => {
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  expect(await windowTitles(viewer.app)).toContain(`Sign in – ${hostOf(window)}`);
  // The page cannot write over it.
  await window.evaluate(() => {
    document.title = 'Sign in – care-identity.example';
  });
  expect(await windowTitles(viewer.app)).toContain(`Sign in – ${hostOf(window)}`);
});

test('the redirect never leaves this computer, nor this process: nothing connects to its address', async ({
  signedOut: viewer,
  simulator,
}) => {
  const redirectUri = redirectUriOf(simulator);
  const listener = await listen(Number(redirectUri.port));
  await viewer.signIn();
  expect(listener.connections()).toBe(0);
  // The port is not taken either: the listener could have it.
  expect(listener.port).toBe(Number(redirectUri.port));
  listener.close();
});

test('H14: the session of a sign-in that has ended reaches nothing any more', async ({
  viewer,
  simulator,
}) => {
  const { issuer } = (simulator.environment as { readonly cis2: { readonly issuer: string } }).cis2;
  const reach = () =>
    viewer.app.evaluate(async (_electron, url) => {
      const { signIn } = globalThis as unknown as { readonly signIn: Electron.Session };
      return signIn.fetch(url).then(
        ({ status }) => `HTTP ${status}`,
        ({ message }: Error) => message,
      );
    }, `${issuer}/.well-known/openid-configuration`);
  const window = await viewer.openSignIn();
  await viewer.app.evaluate(({ BrowserWindow }) => {
    const [own] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
    Object.assign(globalThis, { signIn: own?.webContents.session });
  });
  expect(await reach()).toBe('HTTP 200');
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  expect(await reach()).toBe('net::ERR_BLOCKED_BY_CLIENT');
});

const waysElsewhere = [
  (to: string) => location.assign(to),
  (to: string) => void open(to),
  (to: string) => {
    const link = document.createElement('a');
    link.href = to;
    document.body.append(link);
    link.click();
  },
  (to: string) => {
    const form = document.createElement('form');
    form.action = to;
    form.method = 'post';
    document.body.append(form);
    form.submit();
  },
  (to: string) => {
    const frame = document.createElement('iframe');
    frame.src = to;
    document.body.append(frame);
  },
];

test('it follows no link, script or form to another host', async ({ viewer }) => {
  const foreign = await listen();
  const window = await viewer.openSignIn();
  const before = window.url();
  const address = `http://127.0.0.1:${foreign.port}/`;
  for (const lead of waysElsewhere) await window.evaluate(lead, address);
  expect(window.url()).toBe(before);
  expect(await windowTitles(viewer.app)).toHaveLength(2);
  expect(await throughItsSession(viewer, address)).toContain('ERR_BLOCKED_BY_CLIENT');
  // And it still works. Playwright itself waits for ever for the navigations that were refused.
  await inItsPage(viewer, `document.querySelector('button[value="nurse"]').click()`);
  await expectScreen(viewer.page, 'find');
  expect(foreign.connections()).toBe(0);
  foreign.close();
});

function inItsPage({ app }: Viewer, script: string): Promise<void> {
  return app.evaluate(async ({ BrowserWindow }, text) => {
    const [child] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
    await child?.webContents.executeJavaScript(text);
  }, script);
}

/** What a page of that window could reach, if nothing else stood in its way. */
function throughItsSession({ app }: Viewer, address: string): Promise<string> {
  return app.evaluate(async ({ BrowserWindow }, to) => {
    const [child] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
    if (child === undefined) return 'no sign-in window';
    return child.webContents.session.fetch(to).then(
      () => 'reached',
      (error: unknown) => String(error),
    );
  }, address);
}

test('a hostile page in it reaches no host by peer connections either, over UDP or TCP', async ({
  viewer,
}) => {
  const listener = await openLoopbackListener();
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await window.evaluate(async (port) => {
    const host = `127.0.0.1:${port}`;
    // In a frame as well, which has a policy of its own.
    const frame = document.createElement('iframe');
    frame.srcdoc = '<p>x</p>';
    document.body.append(frame);
    await new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
    const worlds = [window, frame.contentWindow].flatMap((world) => (world === null ? [] : [world]));
    const urls = [`stun:${host}`, `turn:${host}?transport=udp`, `turn:${host}?transport=tcp`];
    const peers = worlds.flatMap((world) => {
      const Peer = (world as typeof globalThis & Window).RTCPeerConnection;
      return urls.map((url) => new Peer({ iceServers: [{ urls: url, username: 'x', credential: 'x' }] }));
    });
    await Promise.all(
      peers.map(async (peer) => {
        peer.createDataChannel('x');
        await peer.setLocalDescription(await peer.createOffer());
      }),
    ).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    for (const peer of peers) peer.close();
  }, listener.port);
  expect(listener.heard()).toBe(0);
  await fetch(`http://127.0.0.1:${listener.port}/`).catch(() => undefined);
  expect(listener.heard()).toBe(1);
  listener.close();
});

test('a provider that sends the user to another host is named, before an empty page', async ({
  signedOut: viewer,
  simulator,
}) => {
  const foreign = await listen();
  const location = `http://127.0.0.1:${foreign.port}/`;
  await simulator.fault('cis2.authorize', { kind: 'redirect', location });
  await pressSignIn(viewer);
  await expect(viewer.page.getByRole('alert')).toContainText(
    `Care Identity leads to 127.0.0.1:${foreign.port}, which the settings of this site do not allow.`,
  );
  expect(foreign.connections()).toBe(0);
  foreign.close();
});

async function expectFailure({ app, page }: Viewer, words: string): Promise<void> {
  const alert = page.getByRole('alert');
  await expect(alert).toContainText(words);
  await expect(alert).toContainText('phone the local authority');
  await expect.poll(() => windowTitles(app)).toHaveLength(1);
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
}

const html = { contentType: 'text/html' };
const failures: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
  ['503 without a body', { kind: 'status', status: 503, body: '', ...html }, 'is not working properly'],
  ['500 without a body', { kind: 'status', status: 500, body: '', ...html }, 'is not working properly'],
  [
    '503 with a page',
    { kind: 'status', status: 503, body: '<p>Sorry</p>', ...html },
    'is not working properly',
  ],
  ['403 without a body', { kind: 'status', status: 403, body: '', ...html }, '(HTTP 403)'],
  ['403 with a page', { kind: 'status', status: 403, body: '<p>Blocked</p>', ...html }, '(HTTP 403)'],
  ['429', { kind: 'status', status: 429, body: '', ...html }, 'too busy'],
  ['no content', { kind: 'status', status: 204, body: '', ...html }, 'without a sign-in page'],
  ['a redirect to nowhere', { kind: 'status', status: 302, body: '', ...html }, 'without a sign-in page'],
  ['an empty page', { kind: 'body', body: '', ...html }, 'without a sign-in page'],
  [
    'a file in place of a page',
    { kind: 'status', status: 200, body: 'x', headers: { 'Content-Disposition': 'attachment; filename=x' } },
    'without a sign-in page',
  ],
  ['a broken connection', { kind: 'reset' }, 'could not reach the service'],
  ['a redirect to another scheme', { kind: 'redirect', location: 'foo:bar' }, 'begins with "foo:"'],
  ['a circle of redirects', { kind: 'redirect', location: '' }, 'cannot be read safely'],
];

for (const [what, fault, words] of failures) {
  test(`H21: Care Identity answers with ${what}: said at once, with whom to phone`, async ({
    signedOut: viewer,
    simulator,
  }) => {
    const { issuer } = simulator.environment['cis2'] as { issuer: string };
    const circle = fault['location'] === '' ? { location: `${issuer}/authorize` } : {};
    await simulator.fault('cis2.authorize', { ...fault, ...circle });
    await pressSignIn(viewer);
    await expectFailure(viewer, words);
    await simulator.clearFaults();
    await viewer.signIn();
  });
}

test("H21: Care Identity gives no answer: given up after the site's limit, in words", async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: { timeoutSeconds: 1 } });
  await simulator.fault('cis2.authorize', { kind: 'hang' });
  await pressSignIn(viewer);
  await expectFailure(viewer, 'Care Identity did not answer in time.');
});

test("H21: a page of Care Identity never ends: given up after the site's limit, in words", async ({
  launch,
  simulator,
}) => {
  const endless = await listen(0, (response) => void response.write('<p>Wait'));
  const host = `127.0.0.1:${endless.port}`;
  const viewer = await launch({ environment: { timeoutSeconds: 1, cis2: { signInHosts: [host] } } });
  await simulator.fault('cis2.authorize', { kind: 'redirect', location: `http://${host}/` });
  await pressSignIn(viewer);
  await expectFailure(viewer, 'Care Identity did not answer in time.');
  endless.close();
});

test('H21: Care Identity leads to a host that the network does not know: said at once', async ({
  launch,
  simulator,
}) => {
  const host = 'care-identity.invalid';
  // With a host off this computer no development key is taken.
  const viewer = await launch({
    environment: { ...remoteEnvironment, cis2: { ...remoteEnvironment.cis2, signInHosts: [host] } },
  });
  await simulator.fault('cis2.authorize', { kind: 'redirect', location: `http://${host}/` });
  await pressSignIn(viewer);
  await expectFailure(viewer, 'This computer could not reach the service.');
});

test('H21: a later page that fails is said at once too', async ({ signedOut: viewer, simulator }) => {
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await inItsPage(viewer, `location.assign('/no-such-page')`);
  await expectFailure(viewer, '(HTTP 404)');
  expect((await simulator.requests()).filter(({ path }) => /oauth2\/token$/.test(path))).toEqual([]);
});

test('where the settings allow another host, it is followed, and its name is shown', async ({
  launch,
  simulator,
}) => {
  const second = await listen();
  const host = `127.0.0.1:${second.port}`;
  const viewer = await launch({ environment: { cis2: { signInHosts: [host] } } });
  await simulator.fault('cis2.authorize', { kind: 'redirect', location: `http://${host}/` });
  const window = await viewer.openSignIn();
  await expect(window.getByText('Here I am.')).toBeVisible();
  await expect.poll(() => windowTitles(viewer.app)).toContain(`Sign in – ${host}`);
  await window.close();
  second.close();
});

test('it has no bridge to the viewer, no Node and no store that outlives it', async ({
  signedOut: viewer,
}) => {
  const window = await viewer.openSignIn();
  expect(
    await window.evaluate(() => ['viewer', 'require', 'process'].filter((name) => name in globalThis)),
  ).toEqual([]);
  expect(
    await viewer.app.evaluate(({ BrowserWindow }) => {
      const [child] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
      return [child?.webContents.session.isPersistent(), child?.webContents.session.storagePath];
    }),
  ).toEqual([false, null]);
});

test('two quick presses open one window and ask once', async ({ signedOut: viewer, simulator }) => {
  const opened = viewer.app.waitForEvent('window');
  // The button is busy after the first press; the main process does not rely on it.
  const states = viewer.page.evaluate(`Promise.all(
    ['session.signIn', 'session.signIn', 'session.signIn'].map((name) => window.viewer.request(name)),
  )`);
  const window = await opened;
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await states;
  await expectScreen(viewer.page, 'find');
  const requests = await simulator.requests();
  for (const path of [/\/authorize$/, /\/access_token$/, /^\/oauth2\/token$/]) {
    expect(requests.filter((request) => path.test(request.path))).toHaveLength(1);
  }
});

test('H14: a page that arrives as its window closes ends nothing but the sign-in', async ({
  viewer,
  simulator,
}) => {
  await simulator.fault('cis2.authorize', { kind: 'hold' }, { times: 1 });
  await pressSignIn(viewer);
  await expect.poll(simulator.held).toBe(1);
  await viewer.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows().filter((each) => each.getParentWindow() !== null);
    // Before the viewer's own listeners, so that they hear of the page when the window is no more.
    window?.webContents.prependListener('did-navigate', () => {
      window.destroy();
      setTimeout(() => Object.assign(globalThis, { wasGone: window.isDestroyed() }), 0);
    });
  });
  await simulator.release();
  const arrived = () =>
    viewer.app.evaluate(() => (globalThis as unknown as { readonly wasGone?: boolean }).wasGone);
  await expect.poll(arrived).toBe(true);
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
  await viewer.signIn();
});
