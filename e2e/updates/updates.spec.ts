/**
 * New versions, in the running viewer. A script stands in for the AppImage: the viewer replaces the file that the variables
 * of an AppImage name, whatever is in it.
 */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, expect, type Launch, makeProfile, userDataFolder, type Viewer } from '../fixtures.ts';
import { openForwardProxy } from '../network/forward-proxy.ts';
import { quit } from '../quit.ts';
import { newContent, newVersion, type Publication, type Publisher, publish } from './feed-server.ts';

const oldContent = '#!/bin/sh\n# the old version\n';

interface Workstation {
  readonly viewer: Viewer;
  /** What lies in the place of the AppImage. */
  installed(): Promise<string>;
  /** The folder that it lies in. */
  readonly applications: string;
  log(): Promise<string>;
}

interface Site {
  readonly publisher: Publisher;
  start(
    policy: Readonly<Record<string, unknown>>,
    env?: Readonly<Record<string, string>>,
  ): Promise<Workstation>;
}

const test = base.extend<{ readonly site: (publication?: Publication) => Promise<Site> }>({
  site: async ({ launch }, use) => {
    const publishers: Publisher[] = [];
    await use(async (publication) => {
      const publisher = await publish(publication);
      publishers.push(publisher);
      return { publisher, start: (policy, env) => startWorkstation(launch, publisher, policy, env) };
    });
    for (const publisher of publishers) publisher.close();
  },
});

async function startWorkstation(
  launch: Launch,
  { feed, publicKey }: Publisher,
  policy: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string>> = {},
): Promise<Workstation> {
  const profile = await makeProfile();
  const applications = path.join(profile, 'applications');
  await mkdir(applications);
  await chmod(applications, 0o777);
  const appImage = path.join(applications, 'cpis-viewer.AppImage');
  await writeFile(appImage, oldContent);
  await chmod(appImage, 0o777);
  const policyFile = path.join(profile, 'policy.json');
  await writeFile(policyFile, JSON.stringify({ updateFeed: feed, ...policy }));
  await chmod(policyFile, 0o644);
  const viewer = await launch({
    profile,
    args: [`--policy=${policyFile}`, `--update-key=${publicKey}`],
    // The whole computer stands in for the mounted image.
    env: { APPIMAGE: appImage, APPDIR: '/', ...env },
  });
  return {
    viewer,
    installed: () => readFile(appImage, 'utf8'),
    applications,
    log: () => readFile(path.join(userDataFolder(profile), 'logs', 'viewer.log'), 'utf8').catch(() => ''),
  };
}

const ready = `Version ${newVersion} is ready and starts next time.`;
const available = `A new version, ${newVersion}, is available. Your desktop team installs it.`;

/** The viewer that was there goes on, and is the one that starts next time. */
async function expectUntouched({ viewer, installed }: Workstation): Promise<void> {
  expect(await installed()).toBe(oldContent);
  await viewer.signIn();
  await expect(viewer.page.getByText(/is ready and starts next time/)).toHaveCount(0);
  await quit(viewer.app);
  expect(await installed()).toBe(oldContent);
}

