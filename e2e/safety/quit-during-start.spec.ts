/**
 * H4: a viewer that is ended before its start is over has done nothing: the trail has no run that seems to have crashed, and the
 * next start knows of the run before it what it would have known.
 */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { auditCommand, auditFolder, events, exportTrail, siteKey } from '../audit/trail.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Launch, startLoaded, test, userDataFolder } from '../fixtures.ts';
import { kill } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

/** Starts the viewer again on a profile, and ends it in the way of `end-during-start.cjs`. */
async function endDuringStart(profile: string, heldAt: string, endedBy: string) {
  const child = await startLoaded(
    profile,
    path.join(import.meta.dirname, 'end-during-start.cjs'),
    `--policy=${path.join(profile, 'policy.json')}`,
    `--held-at=${heldAt}`,
    `--ended-by=${endedBy}`,
  );
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  return { code, said };
}

async function firstRun(launch: Launch) {
  const viewer = await launch({ environment: siteKey, policy: {} });
  await expectScreen(viewer.page, 'signIn');
  return viewer;
}

const ways: readonly [heldAt: string, endedBy: string][] = [
  ['environment.json', 'SIGTERM'],
  ['environment.json', 'the close button'],
  ['environment.json', 'the end of a Windows session'],
  ['environment.json', "an installer's request"],
  ['policy.json', 'SIGTERM'],
  ['policy.json', 'the close button'],
];

/** After a run in order, one that ended during its start, and one more. */
async function expectTwoRunsInTrail(launch: Launch, profile: string): Promise<void> {
  const next = await launch({ environment: siteKey, policy: {}, profile });
  await expectScreen(next.page, 'signIn');
  await quit(next.app);
  expect(events(await exportTrail(profile))).toEqual(['trail-begun', 'started', 'ended', 'started', 'ended']);
  const { out } = await auditCommand('verify', auditFolder(profile));
  expect(out).not.toContain('without having recorded its end');
}

for (const [heldAt, endedBy] of ways) {
  test(`H4: ${endedBy} while the start reads ${heldAt} leaves no run without an end in the trail`, async ({
    launch,
  }) => {
    const { app, profile } = await firstRun(launch);
    await quit(app);
    const { code, said } = await endDuringStart(profile, heldAt, endedBy);
    expect(said).not.toContain('CP-IS Viewer');
    expect(code).toBe(0);
    await expectTwoRunsInTrail(launch, profile);
    expect(await readLog({ profile })).not.toContain('"event":"former-run"');
  });
}

test('H4: an error in the last part of the start leaves no run without an end in the trail', async ({
  launch,
}) => {
  const { app, profile } = await firstRun(launch);
  await quit(app);
  const { code, said } = await endDuringStart(profile, 'no file', 'an error in its last part');
  expect(said).toContain('CP-IS Viewer does not start');
  expect(code).toBe(3);
  await expectTwoRunsInTrail(launch, profile);
});

for (const [heldAt, endedBy, code] of [
  ['environment.json', 'SIGTERM', 0],
  ['no file', 'an error in its last part', 3],
] as const) {
  test(`H4, H21: after ${endedBy} the next start knows what the run before it left, a crash among it`, async ({
    launch,
  }) => {
    const viewer = await firstRun(launch);
    const { profile } = viewer;
    const mark = path.join(userDataFolder(profile), 'running.json');
    const left = await readFile(mark, 'utf8');
    await kill(viewer);
    expect(await endDuringStart(profile, heldAt, endedBy)).toMatchObject({ code });
    expect(await readFile(mark, 'utf8')).toBe(left);
    const next = await launch({ environment: siteKey, policy: {}, profile });
    await expectScreen(next.page, 'signIn');
    const { out } = await auditCommand('verify', auditFolder(profile));
    expect(out.match(/without having recorded its end/g)).toHaveLength(1);
  });
}
