/** Which files a package has, and who may change them. */
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { BuildFlavour } from '../../build-flavour.ts';
import { maximumBytes } from '../contents.ts';
import { belongsInPackage } from '../package-files.ts';
import { tooLarge } from './check-asar.ts';
import type { Layout } from './layout.ts';

const setUserId = 0o4000;
const setGroupId = 0o2000;
const writableToOthers = 0o022;

export interface FileExpectation {
  readonly flavour: BuildFlavour;
  /** Whether everything must belong to root, as once it is installed. */
  readonly installed: boolean;
}

/** A sentence for each file that does not belong there, or that others can change. */
export async function fileProblems(
  { folder, system }: Layout,
  { flavour, installed }: FileExpectation,
): Promise<readonly string[]> {
  const problems: string[] = [];
  let size = 0;
  const own = await lstat(folder);
  problems.push(...modeProblems('the package folder', own, installed && system !== 'win32'));
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const name = path.relative(folder, file).replaceAll(path.sep, '/');
    if (name.endsWith('.map')) problems.push(`${name} is a source map`);
    if (!entry.isDirectory() && !belongsInPackage(system, name, flavour))
      problems.push(`${name} does not belong there`);
    // A framework of macOS has them.
    if (system !== 'darwin' && entry.isSymbolicLink()) problems.push(`${name} is a link`);
    const status = await lstat(file);
    if (entry.isFile()) size += status.size;
    if (entry.isSymbolicLink() || system === 'win32') continue;
    problems.push(...modeProblems(name, status, installed));
  }
  return [...problems, ...tooLarge('the package', size, maximumBytes.package)];
}

interface Status {
  readonly mode: number;
  readonly uid: number;
}

/** `mode`: with the bits for set-user-ID and set-group-ID. */
export function modeProblems(name: string, { mode, uid }: Status, installed: boolean): readonly string[] {
  return [
    ...((mode & writableToOthers) === 0 ? [] : [`${name} can be changed by others than its owner`]),
    // Chromium's sandbox helper may have it, where the system has no user namespaces.
    ...((mode & (setUserId | setGroupId)) === 0 || name === 'chrome-sandbox'
      ? []
      : [`${name} runs as its owner (set-user-ID)`]),
    ...(installed && uid !== 0 ? [`${name} does not belong to root`] : []),
  ];
}
