/** H10: a viewer that is killed while it saves a PDF leaves nothing of the child in the user's folder after its next start. */
import { chmod, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { siteKey } from '../audit/trail.ts';
import { expect, test, userDataFolder } from '../fixtures.ts';
import { expectScreen } from '../screens.ts';
import { readLog } from '../viewer-log.ts';

test('H10: what a kill leaves of a PDF that was being saved is gone after the next start', async ({
  launch,
}) => {
  const loadedFirst = [path.join(import.meta.dirname, 'killed-while-saving.cjs')];
  const { app, page, profile, ...viewer } = await launch({ environment: siteKey, loadedFirst });
  await viewer.signIn();
  await viewer.ask('child-protection', 'scheduled', 'found');
  const folder = path.join(profile, 'documents');
  await mkdir(folder);
  await chmod(folder, 0o777);
  // Stands for the user, who chooses a file in the dialogue of the system.
  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    },
    path.join(folder, 'check.pdf'),
  );
  const ended = app.waitForEvent('close');
  await page.getByRole('button', { name: 'Save as PDF', exact: true }).click();
  await ended;
  const [left, ...others] = await readdir(folder);
  expect(left).toMatch(/\.unfinished$/);
  expect(others).toEqual([]);

  const next = await launch({ environment: siteKey, profile });
  await expectScreen(next.page, 'signIn');
  await expect.poll(() => readdir(folder)).toEqual([]);
  const removed = '"event":"unfinished-files","removed":1,"kept":0,"givenUp":0';
  await expect.poll(() => readLog({ profile })).toContain(removed);
  expect(await readdir(path.join(userDataFolder(profile), 'unfinished'))).toEqual([]);
  expect(await readLog({ profile })).not.toContain(folder);
});
