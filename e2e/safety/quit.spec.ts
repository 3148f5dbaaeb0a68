import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { quitRequestFile } from '../../shared/installation.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from '../audit/trail.ts';
import { expect, test, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';

const installed = { loadedFirst: [path.join(import.meta.dirname, 'installed-in-profile.cjs')] };
const installer = "an installer's request";
const signals = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const;

/** Asks the viewer to end, and gives what the operating system says of the end. */
async function endWith({ app, profile }: Viewer, way: (typeof signals)[number] | typeof installer) {
  const child = app.process();
  const ended = once(child, 'exit');
  if (way === installer) await writeFile(path.join(profile, quitRequestFile), '');
  else child.kill(way);
  const [code, endedBy] = await ended;
  return { code, endedBy };
}

for (const way of [...signals, installer] as const) {
  test(`H10, H14: ${way} signs out first, and the trail says so`, async ({ launch }) => {
    const viewer = await launch({ environment: siteKey, ...installed });
    await viewer.signIn();
    await viewer.ask('looked-after', 'unscheduled', 'history');
    expect(await endWith(viewer, way)).toEqual({ code: 0, endedBy: null });
    expect(events(await exportTrail(viewer.profile)).slice(-2)).toEqual(['signed-out', 'ended']);
    expect((await auditCommand('verify', auditFolder(viewer.profile))).code).toBe(0);
  });
}

for (const way of ['SIGTERM', installer] as const) {
  test(`H5, H14: a check on its way at ${way} is in the trail as one that may have notified, and is said at the next start`, async ({
    launch,
    simulator,
  }) => {
    const viewer = await launch({ environment: siteKey, ...installed });
    await viewer.signIn();
    await askAndHold(viewer, simulator, 'looked-after', 'unscheduled');
    await endWith(viewer, way);
    const entries = await exportTrail(viewer.profile);
    expect(events(entries)).toContain('signed-out');
    expect(entries.find(({ event }) => event === 'cpis-outcome')).toMatchObject({
      outcome: 'could-not-check',
      notification: 'unknown',
    });
    await simulator.clearFaults();
    const next = await launch({ environment: siteKey, profile: viewer.profile });
    await next.signIn();
    await expect(next.page.getByRole('alert')).toContainText(
      'The answer to an unscheduled check was not shown',
    );
  });
}

test(`${installer} ends a viewer of a computer that is not set up`, async ({ launch }) => {
  const viewer = await launch({ environmentText: null, ...installed });
  expect(await endWith(viewer, installer)).toEqual({ code: 0, endedBy: null });
});
