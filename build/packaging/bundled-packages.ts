/**
 * Which npm packages went into the bundles. Everything is a devDependency here and is bundled, so the dependency tree
 * says nothing: only the bundler knows what it read. The list feeds the SBOM and the licence file of a package.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';

export interface BundledPackages {
  /** Put into every bundle of a build. */
  readonly plugin: Plugin;
  /** Where each package lies that a bundle took something from, as the lockfile names it: `node_modules/react`. */
  locations(): readonly string[];
}

/** `root`: the folder that has `node_modules`. */
export function watchBundledPackages(root: string): BundledPackages {
  const found = new Set<string>();
  const note = (file: string) => {
    const location = packageLocation(root, file);
    if (location !== undefined) found.add(location);
  };
  return {
    plugin: {
      name: 'bundled-packages',
      generateBundle() {
        for (const id of this.getModuleIds()) note(id);
      },
    },
    locations: () => [...found].sort(),
  };
}

/** The package that a module belongs to; nothing for our own. */
export function packageLocation(root: string, moduleId: string): string | undefined {
  const file = path.relative(root, moduleId.replace(/^\0/, '').split('?')[0] ?? '');
  const parts = file.split(path.sep);
  const last = parts.lastIndexOf('node_modules');
  if (parts[0] !== 'node_modules') return undefined;
  const scoped = parts[last + 1]?.startsWith('@') === true;
  const end = last + (scoped ? 3 : 2);
  return parts.length > end ? parts.slice(0, end).join('/') : undefined;
}

/** The locations, as `buildViewer` has written them. Throws where the file holds something else. */
export async function readBundledPackages(file: string): Promise<readonly string[]> {
  const list: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!Array.isArray(list) || !list.every((entry) => typeof entry === 'string'))
    throw new Error(`${path.basename(file)} is no list of packages`);
  return list;
}
