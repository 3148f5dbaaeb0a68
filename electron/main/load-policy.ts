import path from 'node:path';
import { app } from 'electron';
import type { LoadedPolicy } from '../diagnostics/installation.ts';
import { findUntrusted } from '../files/administered-file.ts';
import { findSwitches } from '../settings/command-line.ts';
import { machineFile } from '../settings/machine-files.ts';
import { createLastGoodPolicy } from '../settings/policy/last-good-policy.ts';
import {
  managedPreferencesFile,
  plutil,
  readManagedPreferences,
} from '../settings/policy/managed-preferences.ts';
import { readPolicyFile } from '../settings/policy/policy-file.ts';
import { type Hive, readPolicyRegistry, regExe } from '../settings/policy/policy-registry.ts';
import type { PolicySource } from '../settings/policy/policy-source.ts';
import { readPolicy } from '../settings/policy/read-policy.ts';

/** The site's policy for this workstation. A release build takes it from the administrator alone. Never throws. */
export async function loadPolicy(flavour: typeof __BUILD_FLAVOUR__): Promise<LoadedPolicy> {
  const found = await findSources(flavour);
  const read = await readPolicy(
    found.map(({ source }) => source),
    createLastGoodPolicy(app.getPath('userData')),
  );
  return {
    ...read,
    source: found.map(({ place, source }) => `${place}: ${resultTexts[source.kind]}`).join('; '),
  };
}

const resultTexts = {
  absent: 'not there',
  read: 'read',
  failed: 'cannot be read',
  untrusted: 'NOT TRUSTED',
} as const;

interface FoundSource {
  readonly place: string;
  readonly source: PolicySource;
}

async function findSources(flavour: typeof __BUILD_FLAVOUR__): Promise<readonly FoundSource[]> {
  const [givenFile] =
    flavour === 'release' || flavour === 'training' ? [] : findSwitches('policy', process.argv.slice(1));
  const fileAt = async (place: string): Promise<FoundSource> => ({
    place,
    source: await readPolicyFile(place),
  });
  if (givenFile !== undefined) return [await fileAt(path.resolve(givenFile))];
  const file = machinePolicyFile(flavour, machineFile(process.platform, 'policy.json'));
  if (process.platform === 'darwin') {
    const source = await readManagedPreferences(managedPreferencesFile, plutil);
    return [await file, { place: managedPreferencesFile, source }];
  }
  if (process.platform !== 'win32') return [await file];
  const registryOf = async (place: Hive): Promise<FoundSource> => ({
    place,
    source: await readPolicyRegistry(place, regExe),
  });
  // The file comes first: it holds also where reg.exe may not run.
  return Promise.all([file, registryOf('HKEY_LOCAL_MACHINE'), registryOf('HKEY_CURRENT_USER')]);
}

/** A release reads only a file that an administrator alone can have written; development and tests have no administrator. */
async function machinePolicyFile(flavour: typeof __BUILD_FLAVOUR__, place: string): Promise<FoundSource> {
  const problem = flavour === 'release' ? await findUntrusted(place) : undefined;
  return {
    place,
    source: problem === undefined ? await readPolicyFile(place) : { kind: 'untrusted', problem },
  };
}
