/** Counts the tests in Playwright's JSON report. Skipped and flaky tests count as failed. */
import type { Tally } from './tally.ts';

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly { readonly tests: readonly { readonly status: string }[] }[];
}

interface PlaywrightReport {
  readonly suites: readonly Suite[];
  /** What went wrong outside any test. */
  readonly errors: readonly unknown[];
}

export function countPlaywright(reportText: string): Tally {
  const { suites, errors }: PlaywrightReport = JSON.parse(reportText);
  const statuses = suites.flatMap(statusesOf);
  const passed = statuses.filter((status) => status === 'expected').length;
  return { passed, failed: statuses.length - passed + errors.length };
}

function statusesOf({ suites = [], specs = [] }: Suite): readonly string[] {
  return [...suites.flatMap(statusesOf), ...specs.flatMap(({ tests }) => tests.map(({ status }) => status))];
}