test('automatic: fetched, said in one line, and in its place when the viewer is quit', async ({ site }) => {
  const { publisher, start } = await site();
  const workstation = await start({ updates: 'automatic' });
  const { viewer, installed, applications } = workstation;
  await expect(viewer.page.getByText(ready)).toBeVisible();
  expect(await installed()).toBe(oldContent);
  await viewer.page.getByRole('button', { name: 'Diagnostics' }).click();
  await expect(
    viewer.page.getByText(/^Version 99\.0\.0 is ready and starts next time \(looked /),
  ).toBeVisible();
  // Nothing of a user or of this computer goes to the publisher.
  for (const headers of publisher.headers)
    expect(Object.keys(headers).filter((name) => /^(?:cookie|authorization|x-)/.test(name))).toEqual([]);

  await quit(viewer.app);
  expect(await installed()).toBe(newContent);
  expect(await readdir(applications)).toEqual(['cpis-viewer.AppImage']);
});

test('feed and file come through the system’s proxy', async ({ site }) => {
  const proxy = await openForwardProxy();
  const { publisher, start } = await site();
  // Chromium on Linux without a desktop reads its proxy from these; `<-loopback>` sends this computer's own too.
  const { viewer } = await start(
    { updates: 'automatic' },
    { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '<-loopback>' },
  );
  await expect(viewer.page.getByText(ready)).toBeVisible();
  for (const asked of publisher.asked) expect(proxy.log.join('\n')).toContain(asked);
  proxy.close();
});

test('feed and file come through a proxy that wants a log-in', async ({ site }) => {
  const user = 'svc-cpis-viewer';
  const password = 'synthetic';
  const proxy = await openForwardProxy({ challenge: { scheme: 'Digest', user, password } });
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-updates-'));
  await chmod(folder, 0o755);
  const proxyLogInFile = path.join(folder, 'proxy-log-in');
  await writeFile(proxyLogInFile, `${user}\n${password}\n`);
  await chmod(proxyLogInFile, 0o644);
  const { publisher, start } = await site();
  const { viewer } = await start(
    { updates: 'automatic', proxyLogInAt: `127.0.0.1:${proxy.port}`, proxyLogInFile },
    { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '<-loopback>' },
  );
  await expect(viewer.page.getByText(ready)).toBeVisible();
  const through = proxy.visits.filter(({ logIn }) => logIn === 'right').map(({ asked }) => asked);
  for (const asked of publisher.asked) expect(through.join('\n')).toContain(asked);
  expect(proxy.visits.filter(({ logIn }) => logIn === 'wrong')).toEqual([]);
  proxy.close();
  await rm(folder, { recursive: true, force: true });
});

test('notify: said in one line, and nothing is fetched', async ({ site }) => {
  const { publisher, start } = await site();
  const workstation = await start({ updates: 'notify' });
  await expect(workstation.viewer.page.getByText(available)).toBeVisible();
  await expectUntouched(workstation);
  // A start that Playwright missed has asked as well.
  expect(new Set(publisher.asked).size).toBe(2);
  expect(publisher.asked.join()).not.toContain('AppImage');
});

for (const [policy, reason] of [
  [{}, 'the policy does not turn them on'],
  [{ updates: 'off' }, 'the policy does not turn them on'],
] as const) {
  test(`policy ${JSON.stringify(policy)}: the feed is not asked`, async ({ site }) => {
    const { publisher, start } = await site();
    const workstation = await start(policy);
    const { page } = workstation.viewer;
    await page.getByRole('button', { name: 'Diagnostics' }).click();
    await expect(page.getByText(`Off: ${reason}`)).toBeVisible();
    await page.getByRole('button', { name: 'Close' }).click();
    await expectUntouched(workstation);
    expect(publisher.asked).toEqual([]);
  });
}

for (const [name, publication, reason] of [
  ['a feed that another key has signed', { signature: 'of another key' }, 'not signed by the publisher'],
  ['a feed without a signature', { signature: 'missing' }, 'HTTP 404'],
  [
    'a feed that was changed after it was signed',
    { change: (feed: string) => feed.replace('x86_64', 'x86-64') },
    'not signed by the publisher',
  ],
] as const) {
  test(`${name}: nothing is fetched, and the old version goes on`, async ({ site }) => {
    const { publisher, start } = await site(publication);
    const workstation = await start({ updates: 'automatic' });
    await expect.poll(workstation.log).toContain(reason);
    await expectUntouched(workstation);
    expect(publisher.asked.join()).not.toContain('AppImage');
  });
}

for (const [name, publication, reason] of [
  ['a download that is cut off half-way', { download: 'cut off half-way' }, 'update-failed'],
  ['a file that is not the one of the feed', { download: 'another file' }, 'sha512 checksum mismatch'],
] as const) {
  test(`${name}: the old version goes on`, async ({ site }) => {
    const { publisher, start } = await site(publication);
    const workstation = await start({ updates: 'automatic' });
    await expect.poll(workstation.log).toContain(reason);
    expect(publisher.asked.join()).toContain('AppImage');
    await workstation.viewer.page.getByRole('button', { name: 'Diagnostics' }).click();
    await expect(
      workstation.viewer.page.getByText(/^FAILED at .*, this version goes on as it is/),
    ).toBeVisible();
    await workstation.viewer.page.getByRole('button', { name: 'Close' }).click();
    await expectUntouched(workstation);
  });
}

test('a new version that cannot take its place leaves the old one there, and says so in the log', async ({
  site,
}) => {
  const { start } = await site();
  const { viewer, installed, applications, log } = await start({ updates: 'automatic' });
  await expect(viewer.page.getByText(ready)).toBeVisible();
  await chmod(applications, 0o555);
  await quit(viewer.app);
  expect(await installed()).toBe(oldContent);
  expect(await log()).toContain('update-failed');
  await chmod(applications, 0o777);
});

test('a viewer that is quit while it fetches: the old version starts next time', async ({ site }) => {
  const { publisher, start } = await site({ download: 'stops half-way' });
  const workstation = await start({ updates: 'automatic' });
  await expect.poll(() => publisher.asked.join()).toContain('AppImage');
  await workstation.viewer.page.getByRole('button', { name: 'Diagnostics' }).click();
  await expect(workstation.viewer.page.getByText(/^Version 99\.0\.0 is being fetched/)).toBeVisible();
  await workstation.viewer.page.getByRole('button', { name: 'Close' }).click();
  await expectUntouched(workstation);
});

test('a download that leads elsewhere: nobody is asked there, and the old version goes on', async ({
  site,
}) => {
  const elsewhere = await site();
  const { start } = await site({ download: new URL(`${elsewhere.publisher.feed}/elsewhere.AppImage`) });
  const workstation = await start({ updates: 'automatic' });
  await expect.poll(workstation.log).toContain('update-failed');
  await expectUntouched(workstation);
  expect(elsewhere.publisher.asked).toEqual([]);
});

test('an older version, signed in its day, is not gone back to', async ({ site }) => {
  const { publisher, start } = await site({ version: '0.0.1' });
  const workstation = await start({ updates: 'automatic' });
  const { page } = workstation.viewer;
  await expect.poll(() => publisher.asked.length).toBe(2);
  await page.getByRole('button', { name: 'Diagnostics' }).click();
  await expect(page.getByText(/^Nothing newer \(looked /)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expectUntouched(workstation);
  expect(publisher.asked).toHaveLength(2);
});
