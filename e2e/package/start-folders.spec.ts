/**
 * H21: a start that cannot have its folders ends with a sentence on the screen and where it was started, and with a code:
 * never without a word, and never as if all were well.
 */
import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { closeMessageBox } from '../message-box.ts';
import { expect, type Release, test } from './release.ts';

const endOf = (release: Release, env: Readonly<Record<string, string>>) =>
  closeMessageBox(release.start({ env }).ended, { DISPLAY: release.screen.display });

test('H21: a temporary folder without room ends the start with a word', async ({ release }) => {
  const { code, errors } = await endOf(release, { TMPDIR: release.fullFolder });
  expect(errors).toContain("does not start: The computer's temporary folder (TMPDIR, or /tmp) is full");
  expect(code).toBe(3);
});

test('H21: a temporary folder with too long a path ends the start with a word', async ({ release }) => {
  const folder = path.join(release.folder, 'x'.repeat(75));
  await mkdir(folder);
  await chmod(folder, 0o777);
  const { code, errors } = await endOf(release, { TMPDIR: folder });
  expect(errors).toContain(
    "does not start: The path of the computer's temporary folder (TMPDIR) is too long",
  );
  expect(code).toBe(3);
});

test('H21: a home folder that cannot be written to ends the start with a word', async ({ release }) => {
  const home = path.join(release.folder, 'home');
  await mkdir(home, { mode: 0o755 });
  const { code, errors } = await endOf(release, { HOME: home });
  expect(errors).toContain('does not start: The folder for your data cannot be made in your home folder');
  expect(code).toBe(3);
});

// Chromium would take the temporary folder for it, where others may have made the viewer's folder before.
test('H10, H21: without a home folder the start ends with a word, and no trail or log is kept elsewhere', async ({
  release,
}) => {
  const temporary = path.join(release.folder, 'temporary');
  await mkdir(temporary);
  await chmod(temporary, 0o777);
  const { code, errors } = await endOf(release, { HOME: '', TMPDIR: temporary });
  expect(errors).toContain('does not start: The variable HOME, which names the home folder, is not set');
  expect(code).toBe(3);
  const names = (await readdir(temporary, { recursive: true })).map((name) => path.basename(name));
  expect(names.filter((name) => ['audit', 'logs'].includes(name))).toEqual([]);
});

test("H21: a user's folder without room does not end the start", async ({ release }) => {
  const { ended } = release.start({ env: { HOME: release.fullFolder } });
  const window = spawnSync('xdotool', ['search', '--sync', '--onlyvisible', '--name', '^CP-IS Viewer'], {
    env: { ...process.env, DISPLAY: release.screen.display },
    timeout: 30_000,
  });
  expect(window.status).toBe(0);
  await expect(Promise.race([ended, Promise.resolve('goes on')])).resolves.toBe('goes on');
});
