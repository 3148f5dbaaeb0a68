/** Reads the report of the Windows tests (`build/windows/reporter.mjs`): one line of JSON a test. */
import type { Tally } from './tally.ts';

export interface WindowsTest {
  /** The suites and the test, outermost first. */
  readonly titles: readonly string[];
  readonly passed: boolean;
  /** Empty where it passed. */
  readonly problem: string;
}

export function readWindowsReport(reportText: string): readonly WindowsTest[] {
  return reportText
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export function countWindows(reportText: string): Tally {
  const tests = readWindowsReport(reportText);
  const passed = tests.filter((test) => test.passed).length;
  return { passed, failed: tests.length - passed };
}

/** Each test that failed, with its problem. */
export function describeFailures(reportText: string): string {
  return readWindowsReport(reportText)
    .filter(({ passed }) => !passed)
    .map(({ titles, problem }) => `${titles.join(' > ')}\n${problem}\n`)
    .join('\n');
}
