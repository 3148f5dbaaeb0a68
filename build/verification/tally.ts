/** How many checks passed and failed; a check is a test, or a tool that only passes or fails. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

export const none: Tally = { passed: 0, failed: 0 };
export const onePassed: Tally = { passed: 1, failed: 0 };
export const oneFailed: Tally = { passed: 0, failed: 1 };

/** A test that ended, or all tests of a file: the file or the suite, as a runner names it. A skipped test has not passed. */
export interface Result {
  readonly place: string;
  readonly passed: boolean;
}

/** Of results, each of which passed or failed. */
export function tallyOf(results: readonly { readonly passed: boolean }[]): Tally {
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed };
}

/** Of all of them together. */
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
