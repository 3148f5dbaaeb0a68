import { type Tally, tallyOf } from './tally.ts';

export interface WindowsTest {
  /** The suites and the test, outermost first. */
  readonly titles: readonly string[];
  readonly passed: boolean;
  /** Empty where it passed. */
  readonly problem: string;
}

/** The report of the Windows tests (`build/windows/reporter.mjs`): one line of JSON a test. */
export function readWindowsReport(reportText: string): readonly WindowsTest[] {
  return reportText
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** From the text of the report. */
export function countWindows(reportText: string): Tally {
  return tallyOf(readWindowsReport(reportText));
}

/** Each test that failed, with its problem. */
export function describeFailures(reportText: string): string {
  return readWindowsReport(reportText)
    .filter(({ passed }) => !passed)
    .map(({ titles, problem }) => `${titles.join(' > ')}\n${problem}\n`)
    .join('\n');
}
