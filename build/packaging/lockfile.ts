/** What the lockfile knows of an installed package. Source: npm, "package-lock.json" (lockfileVersion 3). */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as v from 'valibot';

const lockfileSchema = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      integrity: v.optional(v.string()),
      license: v.optional(v.string()),
    }),
  ),
});

export interface LockedPackage {
  /** With its scope: `@scope/name`. */
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Subresource integrity: `sha512-…`. */
  readonly integrity: string;
  /** Where it lies, from the root: `node_modules/react`. */
  readonly location: string;
}

/** The packages at these places; one that the lockfile does not fully describe cannot be accounted for. */
export async function readLockedPackages(
  root: string,
  locations: readonly string[],
): Promise<readonly LockedPackage[]> {
  const text = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const { packages } = v.parse(lockfileSchema, JSON.parse(text));
  return locations.map((location) => {
    const { version, integrity, license } = packages[location] ?? {};
    if (version === undefined || integrity === undefined || license === undefined)
      throw new Error(`The lockfile does not say the version, integrity and licence of ${location}.`);
    const name = location.slice(location.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return { name, version, licence: license, integrity, location };
  });
}
