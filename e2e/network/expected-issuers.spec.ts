/**
 * Expected certificate issuers, with real TLS: two private authorities that the user's own NSS store trusts, the one that the
 * site expects, and that of a box in between.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { openForwardProxy } from '../doubles/forward-proxy.ts';
import { serveOnLoopback } from '../doubles/loopback.ts';
import { createPrivateAuthority, type PrivateAuthority } from '../doubles/private-authority.ts';
import { openTlsFront } from '../doubles/tls-front.ts';
import { chooseInMenu } from '../driver/menu.ts';
import type { Viewer } from '../fixtures.ts';
import { expect, fault, remoteEnvironment, systemProxy, test } from './site.ts';

const token = 'hvs.synthetic-token';

/** Both are trusted by the user of this home: on Linux a user needs no right for that. */
async function createAuthorities(folder: string) {
  const [ours, other] = await Promise.all(
    ['Synthetic root of the site', 'Synthetic root in between'].map(async (name, index) => {
      const own = path.join(folder, `authority-${index}`);
      await mkdir(own);
      return createPrivateAuthority(own, name);
    }),
  );
  if (ours === undefined || other === undefined) throw new Error('two were made');
  const home = path.join(folder, 'home');
  await ours.trustIn(home);
  await other.trustIn(home);
  return { ours, other, home };
}

/** A server behind TLS in a key service's place, with the tokens that it was sent. */
async function openInBetween(authority: PrivateAuthority) {
  const tokens: string[] = [];
  const { origin, close } = await serveOnLoopback((request, response) => {
    tokens.push(String(request.headers['x-vault-token']));
    response.writeHead(503).end();
  });
  const front = await openTlsFront(authority, new URL(origin));
  const proxy = await openForwardProxy({ tunnelTo: front.port });
  return {
    tokens,
    port: proxy.port,
    log: () => proxy.log,
    close() {
      proxy.close();
      front.close();
      void close();
    },
  };
}

async function siteWithKeyService(folder: string, certificateIssuers: object | undefined) {
  const tokenFile = path.join(folder, 'token');
  await writeFile(tokenFile, token, { mode: 0o644 });
  const { cis2, platform, cpis } = remoteEnvironment;
  const signer = { ...platform.signer, tokenFile };
  return {
    cpis,
    cis2: { clientAuthentication: { ...cis2.clientAuthentication, signer } },
    platform: { signer },
    ...(certificateIssuers === undefined ? {} : { certificateIssuers }),
  };
}

/** What Diagnostics says of the keys, once each has been tried. */
async function keyRow({ page }: Viewer): Promise<string> {
  await expect(page.getByText(/Sign-in will not work/)).toBeVisible();
  await chooseInMenu(page, 'Diagnostics');
  const row = page
    .getByRole('dialog')
    .locator('div', { has: page.getByText('Signing key for the platform') });
  return row.last().innerText();
}

for (const { title, expects, isReached } of [
  {
    title: 'without an expected issuer, the token of the key service reaches a box in between',
    expects: 'nobody',
    isReached: true,
  },
  {
    title: 'with one, the connection ends before anything is sent, in words',
    expects: 'ours',
    isReached: false,
  },
  { title: 'with the key of its own root, the service is talked to', expects: 'other', isReached: true },
] as const) {
  test(`a root of the user’s own and https_proxy: ${title}`, async ({ launch, folder }) => {
    const { ours, other, home } = await createAuthorities(folder);
    const box = await openInBetween(other);
    const issuers = { nobody: undefined, ours: ours.publicKeyHash, other: other.publicKeyHash }[expects];
    const viewer = await launch({
      env: { ...systemProxy(box.port), CPIS_VIEWER_HOME: home },
      environment: await siteWithKeyService(
        folder,
        issuers === undefined ? undefined : { signer: [issuers] },
      ),
    });
    const row = await keyRow(viewer);
    expect(box.log()).toContain('CONNECT vault.viewer.test:443');
    expect(box.tokens.includes(token)).toBe(isReached);
    if (isReached) expect(row).toContain('HTTP 503');
    else expect(row).toContain('unexpected-issuer (net::ERR_SSL_PINNED_KEY_NOT_IN_CERT_CHAIN)');
    box.close();
  });
}

test('H2: CP-IS behind another issuer is sent neither kind of question', async ({
  launch,
  folder,
  simulator,
}) => {
  const { ours, other, home } = await createAuthorities(folder);
  const { cpis } = simulator.environment as { readonly cpis: { readonly baseUrl: string } };
  const real = new URL(cpis.baseUrl);
  const front = await openTlsFront(other, real);
  const viewer = await launch({
    env: { CPIS_VIEWER_HOME: home },
    environment: {
      cpis: { baseUrl: `${front.origin}${real.pathname}` },
      certificateIssuers: { services: [ours.publicKeyHash] },
    },
  });
  await viewer.signIn();
  // Each has a session of its own.
  for (const careSetting of ['scheduled', 'unscheduled'] as const) {
    await viewer.ask('child-protection', careSetting);
    await expect(viewer.page.getByRole('main')).toContainText(
      'its certificate is not from an issuer that this site expects',
    );
    await viewer.findAnother();
  }
  expect((await simulator.requests()).filter(({ path: asked }) => asked.includes('/cpis/'))).toEqual([]);
  front.close();
});

for (const { title, opensWindow } of [
  { title: 'before the sign-in window opens', opensWindow: false },
  { title: 'in the sign-in window', opensWindow: true },
]) {
  test(`Care Identity: another issuer is said on the screen, ${title}`, async ({
    launch,
    folder,
    simulator,
  }) => {
    const { ours, other, home } = await createAuthorities(folder);
    const { cis2 } = simulator.environment as { readonly cis2: { readonly issuer: string } };
    const real = new URL(cis2.issuer);
    // Its endpoints behind one authority, its pages behind the other.
    const endpoints = await openTlsFront(opensWindow ? ours : other, real);
    const pages = await openTlsFront(other, real);
    const at = (port: number) => `https://127.0.0.1:${port}${real.pathname}`;
    await simulator.fault('cis2.discovery', {
      kind: 'body',
      contentType: 'application/json',
      body: JSON.stringify({
        issuer: at(endpoints.port),
        authorization_endpoint: `${at(pages.port)}/authorize`,
        token_endpoint: `${at(endpoints.port)}/access_token`,
        userinfo_endpoint: `${at(endpoints.port)}/userinfo`,
        jwks_uri: `${at(endpoints.port)}/connect/jwk_uri`,
      }),
    });
    const viewer = await launch({
      env: { CPIS_VIEWER_HOME: home },
      environment: {
        cis2: { issuer: at(endpoints.port), signInHosts: [`127.0.0.1:${pages.port}`] },
        certificateIssuers: { careIdentity: [ours.publicKeyHash] },
      },
    });
    const words = await fault(viewer);
    expect(words).toContain('its certificate is not from an issuer that this site expects');
    expect(words).toContain('phone the local authority');
    const asked = (await simulator.requests()).map(({ path: asked }) => asked.split('/').at(-1));
    if (opensWindow) expect(asked).not.toContain('authorize');
    else expect(asked).toEqual([]);
    endpoints.close();
    pages.close();
  });
}
