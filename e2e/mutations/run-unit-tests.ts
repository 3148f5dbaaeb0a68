import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type Capture,
  filesOf,
  firstWords,
  lastWords,
  type NamedTest,
  notRun,
  patternOf,
  type TestRun,
} from './test-run.ts';

interface VitestReport {
  readonly testResults: readonly {
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs unit tests by name in a copy of the sources. */
export async function runNamedUnitTests(
  folder: string,
  tests: readonly NamedTest[],
  capture: Capture,
): Promise<TestRun> {
  const report = path.join(folder, 'out', 'unit.json');
  const { output } = await capture(process.execPath, [
    path.join(folder, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    `--root=${folder}`,
    `--config=${path.join(folder, 'build', 'vitest.config.ts')}`,
    '--reporter=json',
    `--outputFile.json=${report}`,
    // Vitest names a test "group test" in its report, and filters by "group > test".
    `--testNamePattern=${patternOf(tests).replaceAll(' ', '(?: > | )')}`,
    ...filesOf(tests),
  ]);
  const text = await readFile(report, 'utf8').catch(() => undefined);
  if (text === undefined) return notRun(lastWords(output));
  const { testResults }: VitestReport = JSON.parse(text);
  const unloaded = testResults.find(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  if (unloaded !== undefined) return notRun(lastWords(unloaded.message));
  const results = testResults.flatMap(({ assertionResults }) => assertionResults);
  const ending = (status: string) => results.filter((result) => result.status === status);
  return {
    passed: ending('passed').map(({ fullName }) => fullName),
    failed: ending('failed').map(({ fullName, failureMessages }) => ({
      name: fullName,
      why: firstWords(failureMessages.join('\n')),
    })),
    problem: undefined,
  };
}
