/** How many checks passed and failed; a check is a test, or a tool that only passes or fails. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const none: Tally = { passed: 0, failed: 0 };
export const onePassed: Tally = { passed: 1, failed: 0 };
export const oneFailed: Tally = { passed: 0, failed: 1 };

export function sum(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
  };
}

/**
 * What a test runner's report says, set against its exit code: a runner that fails without naming a test has failed
 * outside its tests, and one that ran nothing has not passed.
 */
export function reconcile(reported: Tally, exitCode: number): Tally {
  const silent = exitCode !== 0 && reported.failed === 0;
  const empty = reported.passed + reported.failed === 0;
  return silent || empty ? { ...reported, failed: reported.failed + 1 } : reported;
}
