import path from 'node:path';
import type { Result, Tally } from './tally.ts';

interface VitestReport {
  readonly testResults: readonly {
    /** The path of the file. */
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

/** The tests in Vitest's JSON report. A skipped test counts as failed: what is not run is not known to work. */
export function countVitest(reportText: string): Tally {
  const { testResults }: VitestReport = JSON.parse(reportText);
  let passed = 0;
  let failed = 0;
  for (const file of testResults) {
    const failures = file.assertionResults.filter(({ status }) => status !== 'passed').length;
    passed += file.assertionResults.length - failures;
    // A file that could not be loaded has no tests to fail.
    failed += failures === 0 && file.status === 'failed' ? 1 : failures;
  }
  return { passed, failed };
}

/** Each file, by its path below `root`. It has passed where each of its tests has. */
export function vitestResults(reportText: string, root: string): readonly Result[] {
  const { testResults }: VitestReport = JSON.parse(reportText);
  return testResults.map(({ name, status, assertionResults }) => ({
    place: path.relative(root, name),
    passed: status === 'passed' && assertionResults.every((test) => test.status === 'passed'),
  }));
}
