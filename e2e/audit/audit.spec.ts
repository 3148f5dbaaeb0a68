/** Who did what, recorded before it was done, in a trail that shows every change and gives no NHS number away. */
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cpisRequests } from '../cpis-requests.ts';
import { mountSmallDisk, type SmallDisk } from '../doubles/small-disk.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { expect, type Launch, makeProfile, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { askAndHold } from '../held-check.ts';
import { kill } from '../main-process.ts';
import { expectScreen } from '../screens.ts';
import { filesHolding } from '../security/folder-search.ts';
import { auditCommand, auditFolder, events, exportTrail, finishTrail, siteKey, trailFile } from './trail.ts';

test('the main job, from sign-in to sign-out, is in the trail', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: siteKey });
  const { page, profile } = viewer;
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled', 'history');
  await page.getByRole('button', { name: /^Copy Office hours/ }).click();
  await viewer.lock();
  await viewer.signIn();
  await viewer.signOut();

  // While the viewer is still open.
  expect(await auditCommand('verify', auditFolder(profile))).toMatchObject({
    code: 0,
    out: expect.stringContaining('The trail is whole.'),
  });
  const entries = await finishTrail(viewer);
  expect(events(entries)).toEqual([
    'trail-begun',
    'started',
    'signed-in',
    'patient-trace',
    'patient-trace-outcome',
    'cpis-query',
    'cpis-outcome',
    'cpis-query',
    'cpis-outcome',
    'copied',
    'locked',
    'signed-in',
    'signed-out',
    'ended',
  ]);
  const { nhsNumber, family } = simulator.patient('child-protection');
  const [check, answer, history] = entries.slice(5);
  expect(check).toMatchObject({
    query: 'check',
    patient: nhsNumber,
    careSetting: 'unscheduled',
    mayNotify: true,
    actor: {
      userId: expect.stringMatching(/^\d{12}$/),
      roleId: expect.stringMatching(/^\d+$/),
      role: expect.any(String),
      organisation: expect.any(String),
    },
    workstation: expect.any(String),
    at: expect.stringMatching(/Z$/),
  });
  expect(answer).toMatchObject({ outcome: 'found', notification: 'sent', checkId: check?.['checkId'] });
  expect(history).toMatchObject({ query: 'history', mayNotify: false, checkId: check?.['checkId'] });
  // What CP-IS was sent, and so what the service's own records call it, was in the trail beforehand.
  const sent = (await simulator.requests()).filter(({ path: requested }) => requested.startsWith('/cpis/'));
  expect(sent.map(({ headers }) => headers['x-correlation-id'])).toEqual([
    check?.['checkId'],
    check?.['checkId'],
  ]);
  expect(entries.slice(1).filter(({ workstation }) => workstation !== check?.['workstation'])).toEqual([]);
  expect(entries.at(-2)).toMatchObject({ event: 'signed-out', actor: check?.['actor'] });
  // An id and a role: no name of a user, in any entry.
  const text = await readFile(trailFile(profile), 'utf8');
  for (const part of simulator.userName('nurse').split(/\W+/)) expect(text).not.toContain(part);
  expect(await filesHolding(userDataFolder(profile), [nhsNumber, family])).toEqual([]);
});

test('without a key of the site, no NHS number is kept in any form', async ({ viewer }) => {
  await viewer.signIn();
  await viewer.find('child-protection');
  expect(await finishTrail(viewer, /^patient-trace$/)).toMatchObject([{ patient: null }]);
});

const troubles = {
  'a read-only disk': {
    words: 'The audit trail may not be written on this computer, so nothing was sent.',
    begin: (disk: SmallDisk) => disk.setReadOnly(true),
    end: (disk: SmallDisk) => disk.setReadOnly(false),
  },
  'a full disk': {
    words: "This computer's disk is full: the audit trail could not be written, so nothing was sent.",
    begin: (disk: SmallDisk) => disk.fill(),
    end: (disk: SmallDisk) => disk.free(),
  },
};

/** A viewer whose trail is on a small disk. */
async function onSmallDisk(launch: Launch, use: (viewer: Viewer, disk: SmallDisk) => Promise<void>) {
  const profile = await makeProfile();
  await mkdir(userDataFolder(profile), { mode: 0o777 });
  await chmod(userDataFolder(profile), 0o777);
  const disk = mountSmallDisk(auditFolder(profile));
  try {
    await use(await launch({ environment: siteKey, profile }), disk);
  } finally {
    disk.unmount();
  }
}

