/** Reads Playwright's JSON report. A test has one entry for each project it runs in, with a result for each attempt. */
import { stripVTControlCharacters } from 'node:util';
import { type Result, type Tally, tallyOf } from './tally.ts';

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly file: string;
    readonly title: string;
    readonly tests: readonly {
      readonly projectName: string;
      readonly status: string;
      readonly results: readonly {
        readonly duration: number;
        readonly error?: { readonly message?: string };
      }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly suites: readonly Suite[];
  /** What went wrong outside any test. */
  readonly errors: readonly unknown[];
}

interface Test {
  /** The path of its file, below `e2e`. */
  readonly file: string;
  readonly title: string;
  readonly project: string;
  /** `expected`, `unexpected`, `skipped`, or `flaky`: it failed at first, and passed at a further attempt. */
  readonly status: string;
  /** In their order. `error`: nothing where the attempt passed. */
  readonly attempts: readonly { readonly durationMs: number; readonly error: string }[];
}

function readReport(reportText: string): { tests: readonly Test[]; errors: number } {
  const { suites, errors }: PlaywrightReport = JSON.parse(reportText);
  return { tests: suites.flatMap(testsOf), errors: errors.length };
}

function testsOf({ suites = [], specs = [] }: Suite): readonly Test[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests.map(({ projectName, status, results }) => ({
      file,
      title,
      project: projectName,
      status,
      attempts: results.map(({ duration, error }) => ({ durationMs: duration, error: error?.message ?? '' })),
    })),
  );
  return [...suites.flatMap(testsOf), ...own];
}

/** Each test once, however often it was tried: its file below `e2e`. A skipped one has not passed. */
export function playwrightResults(reportText: string): readonly Result[] {
  return readReport(reportText).tests.map(({ file, status }) => ({
    place: file,
    passed: status === 'expected' || status === 'flaky',
  }));
}

/** As `playwrightResults`; an error outside any test counts as one that failed. */
export function countPlaywright(reportText: string): Tally {
  const { passed, failed } = tallyOf(playwrightResults(reportText));
  return { passed, failed: failed + readReport(reportText).errors };
}

/** `error`: the first line of what its first attempt failed with. */
export type UnsteadyTest = Pick<Test, 'file' | 'title' | 'project'> & { readonly error: string };

/** Those that failed at first, and passed when they were tried again. */
export function unsteadyTests(reportText: string): readonly UnsteadyTest[] {
  return readReport(reportText)
    .tests.filter(({ status }) => status === 'flaky')
    .map(({ file, title, project, attempts: [first] }) => {
      const [error = ''] = stripVTControlCharacters(first?.error ?? '')
        .trim()
        .split('\n');
      return { file, title, project, error };
    });
}

export type TestDuration = Pick<Test, 'file' | 'title'> & { readonly durationMs: number };

/** The slowest first, `count` at most, each with all its attempts. A test that runs in two projects counts twice. */
export function slowestTests(reportText: string, count: number): readonly TestDuration[] {
  return readReport(reportText)
    .tests.map(({ file, title, attempts }) => ({
      file,
      title,
      durationMs: attempts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    }))
    .sort((one, other) => other.durationMs - one.durationMs)
    .slice(0, count);
}
