/** The end of a session at its limit, by a clock that nobody can set. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { absoluteLimitMs, authenticated, createWorld, issuedTo, request } from './testing/session-world.ts';

const hour = 3_600_000;
/** How long the computer has slept: in a sleep no timer runs, and `performance.now()` may stand still. */
let sleptMs = 0;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  sleptMs = 0;
});

const setClock = (byMs: number) => vi.setSystemTime(Date.now() + byMs);

async function signedIn() {
  const world = createWorld(() => performance.now() + sleptMs);
  void world.session.signIn();
  world.signIns.at(-1)?.answer(authenticated('ann', 'selected'));
  await vi.advanceTimersByTimeAsync(0);
  world.exchanges.at(-1)?.answer(issuedTo('ann'));
  await vi.advanceTimersByTimeAsync(0);
  expect(world.session.view().state).toBe('signed-in');
  return world;
}

test('H21: a clock that is set ahead ends no session', async () => {
  const world = await signedIn();
  setClock(absoluteLimitMs + hour);
  expect((await request(world)).kind).toBe('answered');
  expect(world.session.view()).toMatchObject({ state: 'signed-in', timeLeftMs: absoluteLimitMs });
});

test.each([
  ['', 0],
  [', also where its clock was set back meanwhile', -2 * absoluteLimitMs],
])('H14: a session whose limit has passed in a sleep sends nothing%s', async (_name, byMs) => {
  const world = await signedIn();
  sleptMs = absoluteLimitMs;
  setClock(absoluteLimitMs + byMs);
  expect(await request(world)).toMatchObject({ kind: 'failed', fault: 'signed-out' });
  expect(world.session.view()).toMatchObject({ state: 'locked', lastFault: { kind: 'signed-out' } });
  expect(world.sent).toEqual([]);
});

test('H14: a clock that is set back keeps no session for longer than its limit', async () => {
  const world = await signedIn();
  setClock(-absoluteLimitMs);
  void world.session.signInAgain(); // counts the time that is left anew
  await vi.advanceTimersByTimeAsync(absoluteLimitMs);
  expect(world.session.view().state).toBe('locked');
});
