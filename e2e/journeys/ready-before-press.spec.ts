/** What the viewer does before "Sign in" is pressed and while the user is at Care Identity, and the policy `prefetch`. */
import type { Simulator } from '../../simulator/client.ts';
import { openLatencyRelay } from '../doubles/latency-relay.ts';
import { expect, test } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';

async function asked(simulator: Simulator): Promise<readonly string[]> {
  return (await simulator.requests()).map(({ method, path: at }) => `${method} ${at.split('/').at(-1)}`);
}

const discovery = 'GET openid-configuration';
const keys = 'GET jwk_uri';

test('discovery and keys are there before the press, which asks for neither', async ({
  viewer,
  simulator,
}) => {
  await expect.poll(() => asked(simulator)).toEqual([discovery, keys]);
  await expect(viewer.page.getByRole('alert')).toHaveCount(0);
  await viewer.signIn();
  const all = await asked(simulator);
  expect(all.filter((one) => one === discovery || one === keys)).toEqual([discovery, keys]);
});

test('after the sign-in no screen says that the viewer starts, since the code of the next is there', async ({
  viewer,
}) => {
  const title = await viewer.page.title();
  await viewer.page.evaluate(async () => {
    // That code is loaded when the first screen has been drawn.
    await new Promise((resolve) => requestIdleCallback(resolve));
    new MutationObserver(() => {
      if (document.querySelector('.start-page__starting') !== null) document.title = 'starts';
    }).observe(document.body, { subtree: true, childList: true });
  });
  await viewer.signIn();
  expect(await viewer.page.title()).toBe(title);
});

test('the policy "prefetch": false asks for nothing before the press', async ({ launch, simulator }) => {
  const viewer = await launch({ policy: { prefetch: false } });
  await viewer.signIn();
  const all = await asked(simulator);
  // Discovery only where the sign-in needs it, just before its page.
  expect(all.slice(0, 2)).toEqual([discovery, 'GET authorize']);
  expect(all.filter((one) => one.startsWith('HEAD'))).toEqual([]);
});

/** PDS behind a relay that counts the connections to it. */
async function openRelay(simulator: Simulator) {
  const { pds } = simulator.environment as { readonly pds: { readonly baseUrl: string } };
  const behind = new URL(pds.baseUrl);
  const relay = await openLatencyRelay();
  relay.portBehind = Number(behind.port);
  return { relay, environment: { pds: { baseUrl: `http://127.0.0.1:${relay.port}${behind.pathname}` } } };
}

/** The requests that opened a connection, or found it open: one to PDS and one to the platform each time. */
const opened = async (simulator: Simulator) =>
  (await asked(simulator)).filter((one) => one.startsWith('HEAD')).length;

test('the first question to PDS goes over the connection that was opened at the sign-in', async ({
  launch,
  simulator,
}) => {
  const { relay, environment } = await openRelay(simulator);
  const viewer = await launch({ environment });
  expect(relay.connections).toBe(0);
  const window = await viewer.openSignIn();
  await expect.poll(() => opened(simulator)).toBe(2);
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  // Asked for once more, and still there.
  await expect.poll(() => opened(simulator)).toBe(4);
  await viewer.find('child-protection');
  expect(relay.connections).toBe(1);
  relay.close();
});

test('a connection that ended while the user was at the provider is opened again before PDS is asked', async ({
  launch,
  simulator,
}) => {
  const { relay, environment } = await openRelay(simulator);
  const viewer = await launch({ environment });
  const window = await viewer.openSignIn();
  await expect.poll(() => opened(simulator)).toBe(2);
  relay.endConnections();
  await window.getByRole('button', { name: simulator.userName('nurse') }).click();
  await expectScreen(viewer.page, 'find');
  await expect.poll(() => relay.connections).toBe(2);
  await expect.poll(() => opened(simulator)).toBe(4);
  await viewer.find('child-protection');
  expect(relay.connections).toBe(2);
  relay.close();
});
