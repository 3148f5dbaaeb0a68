/** H10, H14: however the viewer is asked to end, its user is signed out first, and the trail says so. */
import { once } from 'node:events';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from '../audit/trail.ts';
import { expect, test, type Viewer } from '../fixtures.ts';

/** Sends a signal, and gives what the operating system says of the end. */
async function endWith({ app }: Viewer, signal: NodeJS.Signals) {
  const child = app.process();
  const ended = once(child, 'exit');
  child.kill(signal);
  const [code, endedBy] = await ended;
  return { code, endedBy };
}

/** The last question of a check has its answer, and the trail the outcome. */
async function expectHistory({ page }: Viewer): Promise<void> {
  await expect(page.getByRole('table', { name: 'Previously viewed by' })).toBeVisible();
}

for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
  test(`H10, H14: ${signal} signs out first, and the trail says so`, async ({ launch }) => {
    const viewer = await launch({ environment: siteKey });
    await viewer.signIn();
    await viewer.ask('looked-after', 'unscheduled');
    await expectHistory(viewer);
    expect(await endWith(viewer, signal)).toEqual({ code: 0, endedBy: null });
    expect(events(await exportTrail(viewer.profile)).slice(-2)).toEqual(['signed-out', 'ended']);
    expect((await auditCommand('verify', auditFolder(viewer.profile))).code).toBe(0);
  });
}

test('H5, H14: a check that is on its way when the viewer is ended is in the trail as one that may have notified', async ({
  launch,
  simulator,
}) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await simulator.fault('cpis.care-team', { kind: 'hold' }, { times: 1 });
  await viewer.ask('looked-after', 'unscheduled');
  await expect.poll(simulator.held).toBe(1);
  await endWith(viewer, 'SIGTERM');
  const entries = await exportTrail(viewer.profile);
  expect(events(entries)).toContain('signed-out');
  expect(entries.find(({ event }) => event === 'cpis-outcome')).toMatchObject({
    outcome: 'could-not-check',
    notification: 'unknown',
  });
});
