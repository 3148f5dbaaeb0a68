/**
 * Whether a version is newer than the running one. An old feed with a valid signature must not lead back to a version with
 * known faults. A feed's version is three numbers; the running one may have a build suffix, which does not make it older.
 * Source: Semantic Versioning 2.0.0, 11.
 */
export function isNewer(version: string, running: string): boolean {
  const [offered, present] = [numbersOf(version), numbersOf(running)];
  if (offered === undefined || present === undefined) return false;
  const index = offered.findIndex((number, at) => number !== present[at]);
  return (offered[index] ?? 0) > (present[index] ?? 0);
}

function numbersOf(version: string): readonly number[] | undefined {
  const numbers = /^(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version)?.slice(1);
  return numbers?.map(Number);
}
