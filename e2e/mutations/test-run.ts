import { stripVTControlCharacters } from 'node:util';

/** What came of running named tests, whichever runner ran them. */
export interface TestRun {
  /** Full names. */
  readonly passed: readonly string[];
  readonly failed: readonly FailedTest[];
  /** Why the tests could not be run at all: the code does not load, or does not build. */
  readonly problem: string | undefined;
}

interface FailedTest {
  readonly name: string;
  readonly why: string;
}

/** `problem`: why. */
export function notRun(problem: string): TestRun {
  return { passed: [], failed: [], problem };
}

/** Runs a program and keeps what it printed, whether it succeeded or not. */
export type Capture = (
  command: string,
  commandArguments: readonly string[],
  env?: Readonly<Record<string, string>>,
) => Promise<{ readonly exitCode: number; readonly output: string }>;

/** One test by its file and by a part of its full name. */
export interface NamedTest {
  readonly testFile: string;
  readonly test: string;
}

/** Each once. */
export function filesOf(tests: readonly NamedTest[]): readonly string[] {
  return [...new Set(tests.map(({ testFile }) => testFile))];
}

/** A pattern that finds each of the tests, for the runners' own filters. */
export function patternOf(tests: readonly NamedTest[]): string {
  return [...new Set(tests.map(({ test }) => test.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')))].join('|');
}

/** What a test runner says of a failure, without its colours and without the way there. */
export function firstWords(message: string): string {
  const lines = stripVTControlCharacters(message).trim().split('\n');
  return lines
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line))
    .slice(0, 4)
    .join('\n');
}

/** The last words of a tool, where the reason usually is. */
export function lastWords(output: string): string {
  return output.trim().split('\n').slice(-8).join('\n');
}
