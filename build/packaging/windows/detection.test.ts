/** What docs/deployment.md tells a deployment tool to look for is what the installers leave. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installations, linkSchemeKey, machineFolders, policyKey } from '../../../shared/installation.ts';
import { electronBuilderConfig } from '../electron-builder-config.ts';

const { windows } = installations.release;

test('the page names the keys that the two Windows installers are known by', async () => {
  const page = await readFile(path.resolve(import.meta.dirname, '../../../docs/deployment.md'), 'utf8');
  expect(page).toContain(`HKLM\\${windows.nsisUninstallKey}\``);
  expect(page).toContain(`{${windows.msiUpgradeCode}}`);
  expect(page).toContain(windows.executable);
  expect(page).toContain(windows.uninstaller);
  expect(page).toContain(`\`%PROGRAMFILES%\\${path.win32.basename(windows.folder)}\\*\``);
});

/** Under "Apps" and in the executable; read as electron-builder reads it. */
test('the publisher is ours', async () => {
  const require = createRequire(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const { AppInfo } = require('./out/appInfo.js');
  const { extraMetadata: metadata } = electronBuilderConfig({
    flavour: 'release',
    platform: 'win32',
    version: '1.2.3',
    runtime: { executable: '/electron/electron', version: '45.4.1', origin: 'official' },
    output: '/out',
    documents: '/documents',
    signed: true,
  });
  const info = new AppInfo({ metadata, config: {} }, null, null);
  expect(info.companyName).toBe(installations.release.productName);
});

/** W1: the names were once those of the product, and electron-builder's are those of the executable. */
test("electron-builder's own rules make the folder and the uninstaller that we name", async () => {
  const builder = path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json'));
  const { getWindowsInstallationDirName } = await import(path.join(builder, 'out/targets/targetUtil.js'));
  const productFilename = installations.release.executableName;
  expect(getWindowsInstallationDirName({ productFilename, sanitizedName: 'other' }, true)).toBe(
    path.win32.basename(windows.folder),
  );
  const script = await readFile(path.join(builder, 'templates/nsis/common.nsh'), 'utf8');
  const define = (name: string) => new RegExp(`!define ${name} "([^"]*)"`).exec(script)?.[1];
  const named = (name: string) => define(name)?.replace('$' + '{PRODUCT_FILENAME}', productFilename);
  expect(named('APP_EXECUTABLE_FILENAME')).toBe(path.win32.basename(windows.executable));
  expect(named('UNINSTALL_FILENAME')).toBe(path.win32.basename(windows.uninstaller));
});

/** What a page calls otherwise is looked for in vain. */
test('no page names another folder, key or uninstaller of ours', async () => {
  const docs = path.resolve(import.meta.dirname, '../../../docs');
  const known = [
    ...Object.values(installations).flatMap(({ windows: names }) => [names.folder, names.nsisUninstallKey]),
    machineFolders.win32,
    linkSchemeKey,
    policyKey,
  ].map((name) => name.toLowerCase());
  const named: string[] = [];
  for (const file of (await readdir(docs)).filter((name) => name.endsWith('.md'))) {
    const text = (await readFile(path.join(docs, file), 'utf8')).replaceAll('\\\\', '\\');
    for (const [place] of text.matchAll(/C:\\Program Files\\[^`"\\\n]+|HK(?:LM|CU)\\[^`\n]+/g))
      named.push(place.replace(/^HK(?:LM|CU)\\/, '').toLowerCase());
  }
  const ours = named.filter((name) => /cp-?is|uninstall/.test(name));
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.filter((name) => !known.includes(name))).toEqual([]);
});
