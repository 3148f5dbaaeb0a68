/**
 * Names that a page lets the computer look up reach a name server past every proxy, policy and request handler, and a name
 * can carry a patient (H10). The witness is Chromium's own account of its resolver, which is first shown to see a look-up.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { headingOf, rendererProcess } from '../main-process.ts';
import { screens } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

const witness = 'witness.invalid';

interface NameLookups {
  /** Every name below `.invalid` that the resolver was asked for since. */
  end(): Promise<readonly string[]>;
}

async function watchNameLookups({ app, profile }: Viewer): Promise<NameLookups> {
  const file = path.join(userDataFolder(profile), 'net-log.json');
  await app.evaluate(async ({ session }, to) => {
    await session.fromPartition('viewer').netLog.startLogging(to, { captureMode: 'everything' });
  }, file);
  return {
    async end() {
      await app.evaluate(async ({ session }, name) => {
        const viewerSession = session.fromPartition('viewer');
        await viewerSession.resolveHost(name).catch(() => undefined);
        await viewerSession.netLog.stopLogging();
      }, witness);
      return namesIn(JSON.parse(await readFile(file, 'utf8')));
    },
  };
}

interface NetLog {
  readonly constants: { readonly logEventTypes: Readonly<Record<string, number>> };
  readonly events: readonly { readonly type: number; readonly params?: unknown }[];
}

function namesIn({ constants, events }: NetLog): readonly string[] {
  const ofResolver = new Set(
    Object.entries(constants.logEventTypes).flatMap(([name, type]) =>
      /^(HOST_RESOLVER|DNS_)/.test(name) ? [type] : [],
    ),
  );
  const names = events
    .filter(({ type }) => ofResolver.has(type))
    .flatMap(({ params }) => JSON.stringify(params ?? {}).match(/[\w-]+\.invalid/g) ?? []);
  return [...new Set(names)].toSorted();
}

/** Everything that names a host and that no request handler sees, at once. */
const lookUpNames = `(async () => {
  const link = (rel, href) => document.head.append(Object.assign(document.createElement('link'), { rel, href }));
  for (const rel of ['dns-prefetch', 'preconnect', 'prefetch', 'preload', 'modulepreload', 'prerender', 'icon', 'manifest'])
    for (const scheme of ['', 'http:', 'https:']) link(rel, scheme + '//' + rel + '.invalid/');
  const control = Object.assign(document.createElement('meta'), { httpEquiv: 'x-dns-prefetch-control', content: 'on' });
  document.head.append(control);
  const anchor = Object.assign(document.createElement('a'), { href: 'http://anchor.invalid/', textContent: 'x', ping: 'http://ping.invalid/' });
  document.body.append(anchor);
  anchor.dispatchEvent(new MouseEvent('mouseover', { bubbles: true }));
  const attempts = [
    () => fetch('http://fetch.invalid/', { keepalive: true }),
    () => new WebSocket('ws://socket.invalid/').close(),
    () => new WebTransport('https://transport.invalid/').ready,
    () => new EventSource('http://events.invalid/').close(),
    () => navigator.sendBeacon('http://beacon.invalid/', 'x'),
    () => navigator.credentials.get({ identity: { providers: [{ configURL: 'https://identity.invalid/c.json', clientId: 'x' }] } }),
    () => new PaymentRequest([{ supportedMethods: 'https://pay.invalid/' }], { total: { label: 'x', amount: { currency: 'GBP', value: '1' } } }).canMakePayment(),
  ];
  for (const attempt of attempts) { try { await attempt().catch(() => {}); } catch {} }
  const peers = [];
  for (const url of ['stun:stun.invalid', 'stuns:stuns.invalid', 'turn:turn-udp.invalid?transport=udp', 'turn:turn-tcp.invalid?transport=tcp', 'turns:turns.invalid?transport=tcp'])
    for (const Peer of [globalThis.RTCPeerConnection, globalThis.webkitRTCPeerConnection]) {
      if (Peer === undefined) continue;
      const peer = new Peer({ iceServers: [{ urls: url, username: 'x', credential: 'x' }] });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer()).catch(() => {});
      peers.push(peer);
    }
  await new Promise((resolve) => setTimeout(resolve, 1000));
})()`;

test('H10: script in the viewer’s page gets no name looked up, by whatever names a host', async ({
  viewer,
}) => {
  const lookups = await watchNameLookups(viewer);
  await viewer.page.evaluate(lookUpNames);
  expect(await lookups.end()).toEqual([witness]);
});

test('H10: a hostile sign-in page gets no name looked up but those of relays, as the threat model says', async ({
  viewer,
}) => {
  const window = await viewer.openSignIn();
  await expect(window.getByRole('heading', { name: 'Log in' })).toBeVisible();
  const lookups = await watchNameLookups(viewer);
  await window.evaluate(lookUpNames);
  const names = await lookups.end();
  expect(names.filter((name) => !/^turns?[.-]/.test(name))).toEqual([witness]);
});

test('H10: a page that makes a frame, in which peer connections would be there again, is ended', async ({
  viewer,
}) => {
  const { app } = viewer;
  const before = await rendererProcess(app);
  await app.evaluate(({ BrowserWindow }) => {
    void BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      `document.body.append(document.createElement('iframe')); undefined`,
    );
  });
  await expect.poll(() => rendererProcess(app)).not.toBe(before);
  await expect.poll(() => readLog(viewer)).toContain('"reason":"made-a-frame"');
  await expect.poll(() => headingOf(viewer)).toBe(screens.signIn);
});
