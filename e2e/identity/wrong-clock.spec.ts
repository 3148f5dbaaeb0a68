/** A workstation whose clock is wrong from the start: the services say the right time, and signing in goes by that. */
import { expect, test } from '../fixtures.ts';

const hour = 60 * 60;

for (const [how, offset] of [
  ['an hour slow', hour],
  ['an hour fast', -hour],
] as const) {
  test(`on a workstation whose clock is ${how}, a user signs in at the first try, asks, and is renewed`, async ({
    viewer,
    simulator,
  }) => {
    // What a test can move is the services' clock: to them, the workstation's is as wrong the other way.
    await simulator.settings({ clockOffsetSeconds: offset, accessTokenSeconds: 6 });
    await viewer.signIn();
    await viewer.ask('child-protection', 'unscheduled', 'found');
    const grants = async () =>
      (await simulator.requests()).filter(({ path, status }) => path === '/oauth2/token' && status === 200);
    await expect.poll(async () => (await grants()).length).toBeGreaterThanOrEqual(2);
    // Nothing was refused on the way: the clock was known from the first answer on.
    const requests = await simulator.requests();
    expect(requests.filter(({ path }) => path.endsWith('/authorize'))).toHaveLength(1);
    expect(requests.filter(({ path, status }) => path === '/oauth2/token' && status !== 200).length).toBe(0);
    expect(await simulator.notifications()).toHaveLength(1);
  });
}
