/** A key in a key service that signs as Vault and OpenBao do, asked over Electron's own network stack. */
import { chmod } from 'node:fs/promises';
import type { Simulator } from '../../simulator/client.ts';
import { startTransitServer, type TransitServer, transitToken } from '../doubles/transit-server.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { expect, type Launch, type LaunchOptions, test } from '../fixtures.ts';
import { expectScreen, untilSettled } from '../screens.ts';
import { checksInLog, expectCheckedKey, expectNoKey } from './checked-key.ts';
import { developmentKey, environmentWith, type Use } from './development-keys.ts';
import { createTestMachine, type TestMachine } from './keys-command.ts';

let workstation: TestMachine;
let transit: TransitServer;

test.beforeEach(async ({ simulator }) => {
  workstation = await createTestMachine('off');
  const keys = (['platform', 'care-identity'] as const).map(
    (use) => [use, [developmentKey(simulator, use).key]] as const,
  );
  transit = await startTransitServer(new Map(keys));
});
test.afterEach(() => transit.stop());

const signer = (tokenFile: string) => (use: Use) => ({
  kind: 'remote',
  baseUrl: transit.baseUrl,
  key: use,
  tokenFile,
});

/** A viewer whose two keys are in the key service, which takes the token of that file. */
const start = (launch: Launch, simulator: Simulator, tokenFile: string, more: LaunchOptions = {}) =>
  launch({
    profile: workstation.profile,
    env: workstation.env,
    environmentText: environmentWith(simulator, signer(tokenFile)),
    ...more,
  });

test('signs in with a key that is on no workstation', async ({ launch, simulator }) => {
  const tokenFile = await workstation.write('token', `${transitToken}\n`);
  const viewer = await start(launch, simulator, tokenFile);
  await viewer.signIn();
  expect(transit.requests).toContain('POST /v1/transit/sign/platform/sha2-512');
  expect(transit.requests).toContain('POST /v1/transit/sign/care-identity/sha2-512');
});

test('the keys are checked again while the user is at Care Identity, which says nothing of a service that fails', async ({
  launch,
  simulator,
}) => {
  const tokenFile = await workstation.write('token', `${transitToken}\n`);
  const viewer = await start(launch, simulator, tokenFile);
  const kid = developmentKey(simulator, 'platform').kid;
  await expectCheckedKey(viewer, `remote, ${kid}: signs, and fits its public key`);
  transit.answer = (response) => response.writeHead(503).end();
  const window = await viewer.openSignIn();
  await expect.poll(() => checksInLog(viewer)).toHaveLength(4);
  const before = transit.requests.length;
  await untilSettled(viewer.page);
  await expect(viewer.page.getByRole('alert')).toHaveCount(0);
  await expect(viewer.page.getByText(/Sign-in will not work/)).toHaveCount(0);
  // The service is back, and the sign-in as if it had never been away.
  transit.answer = undefined;
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  expect(transit.requests.slice(before)).toEqual([
    'POST /v1/transit/sign/care-identity/sha2-512',
    'POST /v1/transit/sign/platform/sha2-512',
  ]);
  const [, , platform, careIdentity] = await checksInLog(viewer);
  const sealed = 'remote signer: HTTP 503: it is sealed or under maintenance';
  expect(platform).toMatchObject({ use: 'platform', result: 'cannot-sign', reason: sealed });
  expect(careIdentity).toMatchObject({ use: 'care-identity', result: 'cannot-sign', reason: sealed });
});

test('the policy "prefetch": false asks for no signature but those of the sign-in', async ({
  launch,
  simulator,
}) => {
  const tokenFile = await workstation.write('token', `${transitToken}\n`);
  const viewer = await start(launch, simulator, tokenFile, { policy: { prefetch: false } });
  await expect.poll(() => checksInLog(viewer)).toHaveLength(2);
  const before = transit.requests.length;
  await viewer.signIn();
  expect(transit.requests.slice(before)).toEqual([
    'POST /v1/transit/sign/care-identity/sha2-512',
    'POST /v1/transit/sign/platform/sha2-512',
  ]);
});

test('a token that is not valid is said on the Sign in screen, and is nowhere in what is shown', async ({
  launch,
  simulator,
}) => {
  const tokenFile = await workstation.write('token', 'hvs.revoked');
  const viewer = await start(launch, simulator, tokenFile);
  await expectNoKey(viewer, /HTTP 403: its token is not valid/);
  expect(await viewer.page.content()).not.toContain('hvs.revoked');
});

test('a sign-in that works takes back the notice that it will not', async ({ launch, simulator }) => {
  const tokenFile = await workstation.write('token', transitToken);
  transit.answer = (response) => response.writeHead(503).end();
  const viewer = await start(launch, simulator, tokenFile);
  await expect(viewer.page.getByText(/Sign-in will not work/)).toBeVisible();

  transit.answer = undefined;
  await viewer.signIn();
  await viewer.signOut();
  await expect(viewer.page.getByText(/Sign-in will not work/)).toHaveCount(0);
});

test('a slow key service makes a sign-in slow, and no more', async ({ launch, simulator }) => {
  const tokenFile = await workstation.write('token', `\ufeff${transitToken}\r\n`);
  transit.delayMs = 1_500;
  const viewer = await start(launch, simulator, tokenFile);
  await viewer.signIn();
});

for (const [title, answer, mode, reason] of [
  ['a key service that does not answer', () => undefined, 0o644, /remote signer: timed-out/],
  ['a token file that this user may not read', undefined, 0o000, /its token file may not be read \(EACCES\)/],
] as const) {
  test(`${title} is named, says to phone, and holds up no start`, async ({ launch, simulator }) => {
    const tokenFile = await workstation.write('token', transitToken);
    await chmod(tokenFile, mode);
    transit.answer = answer;
    const environment: object = JSON.parse(environmentWith(simulator, signer(tokenFile)));
    const environmentText = JSON.stringify({ ...environment, timeoutSeconds: 2 });
    const viewer = await start(launch, simulator, tokenFile, { environmentText });
    await expect(viewer.page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
    await expect(viewer.page.getByText('phone the local authority')).toBeVisible();
    await expectNoKey(viewer, reason);
  });
}

test('while keys are rotated, the former key stands in for one that cannot sign yet', async ({
  launch,
  simulator,
}) => {
  const tokenFile = await workstation.write('token', transitToken);
  const environment = JSON.parse(environmentWith(simulator, signer(tokenFile))) as {
    platform: Record<string, unknown>;
  };
  environment.platform['nextSigner'] = {
    from: '2020-01-01T00:00:00Z',
    signer: { ...signer(tokenFile)('platform'), kid: 'next-kid', key: 'not-made-yet' },
  };
  const environmentText = JSON.stringify(environment);
  const viewer = await start(launch, simulator, tokenFile, { environmentText });
  await chooseInMenu(viewer.page, 'Diagnostics');
  await expect(viewer.page.getByText(/remote, next-kid: CANNOT SIGN: remote signer: HTTP 404/)).toBeVisible();
  await expect(viewer.page.getByText('Former signing key for the platform')).toBeVisible();
  await viewer.page.getByRole('button', { name: 'Close' }).click();
  await expect(viewer.page.getByText(/Sign-in will not work/)).toBeHidden();
  await viewer.signIn();
});
