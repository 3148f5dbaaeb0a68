import path from 'node:path';

/** The file with the copy of the last policy that could be read. `folder`: the user-data folder. */
export function lastGoodPolicyFile(folder: string): string {
  return path.join(folder, 'last-good-policy.json');
}
