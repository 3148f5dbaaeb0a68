/**
 * A proxy that wants a user and a password: it is given those that the site has set for it, no other server is, and no account
 * is locked. The proxy's log shows it.
 */
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Simulator } from '../../simulator/client.ts';
import { cpisRequests } from '../cpis-requests.ts';
import { type ForwardProxy, openForwardProxy } from '../doubles/forward-proxy.ts';
import { serveOnLoopback } from '../doubles/loopback.ts';
import type { ProxyChallenge } from '../doubles/proxy-challenge.ts';
import { openTlsFront, type TlsFront } from '../doubles/tls-front.ts';
import { quit } from '../driver/quit.ts';
import { type LaunchOptions, userDataFolder, type Viewer } from '../fixtures.ts';
import { checkAgainDialogue, expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { saveSupportBundle } from '../support-bundle.ts';
import {
  expect,
  fault,
  faultOf,
  lookupEndpoints,
  test as networkTest,
  remoteEnvironment,
  systemProxy,
} from './site.ts';

const user = 'svc-cpis-viewer';
const password = 'correct horse, battery: staple';
const basic: ProxyChallenge = { scheme: 'Basic', user, password };
const digest: ProxyChallenge = { ...basic, scheme: 'Digest' };

interface LogInFile {
  readonly path: string;
  write(password: string): Promise<void>;
}

const test = networkTest.extend<{
  readonly logIn: LogInFile;
  /** Closes after each test what it opened. */
  readonly openProxy: typeof openForwardProxy;
  /** A viewer behind a proxy that wants a log-in, with the log-in that the site has set for it. */
  readonly launchBehind: (
    challenge: ProxyChallenge,
    policy?: LaunchOptions['policy'],
  ) => Promise<{ proxy: ForwardProxy; viewer: Viewer }>;
}>({
  logIn: async ({ folder }, use) => {
    const file = path.join(folder, 'proxy-log-in');
    const write = async (secret: string) => {
      await writeFile(file, `${user}\n${secret}\n`);
      await chmod(file, 0o644);
    };
    await write(password);
    await use({ path: file, write });
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  openProxy: async ({}, use) => {
    const opened: ForwardProxy[] = [];
    await use(async (options) => {
      const proxy = await openForwardProxy(options);
      opened.push(proxy);
      return proxy;
    });
    for (const proxy of opened) proxy.close();
  },
  launchBehind: async ({ launch, logIn, openProxy }, use) => {
    await use(async (challenge, policy = {}) => {
      const proxy = await openProxy({ challenge });
      const environment = logInAt(proxy, logIn);
      const viewer = await launch({ env: systemProxy(proxy.port), environment, policy });
      return { proxy, viewer };
    });
  },
});

/** What the viewer fetches ahead of the next sign-in would count among what is asked. */
const withoutPrefetch = { prefetch: false };

const logInAt = (proxy: Pick<ForwardProxy, 'port'>, { path: file }: LogInFile) => ({
  proxyLogIn: { proxy: `127.0.0.1:${proxy.port}`, file },
});

const attempts = ({ visits }: ForwardProxy, logIn: 'right' | 'wrong') =>
  visits.filter((visit) => visit.logIn === logIn).map(({ asked }) => asked);

async function expectFound({ page }: Viewer): Promise<void> {
  await expectScreen(page, 'found');
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
}

for (const challenge of [basic, digest]) {
  test(`${challenge.scheme}: signing in and a whole lookup go through, each request logged in`, async ({
    launchBehind,
    simulator,
  }) => {
    const { proxy, viewer } = await launchBehind(challenge);
    await viewer.signIn();
    await viewer.ask('child-protection', 'scheduled');
    await expectFound(viewer);
    const through = attempts(proxy, 'right').join('\n');
    for (const endpoint of lookupEndpoints) expect(through).toContain(endpoint);
    expect(attempts(proxy, 'wrong')).toEqual([]);
    // What the services have seen is what went through logged in, once each; the log-in itself stayed at the proxy.
    const served = (await simulator.requests()).filter(({ path: asked }) => asked.startsWith('/cpis/'));
    expect(served).toHaveLength(attempts(proxy, 'right').filter((asked) => asked.includes('/cpis/')).length);
    expect(served.flatMap(({ headers }) => Object.keys(headers))).not.toContain('proxy-authorization');
  });

  test(`H4: ${challenge.scheme}: an unscheduled question reaches the service once`, async ({
    launchBehind,
    simulator,
  }) => {
    const { proxy, viewer } = await launchBehind(challenge);
    await viewer.signIn();
    await viewer.ask('child-protection', 'unscheduled');
    await expectFound(viewer);
    const asked = proxy.visits.filter(({ asked }) => asked.endsWith('/CareTeam')).map(({ logIn }) => logIn);
    expect(asked).toEqual(['none', 'right']);
    expect((await cpisRequests(simulator)).map(({ resource }) => resource)).toEqual([
      'CareTeam',
      'AuditEvent',
    ]);
    expect(await simulator.notifications()).toHaveLength(1);
  });
}

/** PDS and CP-IS behind TLS, so that a proxy has to open a tunnel to them. */
function behind(front: TlsFront, { environment }: Simulator) {
  const { pds, cpis } = environment as { readonly [Name in 'pds' | 'cpis']: { readonly baseUrl: string } };
  const throughTls = ({ baseUrl }: { readonly baseUrl: string }) => ({
    baseUrl: `https://127.0.0.1:${front.port}${new URL(baseUrl).pathname}`,
  });
  return { pds: throughTls(pds), cpis: throughTls(cpis) };
}

for (const breaks of [false, true]) {
  const title = breaks
    ? 'H4: after a connection that breaks in a tunnel with a log-in, an unscheduled question is not sent again'
    : 'H4: through a tunnel with a log-in, an unscheduled question reaches the service once';
  test(title, async ({ launch, simulator, authority, folder, logIn, openProxy }) => {
    const front = await openTlsFront(authority, new URL(simulator.addresses.platform));
    const proxy = await openProxy({ challenge: basic });
    const home = path.join(folder, 'home');
    await authority.trustIn(home);
    const viewer = await launch({
      env: { ...systemProxy(proxy.port), CPIS_VIEWER_HOME: home },
      environment: { ...logInAt(proxy, logIn), ...behind(front, simulator) },
      policy: withoutPrefetch,
    });
    await viewer.signIn();
    await viewer.find('child-protection');
    const before = proxy.visits.length;
    if (breaks) await simulator.fault('cpis.care-team', { kind: 'reset' }, { handled: true });
    await viewer.check('unscheduled');
    await expectScreen(viewer.page, breaks ? 'couldNotCheck' : 'found');
    const tunnel = `CONNECT 127.0.0.1:${front.port}`;
    // The first of its session: asked for a log-in, and given one. The history goes over the other session's tunnel.
    expect(proxy.visits.slice(before).filter(({ asked }) => asked === tunnel)).toEqual([
      { asked: tunnel, logIn: 'none' },
      { asked: tunnel, logIn: 'right' },
    ]);
    const plans = (await cpisRequests(simulator)).filter(({ resource }) => resource === 'CareTeam');
    expect(plans.map(({ unscheduled }) => unscheduled)).toEqual(['true']);
    expect(await simulator.notifications()).toHaveLength(1);
    front.close();
  });
}

test('H4: after a connection that breaks behind a proxy with a log-in, an unscheduled question is not sent again', async ({
  launchBehind,
  simulator,
}) => {
  const { viewer } = await launchBehind(basic);
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'reset' }, { handled: true });
  await viewer.ask('child-protection', 'unscheduled', 'couldNotCheck');
  expect(await cpisRequests(simulator)).toHaveLength(1);
  expect(await simulator.notifications()).toHaveLength(1);
});

