import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../root.ts';
import { unfoundedClaims } from './claims.ts';
import { features, pathOnLinux } from './features.ts';
import { supportPage } from './support-page.ts';

const linux = features.flatMap((feature) => feature.linux).map((place) => ({ place, passed: true }));
const wine = features.flatMap((feature) => feature.wine).map((place) => ({ place, passed: true }));

test('a run in which everything named has passed bears the page out', () => {
  expect(unfoundedClaims({ linux, wine })).toEqual([]);
});

test('a test that failed or was not run is a claim too many', () => {
  const failed = linux.map((one) =>
    one.place === 'launch/' ? { place: 'launch/launch.spec.ts', passed: false } : one,
  );
  expect(unfoundedClaims({ linux: failed, wine })).toEqual([
    '"Launch from the record system" is said to be shown by e2e/launch/, in which a test has failed.',
  ]);
  expect(unfoundedClaims({ linux, wine: wine.filter(({ place }) => place !== 'MSI package') })).toEqual([
    '"Windows installers: NSIS, MSI" is said to be shown by MSI package, which was not run.',
  ]);
});

test('where Wine cannot be had its rows are not looked at', () => {
  expect(unfoundedClaims({ linux, wine: undefined })).toEqual([]);
});

test('the page is up to date (if not: npm run policy)', async () => {
  expect(await readFile(path.join(root, 'docs/support.md'), 'utf8')).toBe(supportPage());
});

test('every file, folder and suite that is named is there', async () => {
  for (const { place } of linux) await access(path.join(root, pathOnLinux(place)));
  const folder = path.join(root, 'windows');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.ts'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')));
  const suites = texts.flatMap((text) => [...text.matchAll(/^describe\((?:'([^']+)'|"([^"]+)")/gm)]);
  const titles = suites.map(([, one, other]) => one ?? other);
  expect(wine.map(({ place }) => place).filter((suite) => !titles.includes(suite))).toEqual([]);
  expect(titles.filter((title) => !wine.some(({ place }) => place === title))).toEqual([]);
});
