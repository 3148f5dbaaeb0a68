/** Which way of signing in a session asks Care Identity for. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeFault } from '../../shared/fault.ts';
import { authenticated, createWorld, issuedTo, type World } from './testing/session-world.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const tooLow = makeFault('assurance-too-low', 'test');
const settle = () => vi.advanceTimersByTimeAsync(0);
const asked = ({ signIns }: World) => signIns.map(({ input }) => input.acr);

/** The sign-in that has begun succeeds, with the tokens of the platform. */
async function succeed({ signIns, exchanges }: World): Promise<void> {
  signIns.at(-1)?.answer(authenticated('ann', 'selected'));
  await settle();
  exchanges.at(-1)?.answer(issuedTo('ann'));
  await settle();
}

async function signedIn(): Promise<World> {
  const world = createWorld();
  void world.session.signIn();
  await succeed(world);
  expect(world.session.view().state).toBe('signed-in');
  return world;
}

async function steppedUp(): Promise<World> {
  const world = await signedIn();
  void world.session.signInAgain('step-up');
  await succeed(world);
  return world;
}

test('a user who signs in again asks for the level that the session has', async () => {
  const world = await signedIn();
  void world.session.signInAgain();
  await succeed(world);
  void world.session.signInAgain('step-up');
  await succeed(world);
  void world.session.signInAgain();
  expect(asked(world)).toEqual(['default', 'default', 'step-up', 'step-up']);
});

test('a change of role keeps the level that the session has', async () => {
  const world = await steppedUp();
  void world.session.changeRole();
  await succeed(world);
  void world.session.signInAgain();
  expect(asked(world)).toEqual(['default', 'step-up', 'step-up', 'step-up']);
});

test('a stronger sign-in that comes to nothing leaves the level as it was', async () => {
  const world = await signedIn();
  void world.session.signInAgain('step-up');
  world.signIns.at(-1)?.answer({ kind: 'refused', fault: makeFault('sign-in-cancelled', 'test') });
  await settle();
  void world.session.signInAgain();
  expect(asked(world)).toEqual(['default', 'step-up', 'default']);
});

test('after a sign-in of too low a level the strongest is asked for, and kept', async () => {
  const world = createWorld();
  void world.session.signIn();
  world.signIns.at(-1)?.answer({ kind: 'refused', fault: tooLow });
  await settle();
  void world.session.signIn();
  await succeed(world);
  void world.session.signInAgain();
  expect(asked(world)).toEqual(['default', 'step-up', 'step-up']);
});

test('a user who unlocks is asked for the default: another user may be at the screen', async () => {
  const world = await steppedUp();
  world.session.lock();
  void world.session.signIn();
  expect(asked(world)).toEqual(['default', 'step-up', 'default']);
});