test('H4: a proxy that refuses the log-in in the middle of a day: nothing was sent, and it is tried once', async ({
  launchBehind,
  simulator,
  logIn,
}) => {
  const { proxy, viewer } = await launchBehind(basic, withoutPrefetch);
  await viewer.signIn();
  await viewer.find('child-protection');
  proxy.demand({ ...basic, password: 'a new one' });
  await viewer.check('unscheduled', 'couldNotCheck');
  await expect(
    viewer.page.getByText('The network proxy refused the log-in that is set for it.'),
  ).toBeVisible();
  await expect(viewer.page.getByText('The local authority was not notified.')).toBeVisible();
  expect(attempts(proxy, 'wrong')).toHaveLength(1);
  expect(await simulator.notifications()).toEqual([]);
  await logIn.write('a new one');
  await viewer.page.getByRole('button', { name: 'Check again' }).click();
  await checkAgainDialogue(viewer.page).getByRole('button', { name: 'Check again' }).click();
  await expectScreen(viewer.page, 'found');
  expect(await simulator.notifications()).toHaveLength(1);
});

test('a log-in that passed until now is sent once by Chromium and once by the viewer, and then no more', async ({
  launchBehind,
  simulator,
}) => {
  const { proxy, viewer } = await launchBehind(basic, withoutPrefetch);
  await viewer.signIn();
  proxy.demand({ ...basic, password: 'a new one' });
  await viewer.page.getByLabel('NHS number').fill(simulator.patient('child-protection').nhsNumber);
  for (const _press of [1, 2]) {
    const words = await faultOf(viewer.page, viewer.page.getByRole('button', { name: 'Find patient' }));
    expect(words).toContain('The network proxy refused the log-in that is set for it.');
  }
  expect(attempts(proxy, 'wrong')).toHaveLength(2);
});

