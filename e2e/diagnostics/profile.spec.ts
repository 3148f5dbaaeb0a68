/** A user's folder that is not as it should be: the viewer starts, and says what is wrong. */
import { once } from 'node:events';
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { Simulator } from '../../simulator/client.ts';
import { trailFile } from '../audit/trail.ts';
import { mountSmallDisk, type SmallDisk } from '../doubles/small-disk.ts';
import { chooseInMenu } from '../driver/menu.ts';
import { quit } from '../driver/quit.ts';
import { expect, makeProfile, startLoaded, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { crashPage, kill, pressInWindow } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

const notices = ({ page }: Viewer) => page.getByRole('region', { name: 'Notices' });
const width = ({ page }: Viewer) => page.evaluate(() => window.innerWidth);

async function enlarge(viewer: Viewer): Promise<void> {
  const before = await width(viewer);
  await pressInWindow(viewer.app, '=', ['control']);
  await expect.poll(() => width(viewer)).toBeLessThan(before);
}

/** No patient can be looked up, and the screen says why. */
async function expectNothingAsked(viewer: Viewer, simulator: Simulator): Promise<void> {
  await viewer.signIn();
  await viewer.enterNumber(simulator.patient('child-protection').nhsNumber);
  await expect(viewer.page.getByText(/audit trail .* so nothing was sent/)).toBeVisible();
  const requests = await simulator.requests();
  expect(requests.filter(({ path: requested }) => requested.includes('/Patient'))).toEqual([]);
}

test('a folder that may not be written: the viewer starts, says so, and asks nothing', async ({
  launch,
  simulator,
}) => {
  const first = await launch();
  await expectScreen(first.page, 'signIn');
  await quit(first.app);
  const data = userDataFolder(first.profile);
  await chmod(data, 0o555);
  await chmod(trailFile(first.profile), 0o400);
  try {
    const viewer = await launch({ profile: first.profile });
    await expect(notices(viewer)).toContainText('The audit trail cannot be written on this computer');
    // H21: no patient can be looked up here, so the way to an answer is said at once.
    await expect(viewer.page.getByText('phone the local authority')).toBeVisible();
    // A setting lasts until the end; said at the first that is not kept, and once.
    const notKept = viewer.page.getByText('Your settings cannot be written on this computer');
    await expect(notKept).toHaveCount(0);
    await enlarge(viewer);
    await expect(notKept).toHaveCount(1);
    await enlarge(viewer);
    await expect(notKept).toHaveCount(1);
    await expectNothingAsked(viewer, simulator);
    await quit(viewer.app);
  } finally {
    await chmod(data, 0o777);
  }
});

const troubles = {
  full: { code: 'ENOSPC', begin: (disk: SmallDisk) => disk.fill(), end: (disk: SmallDisk) => disk.free() },
  'read-only': {
    code: 'EROFS',
    begin: (disk: SmallDisk) => disk.setReadOnly(true),
    end: (disk: SmallDisk) => disk.setReadOnly(false),
  },
};

for (const [what, { code, begin, end }] of Object.entries(troubles)) {
  test(`a ${what} disk from the start: the viewer starts, says what cannot be written, and asks nothing`, async ({
    launch,
    simulator,
  }) => {
    const profile = await makeProfile();
    const disk = mountSmallDisk(userDataFolder(profile));
    try {
      begin(disk);
      const viewer = await launch({ profile });
      await expect(notices(viewer)).toContainText('The audit trail cannot be written on this computer');
      await chooseInMenu(viewer.page, 'Diagnostics');
      await expect(viewer.page.getByText(`CANNOT BE WRITTEN (${code})`, { exact: true })).toBeVisible();
      await viewer.page.keyboard.press('Escape');
      await enlarge(viewer);
      await expect(viewer.page.getByText('Your settings cannot be written on this computer')).toHaveCount(1);
      await expectNothingAsked(viewer, simulator);
      end(disk);
      await viewer.signOut();
      await expect(viewer.page.getByText('The audit trail cannot be written')).toHaveCount(0);
      await quit(viewer.app);
    } finally {
      disk.unmount();
    }
  });
}

test('a crash whose dump cannot be kept: the page comes back all the same', async ({ launch }) => {
  const profile = await makeProfile();
  const policy = { crashDumps: true };
  await quit((await launch({ profile, policy })).app);
  const disk = mountSmallDisk(path.join(userDataFolder(profile), 'Crashpad'));
  try {
    disk.setReadOnly(true);
    const viewer = await launch({ profile, policy });
    await crashPage(viewer.app);
    await viewer.signIn();
    await quit(viewer.app);
  } finally {
    disk.unmount();
  }
});

test('H21: a start that fails for an unknown reason ends with a message and a code', async () => {
  const child = await startLoaded(await makeProfile(), path.join(import.meta.dirname, 'break-start.cjs'));
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, 'close')]);
  expect(code).toBe(3);
  expect(errors).toContain(
    'BOX CP-IS Viewer does not start: A part of this application could not be started.',
  );
  expect(errors).toContain("phone the local authority's children's services");
});

test('killed again and again, in the middle of a change: every start is clean', async ({ launch }) => {
  const { profile, ...first } = await launch();
  let viewer: Viewer = { profile, ...first };
  for (let kills = 0; kills < 4; kills += 1) {
    await expectScreen(viewer.page, 'signIn');
    await expect(viewer.page.getByText('could not be read')).toHaveCount(0);
    await pressInWindow(viewer.app, kills % 2 === 0 ? '=' : '-', ['control']);
    await new Promise((resolve) => setTimeout(resolve, kills * 5));
    await kill(viewer);
    viewer = await launch({ profile });
  }
  await viewer.signIn();
});
