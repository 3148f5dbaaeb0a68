/**
 * The SHA-256 of every file of a package, in the form of `sha256sum`. It is written when the package is made and published
 * beside it, never in it: an attacker who can change a package could change a manifest inside it as well.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { TargetPlatform } from './targets.ts';

/** By its path in the package, with slashes: the SHA-256 in hexadecimal. */
export type Manifest = ReadonlyMap<string, string>;

/** Hexadecimal; the file is read piece by piece. */
export async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Of the files in a folder and below; links have no content of their own. */
export async function manifestOf(folder: string): Promise<Manifest> {
  const files = new Map<string, string>();
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, file).replaceAll(path.sep, '/'), await sha256Of(file));
  }
  return files;
}

/** Lines in the order of their paths. */
export async function writeManifest(file: string, manifest: Manifest): Promise<void> {
  const lines = [...manifest].map(([name, hash]) => `${hash}  ${name}\n`);
  await writeFile(file, lines.toSorted((a, b) => (a.slice(66) < b.slice(66) ? -1 : 1)).join(''));
}

/** Throws where the file is no manifest. */
export async function readManifest(file: string): Promise<Manifest> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const files = new Map<string, string>();
  for (const line of lines) {
    const [, hash, name] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
    if (hash === undefined || name === undefined || files.has(name))
      throw new Error(`${path.basename(file)} is no manifest of a package: "${line}"`);
    files.set(name, hash);
  }
  if (files.size === 0) throw new Error(`${path.basename(file)} is no manifest of a package: it is empty.`);
  return files;
}

/** What the NSIS installer writes beside the files that it was made from. NOT YET RUN. */
const ofTheInstaller: Readonly<Partial<Record<TargetPlatform, RegExp>>> = {
  win32: /^(?:resources\/elevate\.exe|Uninstall .+\.exe|uninstallerIcon\.ico)$/,
};

/** Every file that has been changed, taken away or added, in a sentence each. */
export function manifestProblems(
  present: Manifest,
  published: Manifest,
  system: TargetPlatform,
): readonly string[] {
  return [
    ...[...published].flatMap(([name, hash]) => {
      if (!present.has(name)) return [`${name} is missing`];
      return present.get(name) === hash ? [] : [`${name} is not the one that was published`];
    }),
    ...[...present.keys()]
      .filter((name) => !published.has(name) && ofTheInstaller[system]?.test(name) !== true)
      .map((name) => `${name} is not in the manifest`),
  ];
}
