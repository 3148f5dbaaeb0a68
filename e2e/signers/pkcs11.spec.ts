/** A key in a real PKCS #11 token, asked from the real Electron. */
import { chmod } from 'node:fs/promises';
import type { Simulator } from '../../simulator/client.ts';
import { createSoftToken, type SoftToken, softHsmLibrary } from '../doubles/soft-token.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { checksInLog, expectCheckedKey, expectNoKey } from './checked-key.ts';
import { developmentKey, environmentWith, type Use } from './development-keys.ts';
import { createTestMachine, type TestMachine } from './keys-command.ts';

let workstation: TestMachine;
let token: SoftToken;

test.beforeEach(async ({ simulator }) => {
  workstation = await createTestMachine('off');
  token = await createSoftToken('site', '', workstation.profile);
  for (const use of ['platform', 'care-identity'] as const) {
    await token.importKey(use, await workstation.write(`${use}.pem`, developmentKey(simulator, use).pem));
  }
});

const signer =
  (changes: Readonly<Record<string, unknown>> = {}) =>
  (use: Use) => ({
    kind: 'pkcs11',
    library: softHsmLibrary,
    tokenLabel: 'site',
    keyLabel: use,
    pinFile: token.pinFile,
    ...changes,
  });

/** How to start a viewer whose key is in the token. */
const withKey = (simulator: Simulator, changes?: Readonly<Record<string, unknown>>) => ({
  profile: workstation.profile,
  env: { ...workstation.env, ...token.env },
  environmentText: environmentWith(simulator, signer(changes)),
});

/** The operating system's id; `undefined` where there is none. */
const tokenProcess = ({ app }: Viewer) =>
  app.evaluate(
    ({ app: electron }) =>
      electron.getAppMetrics().find(({ name }) => name === 'CP-IS Viewer signing token')?.pid,
  );

test('signs in with a key that stays in its token', async ({ launch, simulator }) => {
  const viewer = await launch(withKey(simulator));
  const { kid } = developmentKey(simulator, 'platform');
  await expectCheckedKey(viewer, `pkcs11, ${kid}: signs, and fits its public key`);
  await viewer.signIn();
});

test('a token whose process has ended can sign again before the user leaves Care Identity', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch(withKey(simulator));
  await expect.poll(() => checksInLog(viewer)).toHaveLength(2);
  process.kill((await tokenProcess(viewer)) ?? Number.NaN, 'SIGKILL');
  await expect.poll(() => tokenProcess(viewer)).toBeUndefined();
  const window = await viewer.openSignIn();
  await expect.poll(() => tokenProcess(viewer)).toBeDefined();
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  // Nothing had changed.
  expect(await checksInLog(viewer)).toHaveLength(2);
});

test('the maker’s library is in a process of its own, never in the one that holds tokens', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch(withKey(simulator));
  await viewer.signIn();
  const loaded = await viewer.app.evaluate(async ({ app }) => {
    const { readFileSync } = process.getBuiltinModule('node:fs');
    const maps = (pid: number) => readFileSync(`/proc/${pid}/maps`, 'utf8').includes('libsofthsm2');
    return app
      .getAppMetrics()
      .filter(({ type }) => type === 'Browser' || type === 'Utility')
      .map(({ pid, name }) => ({ name, loaded: maps(pid) }));
  });
  expect(loaded.filter((each) => each.loaded).map(({ name }) => name)).toEqual([
    'CP-IS Viewer signing token',
  ]);
});

test('the public half is published out of the token', async ({ simulator }) => {
  await workstation.write('environment.json', environmentWith(simulator, signer()));
  const published = await workstation.with(token.env).keys('publish');
  expect(published).toMatchObject({ exitCode: 0 });
  const { keys } = JSON.parse(published.out) as { keys: Record<string, string>[] };
  const { key } = developmentKey(simulator, 'platform');
  expect(keys[0]?.['n']).toBe(key.export({ format: 'jwk' }).n);
});

test('H21: a wrong PIN is said on the Sign in screen, and costs the token no second try', async ({
  launch,
  simulator,
}) => {
  const pinFile = await workstation.write('wrong-pin', '0000\n');
  const viewer = await launch(withKey(simulator, { pinFile }));
  const notAgain = /has been given this PIN before and has not taken it/;
  await expectNoKey(viewer, /CANNOT SIGN: PKCS #11 token: the token refuses the PIN/, notAgain);
  await viewer.page.getByRole('button', { name: 'Close' }).click();
  // Another process of the library is no other viewer.
  process.kill((await tokenProcess(viewer)) ?? Number.NaN, 'SIGKILL');
  await viewer.logIn('nurse');
  await expect(
    viewer.page.getByText('The key that this site signs its requests with could not be used.'),
  ).toBeVisible();
  await expect(viewer.page.getByText(notAgain)).toBeVisible();
});

test('a PIN file as an editor and an administrator leave it is read as it is meant', async ({
  launch,
  simulator,
}) => {
  const pinFile = await workstation.write('edited-pin', '\ufeff48231 \r\n\r\n');
  const viewer = await launch(withKey(simulator, { pinFile }));
  await viewer.signIn();
});

async function lockedPin() {
  const pinFile = await workstation.write('locked-pin', '48231\n');
  await chmod(pinFile, 0o000);
  return { pinFile };
}

for (const [title, prepare, reason] of [
  ['a library that is missing', () => ({ library: '/nowhere' }), /the PKCS #11 library cannot be loaded/],
  ['a token that is missing', () => ({ tokenLabel: 'drawer' }), /no token is labelled "drawer"/],
  ['a PIN file that this user may not read', lockedPin, /the PIN file may not be read \(EACCES\)/],
] as const) {
  test(`${title} is named, says to phone, and the rest of the viewer goes on`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch(withKey(simulator, await prepare()));
    await expect(viewer.page.getByText('phone the local authority')).toBeVisible();
    await expectNoKey(viewer, reason);
  });
}
