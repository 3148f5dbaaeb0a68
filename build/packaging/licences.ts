import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LockedPackage } from './lockfile.ts';

const licenceFile = /^(?:licen[cs]e|notice|copying)(?:[.-].*)?$/i;

/** The licence texts of everything that the bundles hold, in one file; each licence asks to be kept with the code. */
export async function thirdPartyLicences(root: string, packages: readonly LockedPackage[]): Promise<string> {
  const texts = await Promise.all(
    packages.map(async ({ name, version, licence, location }) => {
      const heading = `${name} ${version} (${licence})`;
      const text = await licenceText(path.join(root, location));
      return `${heading}\n${'-'.repeat(heading.length)}\n\n${text ?? 'The package brings no licence text of its own.'}`;
    }),
  );
  const preface = [
    'CP-IS Viewer holds the packages below. Electron, and the Chromium in it, have licences of their own:',
    'LICENSE.electron.txt and LICENSES.chromium.html.',
  ].join('\n');
  return `${[preface, ...texts].join('\n\n\n')}\n`;
}

async function licenceText(folder: string): Promise<string | undefined> {
  const names = (await readdir(folder)).filter((name) => licenceFile.test(name)).sort();
  if (names.length === 0) return undefined;
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, name), 'utf8')));
  return texts.map((text) => text.trim()).join('\n\n');
}
