import path from 'node:path';
import { app } from 'electron';
import { findSwitches } from '../settings/command-line.ts';
import { createLastGoodPolicy } from '../settings/policy/last-good-policy.ts';
import { machinePolicyFile, readPolicyFile } from '../settings/policy/policy-file.ts';
import { readPolicyRegistry, regQuery } from '../settings/policy/policy-registry.ts';
import type { PolicySource } from '../settings/policy/policy-source.ts';
import { type PolicyRead, readPolicy } from '../settings/policy/read-policy.ts';

export interface FoundPolicy extends PolicyRead {
  /** Where it was looked for, and what was there; for a help desk. */
  readonly source: string;
}

/** The site's policy for this workstation. A release build takes it from the administrator alone. Never throws. */
export async function findPolicy(flavour: typeof __BUILD_FLAVOUR__): Promise<FoundPolicy> {
  const found = await findSources(flavour);
  const read = await readPolicy(
    found.map(({ source }) => source),
    createLastGoodPolicy(app.getPath('userData')),
  );
  return { ...read, source: found.map(({ place, source }) => `${place}: ${words[source.kind]}`).join('; ') };
}

const words = { absent: 'not there', read: 'read', failed: 'cannot be read' } as const;

interface FoundSource {
  readonly place: string;
  readonly source: PolicySource;
}

async function findSources(flavour: typeof __BUILD_FLAVOUR__): Promise<readonly FoundSource[]> {
  const [givenFile] =
    flavour === 'release' || flavour === 'training' ? [] : findSwitches('policy', process.argv.slice(1));
  const file = givenFile === undefined ? machinePolicyFile(process.platform) : path.resolve(givenFile);
  if (file !== undefined) return [{ place: file, source: await readPolicyFile(file) }];
  const query = regQuery(process.env);
  return Promise.all(
    (['HKEY_LOCAL_MACHINE', 'HKEY_CURRENT_USER'] as const).map(async (place) => ({
      place,
      source: await readPolicyRegistry(place, query),
    })),
  );
}
