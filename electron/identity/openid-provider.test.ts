/** The provider's metadata and keys, over real sign-ins. */
import { afterEach, expect, test, vi } from 'vitest';
import type { Session } from './session.ts';
import { faultOf } from './testing/identity.ts';
import { createPerson } from './testing/person.ts';
import { simulatorForTests } from './testing/simulator.ts';

const simulator = await simulatorForTests();
afterEach(() => vi.useRealTimers());

async function signInAndOut(session: Session): Promise<void> {
  expect((await session.signIn()).state).toBe('signed-in');
  session.signOut();
}

test('discovery is read once in an hour, then again', async () => {
  let aheadMs = 0;
  const { session, logout } = simulator.identity({ now: () => new Date(Date.now() + aheadMs) });
  for (const after of [0, 59 * 60_000, 61 * 60_000]) {
    // The services' clocks move with this computer's.
    aheadMs = after;
    await simulator.settings({ clockOffsetSeconds: after / 1_000 });
    await signInAndOut(session);
    await logout.settled();
  }
  expect(await simulator.countOf('openid-configuration')).toBe(2);
});

test('a sign-in that failed has it read again; one that was cancelled has not', async () => {
  const person = createPerson('Cancel');
  const { session } = simulator.identity(person);
  await session.signIn();
  await session.signIn();
  expect(await simulator.countOf('openid-configuration')).toBe(1);
  await simulator.fault('cis2.token', { kind: 'status', status: 500 }, { times: 1 });
  person.presses = ['Nora Synthetic'];
  await session.signIn();
  expect((await session.signIn()).state).toBe('signed-in');
  expect(await simulator.countOf('openid-configuration')).toBe(2);
});

test.each([
  ['a moment ago', 0],
  ['two minutes ago, so that the old ones are still used', 120_000],
])('its keys change after a sign-in %s: the next one works at once', async (_when, later) => {
  const { session } = simulator.identity();
  await signInAndOut(session);
  await simulator.fault('cis2.jwks', { kind: 'rotate-key' });
  // All clocks move: the library uses the computer's clock, and the services' clocks move with it.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + later });
  await simulator.settings({ clockOffsetSeconds: later / 1_000 });
  await signInAndOut(session);
});

const prepared = [
  ['openid-configuration', 1],
  ['jwk_uri', 1],
] as const;
const expectFetched = async (counts: readonly (readonly [string, number])[]) => {
  for (const [request, count] of counts) expect(await simulator.countOf(request), request).toBe(count);
};

test('prepared, they are not waited for at the sign-in', async () => {
  const { cis2, session } = simulator.identity();
  expect(await cis2.prepare()).toBe(true);
  await expectFetched(prepared);
  expect((await session.signIn()).state).toBe('signed-in');
  await expectFetched(prepared);
});

test('a key that is new since they were prepared is found', async () => {
  const { cis2, session } = simulator.identity();
  await cis2.prepare();
  await simulator.fault('cis2.jwks', { kind: 'rotate-key' });
  await signInAndOut(session);
});

test.each(['cis2.discovery', 'cis2.jwks'])(
  '%s fails while they are prepared: the sign-in tries afresh',
  async (target) => {
    const { cis2, session } = simulator.identity();
    await simulator.fault(target, { kind: 'reset' }, { times: 1 });
    expect(await cis2.prepare()).toBe(false);
    expect(session.view()).toEqual({ state: 'signed-out', lastFault: undefined });
    await signInAndOut(session);
  },
);

test('prepared again they are fetched again; where that fails, what is known stays', async () => {
  let aheadMs = 0;
  const { cis2, session } = simulator.identity({ now: () => new Date(Date.now() + aheadMs) });
  for (const minutes of [0, 40]) {
    aheadMs = minutes * 60_000;
    await simulator.settings({ clockOffsetSeconds: minutes * 60 });
    expect(await cis2.prepare()).toBe(true);
  }
  expect(await simulator.countOf('openid-configuration')).toBe(2);
  aheadMs = 80 * 60_000;
  await simulator.settings({ clockOffsetSeconds: 80 * 60 });
  await simulator.fault('cis2.discovery', { kind: 'reset' });
  expect(await cis2.prepare()).toBe(false);
  await signInAndOut(session);
});

test('a key that the provider does not publish: refused, and read again at the next sign-in', async () => {
  const { session } = simulator.identity();
  await simulator.fault('cis2.token', { kind: 'id-token', header: { kid: 'gone' } }, { times: 1 });
  expect(faultOf(await session.signIn())?.kind).toBe('sign-in-failed');
  expect(await simulator.countOf('jwk_uri')).toBe(1);
  await signInAndOut(session);
});
