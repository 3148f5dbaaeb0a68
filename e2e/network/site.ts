/** What the tests of this folder share: a folder and a private authority, and ways to say which proxy there is. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { createPrivateAuthority, type PrivateAuthority } from '../doubles/private-authority.ts';
import { test as base, expect, started, type Viewer } from '../fixtures.ts';

export { expect };

export const test = base.extend<{ readonly folder: string; readonly authority: PrivateAuthority }>({
  folder: started(makeFolder, (folder) => rm(folder, { recursive: true, force: true })),
  authority: async ({ folder }, use) => {
    await use(await createPrivateAuthority(folder));
  },
});

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-network-'));
  // The viewer runs as another user where the tests run as root.
  await chmod(folder, 0o755);
  return folder;
}

/** Chromium on Linux without a desktop reads its proxy from these; `<-loopback>` sends this computer's own too. */
export const systemProxy = (port: number) => ({
  http_proxy: `http://127.0.0.1:${port}`,
  https_proxy: `http://127.0.0.1:${port}`,
  no_proxy: '<-loopback>',
});

/** What the screen says when signing in does not work. */
export function fault({ page }: Viewer): Promise<string> {
  return faultOf(page, page.getByRole('button', { name: 'Sign in with Care Identity' }));
}

/** What the screen says when this button is pressed, which may stand below what it said of a press before. */
export async function faultOf(page: Page, button: Locator): Promise<string> {
  const alert = page.getByRole('alert');
  const before = (await alert.allInnerTexts()).join('\n');
  const [, former = 'no reference'] = /Support reference (\S+)/.exec(before) ?? [];
  await button.click();
  const shown = alert.filter({ hasNotText: former });
  await expect(shown).toBeVisible();
  return shown.innerText();
}

/** An environment off this computer, as a site has one; nothing is signed in these tests. */
const remoteSigner = {
  kind: 'remote',
  kid: 'k',
  baseUrl: 'https://vault.viewer.test',
  key: 'platform',
  tokenFile: '/nonexistent',
  privateKey: undefined,
};
export const remoteEnvironment = {
  cis2: { clientAuthentication: { method: 'private_key_jwt', signer: remoteSigner } },
  platform: { signer: remoteSigner },
  cpis: { baseUrl: 'https://api.viewer.test/cpis/FHIR/R4' },
};

/** What a sign-in and a whole lookup ask for: parts of the addresses. */
export const lookupEndpoints = [
  '/.well-known/openid-configuration',
  '/authorize',
  '/access_token',
  '/userinfo',
  '/connect/jwk_uri',
  '/oauth2/token',
  '/personal-demographics/FHIR/R4/Patient/',
  '/cpis/FHIR/R4/CareTeam',
  '/cpis/FHIR/R4/AuditEvent',
] as const;
