import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { chooseInMenu } from './driver/menu.ts';
import { expect, userDataFolder, type Viewer } from './fixtures.ts';
import { chooseFile } from './main-process.ts';

/** Saves one from Diagnostics, which stays open, and gives its text. */
export async function saveSupportBundle({ app, page, profile }: Viewer): Promise<string> {
  const file = path.join(userDataFolder(profile), 'support.json');
  await chooseFile(app, file);
  await chooseInMenu(page, 'Diagnostics');
  await page.getByRole('button', { name: 'Save support bundle' }).click();
  await expect(page.getByText('The support bundle was saved.')).toBeVisible();
  return readFile(file, 'utf8');
}
