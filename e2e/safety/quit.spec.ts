import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { quitRequestFile } from '../../shared/installation.ts';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from '../audit/trail.ts';
import { type LaunchCodeIssuer, startLaunchCodeIssuer } from '../doubles/launch-code-issuer.ts';
import { test as base, expect, started, startLoaded, userDataFolder, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { kill, pressInWindow } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

const test = base.extend<{ readonly issuer: LaunchCodeIssuer }>({
  issuer: started(
    () => startLaunchCodeIssuer(),
    (issuer) => issuer.close(),
  ),
});

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

/** Loads electron-store, whose when-exit would end the viewer at a signal. */
async function changeSetting({ app, profile }: Viewer): Promise<void> {
  await pressInWindow(app, '=', ['control']);
  const file = path.join(userDataFolder(profile), 'settings.json');
  await expect.poll(() => readFile(file, 'utf8').catch(() => '')).toContain('zoomFactor');
}

for (const way of [...signals, installer] as const) {
  test(`H10, H14: ${way} signs out first, and the trail says so`, async ({ launch }) => {
    const viewer = await launch({ environment: siteKey, ...installed });
    await viewer.signIn();
    await viewer.ask('looked-after', 'unscheduled', 'history');
    await changeSetting(viewer);
    expect(await endWith(viewer, way)).toEqual({ code: 0, endedBy: null });
    expect(events(await exportTrail(viewer.profile)).slice(-2)).toEqual(['signed-out', 'ended']);
    expect((await auditCommand('verify', auditFolder(viewer.profile))).code).toBe(0);
    // A start meanwhile would follow this viewer, but no installer's request.
    expect(existsSync(path.join(userDataFolder(viewer.profile), 'ending'))).toBe(way !== installer);
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

test('H21: a start that waits in vain for the end of the viewer before it says so, and what to do', async ({
  launch,
}) => {
  const first = await launch();
  // Holds the end when all else is done.
  await first.app.evaluate(
    ({ app }) =>
      new Promise<void>((resolve) => {
        app.on('before-quit', (event) => {
          if (event.defaultPrevented) return;
          event.preventDefault();
          resolve();
        });
        app.quit();
      }),
  );
  const next = await startLoaded(first.profile, path.join(import.meta.dirname, 'short-wait.cjs'));
  const [said, [code]] = await Promise.all([text(next.stderr), once(next, 'close')]);
  expect(said).toContain(
    'BOX CP-IS Viewer does not start: The application was closed, but has not ended yet. Wait a moment, then open it again.',
  );
  expect(said).toContain("phone the local authority's children's services");
  expect(code).toBe(3);
  await kill(first);
});

test('H21: a launch that comes while the viewer ends opens one of its own, after that end', async ({
  launch,
  simulator,
  issuer,
}) => {
  const patient = simulator.patient('child-protection');
  const environment = { ...siteKey, ...issuer.settings };
  const first = await launch({ environment });
  await first.signIn();
  await first.ask('looked-after', 'scheduled', 'found');
  // Holds the end, when all else is done, until a code that came with the later start would have been sent.
  const isHeld = first.app.evaluate(
    ({ app, session }, { address, sessions }) =>
      new Promise<boolean>((resolve) => {
        let isHeardOf = false;
        app.on('second-instance', () => {
          isHeardOf = true;
          const asked = sessions.map((name) => session.fromPartition(name).fetch(address));
          void Promise.allSettled(asked).then(() => app.quit());
        });
        app.on('before-quit', (event) => {
          if (event.defaultPrevented || isHeardOf) return;
          event.preventDefault();
          resolve(true);
        });
        app.quit();
      }),
    { address: simulator.addresses.cis2, sessions: ['api-keep-alive', 'api-single-use'] },
  );
  expect(await isHeld).toBe(true);
  const ended = once(first.app.process(), 'exit');
  const next = await launch({
    environment,
    profile: first.profile,
    args: [`--launch=cpis-viewer:launch?code=${issuer.issue(patient)}`],
  });
  await ended;
  expect(issuer.redeemed()).toBe(0);
  await next.logIn('nurse');
  await expectScreen(next.page, 'confirm');
  await expect(next.page.getByText(patient.family).first()).toBeVisible();
  const recorded = events(await exportTrail(first.profile));
  expect(recorded.filter((event) => event === 'started' || event === 'ended')).toEqual([
    'started',
    'ended',
    'started',
  ]);
});