for (const [trouble, { words, begin, end }] of Object.entries(troubles)) {
  test(`H4: ${trouble}: CP-IS is not asked, in plain words, and is asked once it is over`, async ({
    launch,
    simulator,
  }) => {
    await onSmallDisk(launch, async (viewer, disk) => {
      const { page } = viewer;
      await viewer.signIn();
      await viewer.find('child-protection');
      begin(disk);
      await viewer.check('unscheduled');
      await expect(page.getByText(words)).toBeVisible();
      // H5: the line under the heading is there as with every outcome.
      await expect(
        page.getByText('Not checked. Unscheduled care: nothing was sent, and nobody was notified.'),
      ).toBeVisible();
      expect(await cpisRequests(simulator)).toEqual([]);
      expect(await simulator.notifications()).toEqual([]);

      end(disk);
      await page.getByRole('button', { name: /^(Check again|Check CP-IS)$/ }).click();
      await expect(page.getByRole('heading', { name: 'CP-IS record found' })).toBeVisible();
      expect(await simulator.notifications()).toHaveLength(1);
      await quit(viewer.app);
    });
  });

  test(`${trouble} between question and answer: answer, lock and sign-in are in the trail late, and it says so`, async ({
    launch,
    simulator,
  }) => {
    await onSmallDisk(launch, async (viewer, disk) => {
      const { app, page, profile } = viewer;
      await viewer.signIn();
      await askAndHold(viewer, simulator, 'child-protection', 'unscheduled');
      begin(disk);
      await simulator.clearFaults();
      await expect(page.getByRole('heading', { name: 'CP-IS record found' })).toBeVisible();
      await viewer.lock();
      await viewer.signIn();
      await chooseInMenu(page, 'Diagnostics');
      await expect(page.getByText(/CANNOT BE WRITTEN \(.+\); waiting in memory: [3-9]/)).toBeVisible();
      await page.keyboard.press('Escape');
      end(disk);
      await quit(app);

      const { code, out } = await auditCommand('verify', auditFolder(profile));
      expect(out).toMatch(
        /Note: .* the trail could not be written \((ENOSPC|EROFS)\)\. Entries that follow late: [3-9]/,
      );
      expect(code).toBe(0);
      const recorded = events(await exportTrail(profile)).filter((event) => event !== 'lines-torn');
      const gap = recorded.indexOf('trail-interrupted');
      expect(recorded.slice(0, gap).at(-1)).toBe('cpis-query');
      expect(recorded.slice(gap + 1)).toEqual(
        expect.arrayContaining(['cpis-outcome', 'locked', 'signed-in', 'signed-out', 'ended']),
      );
    });
  });
}

test('a disk that is full to the end: the next start shows that the trail may lack something', async ({
  launch,
}) => {
  await onSmallDisk(launch, async (viewer, disk) => {
    const { app, profile } = viewer;
    await viewer.signIn();
    disk.fill();
    await viewer.signOut();
    await quit(app);
    disk.free();
    const next = await launch({ environment: siteKey, profile });
    await expectScreen(next.page, 'signIn');
    await quit(next.app);
    const { out } = await auditCommand('verify', auditFolder(profile));
    expect(out).toContain('the viewer was started again without having recorded its end');
  });
});

test('a folder that may not be written: not even PDS is asked', async ({ launch, simulator }) => {
  const viewer = await launch({ environment: siteKey, userData: {} });
  const { page, profile } = viewer;
  await viewer.signIn();
  const folder = auditFolder(profile);
  await rename(folder, path.join(profile, 'audit-kept'));
  await mkdir(folder, { mode: 0o555 });
  await viewer.enterNumber(simulator.patient('child-protection').nhsNumber);
  await expect(page.getByText('The audit trail may not be written on this computer')).toBeVisible();
  const requests = await simulator.requests();
  expect(requests.filter(({ path: requested }) => requested.includes('/Patient'))).toEqual([]);
  await chmod(folder, 0o755);
});

test('a viewer that was killed: the next start goes on, and the trail is whole', async ({ launch }) => {
  const first = await launch({ environment: siteKey });
  await first.signIn();
  await first.find('child-protection');
  await kill(first);
  const { profile } = first;

  const second = await launch({ environment: siteKey, profile });
  await expectScreen(second.page, 'signIn');
  await quit(second.app);
  expect(await auditCommand('verify', auditFolder(profile))).toMatchObject({ code: 0 });
  expect(events(await exportTrail(profile)).slice(-3)).toEqual(['started', 'session-interrupted', 'ended']);
});

test('a changed entry is found, and named', async ({ launch }) => {
  const viewer = await launch({ environment: siteKey });
  await viewer.signIn();
  await quit(viewer.app);
  const file = trailFile(viewer.profile);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('"signed-in"', '"signed-on"'));
  const { code, out } = await auditCommand('verify', auditFolder(viewer.profile));
  expect(code).toBe(1);
  expect(out).toContain('audit-000000000001.jsonl, line 3: not an entry as it was written.');
});
