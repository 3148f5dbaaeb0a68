import path from 'node:path';
import { app } from 'electron';
import { findSwitches } from '../settings/command-line.ts';
import { machineFile } from '../settings/machine-files.ts';
import { createLastGoodPolicy } from '../settings/policy/last-good-policy.ts';
import { readPolicyFile } from '../settings/policy/policy-file.ts';
import { readPolicyRegistry, regQuery } from '../settings/policy/policy-registry.ts';
import type { PolicySource } from '../settings/policy/policy-source.ts';
import { type PolicyRead, readPolicy } from '../settings/policy/read-policy.ts';

/** The site's policy for this workstation. A release build takes it from the administrator alone. Never throws. */
export async function findPolicy(flavour: typeof __BUILD_FLAVOUR__): Promise<PolicyRead> {
  return readPolicy(await findSources(flavour), createLastGoodPolicy(app.getPath('userData')));
}

function findSources(flavour: typeof __BUILD_FLAVOUR__): Promise<readonly PolicySource[]> {
  const [givenFile] =
    flavour === 'release' || flavour === 'training' ? [] : findSwitches('policy', process.argv.slice(1));
  if (givenFile !== undefined) return Promise.all([readPolicyFile(path.resolve(givenFile))]);
  const file = readPolicyFile(machineFile(process.platform, 'policy.json'));
  if (process.platform !== 'win32') return Promise.all([file]);
  // The file first: what it says holds whether or not reg.exe may run.
  return Promise.all([
    file,
    readPolicyRegistry('HKEY_LOCAL_MACHINE', regQuery),
    readPolicyRegistry('HKEY_CURRENT_USER', regQuery),
  ]);
}
