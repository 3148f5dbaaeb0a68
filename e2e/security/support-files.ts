/**
 * The support files that a test's viewer has written, searched after the test: its logs and its support bundles
 * hold nothing of a patient, a user or a secret, whatever was done. (The audit trail has a rule of its own: NHS numbers are
 * sealed in it, see e2e/audit. The rest of the profile is searched by canary.spec.ts and e2e/safety.)
 */
import path from 'node:path';
import type { Simulator, SyntheticPatient } from '../../simulator/client.ts';
import { filesHolding } from './folder-search.ts';

/**
 * File and kind of each thing that should not be there; never the thing itself. `earlier`: tokens that the simulator
 * has forgotten.
 */
export async function searchSupportFiles(
  profile: string,
  simulator: Simulator,
  earlier: readonly string[] = [],
): Promise<readonly string[]> {
  const { patients, userNames } = simulator;
  const issued = await simulator.issuedTokens();
  const kinds = {
    'an NHS number': patients.flatMap(({ nhsNumber }) => [nhsNumber, inGroups(nhsNumber)]),
    'the name of a patient': patients.flatMap(namesOf),
    'the name of a user': userNames,
    'a token or a code': [...earlier, ...issued.map(({ value }) => value)],
  };
  const found = Object.entries(kinds).map(async ([kind, needles]) =>
    (await filesHolding(profile, needles, isForHelpDesk)).map((file) => `${file} holds ${kind}`),
  );
  return (await Promise.all(found)).flat();
}

function isForHelpDesk(file: string): boolean {
  return file.split(path.sep).includes('logs') || /support|bundle/.test(path.basename(file));
}

/** `999 000 0018`, as screens show it. */
export function inGroups(nhsNumber: string): string {
  return nhsNumber.replace(/^(...)(...)(....)$/, '$1 $2 $3');
}

/** The fingerprint of a key can hold a short name by chance: one is searched for as text would have it. */
function namesOf({ family, given }: SyntheticPatient): readonly string[] {
  const names = [family, family.toLowerCase(), ...given];
  return names.flatMap((name) =>
    name.length > 4 ? [name] : [' ', '"', '=', '+'].map((before) => before + name),
  );
}
