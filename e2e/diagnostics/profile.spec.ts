/** A user's folder that is not as it should be: the viewer starts, and says what is wrong. */
import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { quit } from '../driver/quit.ts';
import { expect, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { pressInWindow } from '../main-process.ts';
import { expectScreen } from '../screens.ts';

const notices = ({ page }: Viewer) => page.getByRole('list', { name: 'Notices' });
const width = ({ page }: Viewer) => page.evaluate(() => window.innerWidth);

async function enlarge(viewer: Viewer): Promise<void> {
  const before = await width(viewer);
  await pressInWindow(viewer.app, '=', ['control']);
  await expect.poll(() => width(viewer)).toBeLessThan(before);
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
  await chmod(path.join(data, 'audit', 'audit-000000000001.jsonl'), 0o400);
  try {
    const viewer = await launch({ profile: first.profile });
    await expect(notices(viewer)).toContainText('The audit trail cannot be written on this computer');
    // H21: nobody can be looked up here, so the way to an answer is said at once.
    await expect(viewer.page.getByText('telephone the local authority')).toBeVisible();
    // A setting lasts until the end; said at the first that is not kept, and once.
    const notKept = viewer.page.getByText('Your settings cannot be written on this computer');
    await expect(notKept).toHaveCount(0);
    await enlarge(viewer);
    await expect(notKept).toHaveCount(1);
    await enlarge(viewer);
    await expect(notKept).toHaveCount(1);
    await viewer.signIn();
    await viewer.page.getByLabel('NHS number').fill(simulator.patient('child-protection').nhsNumber);
    await viewer.page.getByRole('button', { name: 'Find patient' }).click();
    await expect(viewer.page.getByText(/audit trail .* so nothing was asked/)).toBeVisible();
    const requests = await simulator.requests();
    expect(requests.filter(({ path: requested }) => requested.includes('/Patient'))).toEqual([]);
    await quit(viewer.app);
  } finally {
    await chmod(data, 0o777);
  }
});

test('killed again and again, in the middle of a change: every start is clean', async ({ launch }) => {
  test.setTimeout(90_000);
  const { profile, ...first } = await launch();
  let viewer: Viewer = { profile, ...first };
  for (let kills = 0; kills < 4; kills += 1) {
    await expectScreen(viewer.page, 'signIn');
    await expect(viewer.page.getByText('could not be understood')).toHaveCount(0);
    const gone = viewer.app.waitForEvent('close');
    await pressInWindow(viewer.app, kills % 2 === 0 ? '=' : '-', ['control']);
    await new Promise((resolve) => setTimeout(resolve, kills * 5));
    viewer.app.process().kill('SIGKILL');
    await gone;
    viewer = await launch({ profile });
  }
  await viewer.signIn();
});
