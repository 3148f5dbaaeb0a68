/** What docs/deployment.md tells a deployment tool to look for is what the installers leave. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { identityOf } from '../identity.ts';

test('the page names the keys that the two Windows installers are known by', async () => {
  const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/deployment.md'), 'utf8');
  const { msiUpgradeCode, nsisGuid, executableName, productName } = identityOf('release');
  expect(page).toContain(`\\CurrentVersion\\Uninstall\\${nsisGuid}\``);
  expect(page).toContain(`{${msiUpgradeCode}}`);
  expect(page).toContain(`C:\\Program Files\\${productName}\\${executableName}.exe`);
});
