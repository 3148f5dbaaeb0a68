import { readdir } from 'node:fs/promises';
import { quit } from '../driver/quit.ts';
import { expect, makeProfile, test, userDataFolder, type Viewer } from '../fixtures.ts';
import { crashPage } from '../main-process.ts';

async function dumps(profile: string): Promise<number> {
  const files = await readdir(userDataFolder(profile), { recursive: true });
  return files.filter((file) => file.endsWith('.dmp')).length;
}

/** Until the page has come back in a new process. */
async function crash({ app, page }: Viewer): Promise<void> {
  await crashPage(app);
  await expect(page.getByRole('button', { name: 'Sign in with Care Identity' })).toBeEnabled();
}

test('H10: a crash leaves no dump', async ({ viewer }) => {
  await crash(viewer);
  await quit(viewer.app);
  expect(await dumps(viewer.profile)).toBe(0);
});

test('where the policy asks for dumps they are kept, and go with that policy', async ({ launch }) => {
  const profile = await makeProfile();
  const start = (crashDumps: boolean) => launch({ profile, policy: { crashDumps } });
  await quit((await start(true)).app);

  const asked = await start(true);
  await crash(asked);
  await expect.poll(() => dumps(profile)).toBeGreaterThan(0);
  await quit(asked.app);

  const later = await start(false);
  await expect.poll(() => dumps(profile)).toBe(0);
  await quit(later.app);
});

test('H10: once the policy no longer asks, the next start keeps none', async ({ launch }) => {
  const profile = await makeProfile();
  for (const crashDumps of [true, false]) await quit((await launch({ profile, policy: { crashDumps } })).app);
  const viewer = await launch({ profile, policy: { crashDumps: false } });
  await crash(viewer);
  await quit(viewer.app);
  expect(await dumps(profile)).toBe(0);
});
