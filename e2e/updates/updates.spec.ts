import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openForwardProxy } from '../doubles/forward-proxy.ts';
import { newVersion, type Publication, type Publisher, publish } from '../doubles/update-feed.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { test as base, expect, type Viewer } from '../fixtures.ts';
import { readLog } from '../viewer-log.ts';

interface Site {
  readonly publisher: Publisher;
  start(policy: Readonly<Record<string, unknown>>, env?: Readonly<Record<string, string>>): Promise<Viewer>;
}

const test = base.extend<{ readonly site: (publication?: Publication) => Promise<Site> }>({
  site: async ({ launch }, use) => {
    const publishers: Publisher[] = [];
    await use(async (publication) => {
      const publisher = await publish(publication);
      publishers.push(publisher);
      return {
        publisher,
        async start(policy, env = {}) {
          const args = [`--update-key=${publisher.publicKey}`];
          return launch({ policy: { updateFeed: publisher.feed, ...policy }, args, env });
        },
      };
    });
    for (const publisher of publishers) publisher.close();
  },
});

const available = `A new version, ${newVersion}, is available. Your desktop team installs it.`;

async function readInDiagnostics({ page }: Viewer, text: RegExp | string): Promise<void> {
  await chooseInMenu(page, 'Diagnostics');
  await expect(page.getByText(text)).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
}

test('notify: a new version is said in one line, and nothing is fetched', async ({ site }) => {
  const { publisher, start } = await site();
  const viewer = await start({ updates: 'notify' });
  await expect(viewer.page.getByText(available)).toBeVisible();
  await readInDiagnostics(viewer, /^Version 99\.0\.0 is available \(looked [^)]+\)$/);
  await viewer.signIn();
  // A start that Playwright missed has asked as well.
  expect([...new Set(publisher.asked)]).toEqual(['/viewer/update-feed.json', '/viewer/update-feed.json.sig']);
  // Nothing of a user or of this computer goes to the publisher.
  for (const headers of publisher.headers)
    expect(Object.keys(headers).filter((name) => /^(?:cookie|authorization|x-)/.test(name))).toEqual([]);
});

test('a policy that still says automatic counts as notify, and Diagnostics says so', async ({ site }) => {
  const { start } = await site();
  const viewer = await start({ updates: 'automatic' });
  await expect(viewer.page.getByText(available)).toBeVisible();
  await readInDiagnostics(
    viewer,
    /The policy says "automatic", which counts as "notify": this version installs nothing by itself/,
  );
});

test('the feed comes through the system’s proxy', async ({ site }) => {
  const proxy = await openForwardProxy();
  const { publisher, start } = await site();
  // Chromium on Linux without a desktop reads its proxy from these; `<-loopback>` sends this computer's own too.
  const viewer = await start(
    { updates: 'notify' },
    { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '<-loopback>' },
  );
  await expect(viewer.page.getByText(available)).toBeVisible();
  for (const asked of publisher.asked) expect(proxy.log.join('\n')).toContain(asked);
  proxy.close();
});

test('the feed comes through a proxy that wants a log-in', async ({ site }) => {
  const user = 'svc-cpis-viewer';
  const password = 'synthetic';
  const proxy = await openForwardProxy({ challenge: { scheme: 'Digest', user, password } });
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-updates-'));
  await chmod(folder, 0o755);
  const proxyLogInFile = path.join(folder, 'proxy-log-in');
  await writeFile(proxyLogInFile, `${user}\n${password}\n`);
  await chmod(proxyLogInFile, 0o644);
  const { publisher, start } = await site();
  const viewer = await start(
    { updates: 'notify', proxyLogInAt: `127.0.0.1:${proxy.port}`, proxyLogInFile },
    { http_proxy: `http://127.0.0.1:${proxy.port}`, no_proxy: '<-loopback>' },
  );
  await expect(viewer.page.getByText(available)).toBeVisible();
  const through = proxy.visits.filter(({ logIn }) => logIn === 'right').map(({ asked }) => asked);
  for (const asked of publisher.asked) expect(through.join('\n')).toContain(asked);
  expect(proxy.visits.filter(({ logIn }) => logIn === 'wrong')).toEqual([]);
  proxy.close();
  await rm(folder, { recursive: true, force: true });
});

for (const policy of [{}, { updates: 'off' }] as const) {
  test(`policy ${JSON.stringify(policy)}: the feed is not asked`, async ({ site }) => {
    const { publisher, start } = await site();
    const viewer = await start(policy);
    await readInDiagnostics(viewer, 'Off (set by policy)');
    await viewer.signIn();
    expect(publisher.asked).toEqual([]);
  });
}

for (const [name, publication, reason] of [
  ['a feed that another key has signed', { signature: 'of another key' }, 'not signed by the publisher'],
  ['a feed without a signature', { signature: 'missing' }, 'HTTP 404'],
  [
    'a feed that was changed after it was signed',
    { change: (feed: string) => feed.replace('99', '98') },
    'not signed by the publisher',
  ],
  ['a feed that leads elsewhere', { redirect: 'elsewhere.json' }, 'update-failed'],
] as const) {
  test(`${name}: no new version is said, and the viewer goes on`, async ({ site }) => {
    const { publisher, start } = await site(publication);
    const viewer = await start({ updates: 'notify' });
    await expect.poll(() => readLog(viewer)).toContain(reason);
    await readInDiagnostics(viewer, /^FAILED at .*, this version goes on as it is/);
    await viewer.signIn();
    await expect(viewer.page.getByText(/A new version/)).toHaveCount(0);
    expect(publisher.asked.join()).not.toContain('elsewhere');
  });
}

test('an older version, signed in its day, is not offered', async ({ site }) => {
  const { publisher, start } = await site({ version: '0.0.1' });
  const viewer = await start({ updates: 'notify' });
  await expect.poll(() => publisher.asked.length).toBeGreaterThanOrEqual(2);
  await readInDiagnostics(viewer, /^Nothing newer \(looked /);
  await expect(viewer.page.getByText(/A new version/)).toHaveCount(0);
});
