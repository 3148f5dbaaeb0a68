/**
 * Whether a version comes after the one that runs. An old feed, signed in its day, must lead nobody back to a version with
 * faults that have been mended. A version of the feed is three numbers; behind those of the running one there may be a
 * mark of its build, which makes it no older.
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