test('a PAC file’s proxy is logged in to before it opens a tunnel', async ({
  launch,
  simulator,
  authority,
  folder,
  logIn,
  openProxy,
}) => {
  const { cis2 } = simulator.environment as { cis2: { issuer: string } };
  const issuer = new URL(cis2.issuer);
  const front = await openTlsFront(authority, issuer);
  const proxy = await openProxy({ challenge: basic, tunnelTo: front.port });
  const pac = await serveOnLoopback((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ns-proxy-autoconfig' });
    response.end(`function FindProxyForURL() { return 'PROXY 127.0.0.1:${proxy.port}'; }`);
  });
  const home = path.join(folder, 'home');
  await authority.trustIn(home);
  const viewer = await launch({
    env: { auto_proxy: `${pac.origin}/proxy.pac`, CPIS_VIEWER_HOME: home },
    environment: {
      ...remoteEnvironment,
      cis2: { ...remoteEnvironment.cis2, issuer: `https://cis2.viewer.test${issuer.pathname}` },
      ...logInAt(proxy, logIn),
    },
    policy: withoutPrefetch,
  });
  // The simulator's own answer, which names it as it is on loopback: the way there was open.
  expect(await fault(viewer)).toContain('OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED');
  const tunnel = 'CONNECT cis2.viewer.test:443';
  expect(proxy.visits.filter(({ asked }) => asked === tunnel)).toEqual([
    { asked: tunnel, logIn: 'none' },
    { asked: tunnel, logIn: 'right' },
  ]);
  await pac.close();
  front.close();
});

test('a log-in that is refused is tried once, named, and tried again when it has been renewed', async ({
  launchBehind,
  simulator,
  logIn,
}) => {
  await logIn.write('an old password');
  const { proxy, viewer } = await launchBehind(basic);
  for (const _press of [1, 2, 3]) {
    const words = await fault(viewer);
    expect(words).toContain('The network proxy refused the log-in that is set for it.');
    expect(words).not.toContain('old password');
  }
  expect(attempts(proxy, 'wrong')).toHaveLength(1);
  expect(await simulator.requests()).toEqual([]);
  await logIn.write(password);
  await viewer.signIn();
});

test('without a log-in the screen says that there is none, and nothing reaches the service', async ({
  launch,
  simulator,
  openProxy,
}) => {
  const proxy = await openProxy({ challenge: basic });
  const viewer = await launch({ env: systemProxy(proxy.port) });
  expect(await fault(viewer)).toContain('The network proxy asked for a log-in, and none is set for it.');
  expect(proxy.log.length).toBeGreaterThan(0);
  expect(await simulator.requests()).toEqual([]);
});

test('a log-in that cannot be read is named as that', async ({ launch, folder, openProxy }) => {
  const proxy = await openProxy({ challenge: basic });
  const viewer = await launch({
    env: systemProxy(proxy.port),
    environment: logInAt(proxy, { path: path.join(folder, 'nothing-there'), write: async () => {} }),
  });
  expect(await fault(viewer)).toContain('the file that holds it cannot be read');
});

test('another proxy than the one that is named is given nothing', async ({ launch, logIn, openProxy }) => {
  const proxy = await openProxy({ challenge: basic });
  const viewer = await launch({
    env: systemProxy(proxy.port),
    environment: logInAt({ port: proxy.port - 1 }, logIn),
  });
  expect(await fault(viewer)).toContain('none is set for it');
  expect(proxy.visits.filter(({ logIn: given }) => given !== 'none')).toEqual([]);
});

for (const [asker, path401] of [
  ['a service', '/.well-known/openid-configuration'],
  ['a page of the sign-in window', '/authorize'],
] as const) {
  test(`${asker} that asks for a log-in itself (401) is given nothing`, async ({
    launch,
    simulator,
    logIn,
    openProxy,
  }) => {
    const { cis2 } = simulator.environment as { cis2: { issuer: string } };
    const proxy = await openProxy({ unauthorised: path401 });
    const viewer = await launch({
      env: systemProxy(proxy.port),
      // The very host and port that asks.
      environment: logInAt({ port: Number(new URL(cis2.issuer).port) }, logIn),
    });
    await viewer.page.getByRole('button', { name: 'Sign in with Care Identity' }).click();
    const asked = () => proxy.visits.filter((visit) => visit.asked.startsWith('401'));
    await expect.poll(() => asked().length).toBeGreaterThan(0);
    await viewer.page.waitForTimeout(1_000);
    // More than once: discovery is fetched ahead of the press too.
    expect(new Set(asked().map(({ logIn: given }) => given))).toEqual(new Set(['none']));
  });
}

test('the log-in is in no log, no support bundle and no file of the user’s', async ({ launchBehind }) => {
  const { proxy, viewer } = await launchBehind(basic);
  const { app, page, profile } = viewer;
  await viewer.signIn();
  proxy.demand({ ...basic, password: 'a new one' });
  await viewer.lock();
  await page.getByRole('button', { name: 'Unlock' }).click();
  await expect(page.getByText('The network proxy refused the log-in that is set for it.')).toBeVisible();
  expect(await saveSupportBundle(viewer)).toContain('proxy log-in refused');
  await expect(page.getByText(`For 127.0.0.1:${proxy.port}: REFUSED`)).toBeVisible();
  await quit(app);
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  expect(await filesHolding(userDataFolder(profile), [user, password, encoded])).toEqual([]);
});
