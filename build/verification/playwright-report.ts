/** Reads Playwright's JSON report. */
import type { Tally } from './tally.ts';

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly file: string;
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly duration: number }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly Suite[];
  /** What went wrong outside any test. */
  readonly errors: readonly unknown[];
}

/** Skipped and flaky tests count as failed. */
export function countPlaywright(reportText: string): Tally {
  const { suites, errors }: PlaywrightReport = JSON.parse(reportText);
  const statuses = suites.flatMap(statusesOf);
  const passed = statuses.filter((status) => status === 'expected').length;
  return { passed, failed: statuses.length - passed + errors.length };
}

function statusesOf({ suites = [], specs = [] }: Suite): readonly string[] {
  return [...suites.flatMap(statusesOf), ...specs.flatMap(({ tests }) => tests.map(({ status }) => status))];
}

export interface TestDuration {
  readonly file: string;
  readonly title: string;
  readonly durationMs: number;
}

/** The slowest first, `count` at most. A test that runs in two projects counts twice. */
export function slowestTests(reportText: string, count: number): readonly TestDuration[] {
  const { suites }: PlaywrightReport = JSON.parse(reportText);
  return suites
    .flatMap(durationsOf)
    .sort((one, other) => other.durationMs - one.durationMs)
    .slice(0, count);
}

function durationsOf({ suites = [], specs = [] }: Suite): readonly TestDuration[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ results }) => ({
      file,
      title,
      durationMs: results.reduce((sum, { duration }) => sum + duration, 0),
    })),
  );
  return [...suites.flatMap(durationsOf), ...own];
}

export interface FileResult {
  /** Below `e2e`. */
  readonly place: string;
  readonly passed: boolean;
}

/** Each test, by its file. Skipped and flaky tests have not passed. */
export function playwrightResults(reportText: string): readonly FileResult[] {
  const { suites }: PlaywrightReport = JSON.parse(reportText);
  return suites.flatMap(resultsOf);
}

function resultsOf({ suites = [], specs = [] }: Suite): readonly FileResult[] {
  const own = specs.flatMap(({ file, tests }) =>
    tests.map(({ status }) => ({ place: file, passed: status === 'expected' })),
  );
  return [...suites.flatMap(resultsOf), ...own];
}
