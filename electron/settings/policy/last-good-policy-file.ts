import path from 'node:path';

/** Where the policy is kept as it was last read. `folder`: the user's own data. */
export function lastGoodPolicyFile(folder: string): string {
  return path.join(folder, 'last-good-policy.json');
}
