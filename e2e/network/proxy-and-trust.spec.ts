/**
 * All HTTP of the main process goes the way that the operating system says: its proxy, its PAC file, its trust. The
 * proxy's own log proves the path.
 */
import path from 'node:path';
import { openForwardProxy } from '../doubles/forward-proxy.ts';
import { serveOnLoopback } from '../doubles/loopback.ts';
import { openTlsFront } from '../doubles/tls-front.ts';
import { chooseInMenu } from '../driver/menu.ts';
import type { Viewer } from '../fixtures.ts';
import { expect, fault, lookupEndpoints, remoteEnvironment, systemProxy, test } from './site.ts';

test('every request of the main process and of the sign-in window goes through the system’s proxy', async ({
  launch,
}) => {
  const proxy = await openForwardProxy();
  const viewer = await launch({ env: systemProxy(proxy.port) });
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'history');
  const requests = proxy.log.join('\n');
  for (const endpoint of lookupEndpoints) {
    expect(requests).toContain(endpoint);
  }
  proxy.close();
});

test('a proxy that is not there is named as the proxy', async ({ launch }) => {
  const gone = await openForwardProxy();
  gone.close();
  const viewer = await launch({ env: systemProxy(gone.port) });
  expect(await fault(viewer)).toContain('The network proxy did not let the request through.');
});

test('a PAC file decides the way, and a private root that the system trusts is trusted', async ({
  launch,
  simulator,
  authority,
  folder,
}) => {
  const front = await openTlsFront(authority, new URL(simulator.addresses.platform));
  const proxy = await openForwardProxy({ tunnelTo: front.port });
  const pac = await serveOnLoopback((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'application/x-ns-proxy-autoconfig' });
    response.end(
      `function FindProxyForURL(url, host) { return dnsDomainIs(host, '.viewer.test') ? 'PROXY 127.0.0.1:${proxy.port}' : 'DIRECT'; }`,
    );
  });
  const home = path.join(folder, 'home');
  await authority.trustIn(home);
  const viewer = await launch({
    env: { auto_proxy: `${pac.origin}/proxy.pac`, CPIS_VIEWER_HOME: home },
    environment: remoteEnvironment,
  });
  await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
  await expect(viewer.page.getByText('SIMULATOR')).toBeVisible();
  // The session is made for its first request, here that for the keys of Care Identity.
  await expect.poll(async () => (await simulator.requests()).length).toBeGreaterThan(0);
  const answer = await askThroughApiSession(viewer);
  // The simulator's own refusal: the way there and the certificate were accepted.
  expect(answer).toBe('HTTP 401');
  expect(proxy.log).toContain('CONNECT api.viewer.test:443');
  await expectIssuer(viewer, 'api.viewer.test: Synthetic root of a test');
  await pac.close();
  proxy.close();
  front.close();
});

test('a certificate that the system does not trust is refused, in words', async ({
  launch,
  simulator,
  authority,
}) => {
  const { cis2 } = simulator.environment as { cis2: { issuer: string } };
  const issuer = new URL(cis2.issuer);
  const front = await openTlsFront(authority, issuer);
  const viewer = await launch({
    environment: { cis2: { issuer: `https://127.0.0.1:${front.port}${issuer.pathname}` } },
  });
  expect(await fault(viewer)).toContain('its certificate is not trusted here');
  expect(await simulator.requests()).toEqual([]);
  await expectIssuer(viewer, '127.0.0.1: Synthetic root of a test (NOT TRUSTED)');
  front.close();
});

/** Diagnostics says who issued the certificate, trusted or not. */
async function expectIssuer({ page }: Viewer, issuer: string): Promise<void> {
  await chooseInMenu(page, 'Diagnostics');
  const row = page
    .getByRole('dialog')
    .locator('div', { has: page.getByText('Certificate issuer') })
    .last();
  await expect(row.getByRole('definition')).toHaveText(issuer);
}

/** The session that carries every request of the main process, asked directly: signing in needs a key. */
function askThroughApiSession(viewer: Viewer): Promise<string> {
  return viewer.app.evaluate(async ({ session }) => {
    const answer = await session
      .fromPartition('api-keep-alive')
      .fetch('https://api.viewer.test/cpis/FHIR/R4/CareTeam');
    return `HTTP ${answer.status}`;
  });
}
