import type { Simulator } from '../../simulator/client.ts';
import { quit } from '../driver/quit.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { mainHeap } from '../main-process.ts';
import { readLog } from '../viewer-log.ts';

/** A heap snapshot of V8 has the first 1,024 characters of a string. */
const start = (token: string) => token.slice(0, 500);

/** Which of the tokens something in the main process still refers to. */
async function referredTo(viewer: Viewer, simulator: Simulator): Promise<readonly string[]> {
  const heap = await mainHeap(viewer);
  // A code is spent by then: something may still refer to one.
  const issued = (await simulator.issuedTokens()).filter(({ kind }) => kind !== 'authorization-code');
  return issued.filter(({ value }) => heap.includes(start(value))).map(({ kind }) => kind);
}

/** As a platform that revokes tokens has it. */
function withRevocation(simulator: Simulator) {
  return { platform: { revocationUrl: new URL('/oauth2/revoke', simulator.addresses.platform).href } };
}

const endings = async (simulator: Simulator) =>
  (await simulator.requests()).filter((request) => /revoke|endSession/.test(request.path));

test('H14: after a sign-out nothing in the main process refers to a token', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: withRevocation(simulator) });
  await viewer.signIn();
  await viewer.find('child-protection');
  expect(await referredTo(viewer, simulator)).toEqual(
    expect.arrayContaining(['id-token', 'platform-access-token', 'platform-refresh-token']),
  );
  await viewer.signOut();
  await expect
    .poll(async () => (await endings(simulator)).map(({ status }) => Number(status)).toSorted())
    .toEqual([200, 200, 200, 204]);
  await expect.poll(() => referredTo(viewer, simulator)).toEqual([]);
});

test('H14: a quit ends the sign-in at the services, and does not wait for those that do not answer', async ({
  launch,
  simulator,
}) => {
  const first = await launch({ environment: withRevocation(simulator) });
  await first.signIn();
  await quit(first.app);
  expect((await endings(simulator)).map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 204]);

  for (const target of ['cis2.revocation', 'cis2.end-session', 'platform.revocation'])
    await simulator.fault(target, { kind: 'hang' });
  const second = await launch({ environment: withRevocation(simulator) });
  await second.signIn();
  const ended = new Promise((resolve) => second.app.process().once('exit', resolve));
  await quit(second.app);
  await ended;
  const log = await readLog(second);
  expect(log).toContain('"event":"logout","step":"unfinished","result":"no answer before the quit"');
});
