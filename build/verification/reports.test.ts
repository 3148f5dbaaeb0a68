import { describe, expect, test } from 'vitest';
import { countPlaywright, playwrightResults, slowestTests, unsteadyTests } from './playwright-report.ts';
import { none, oneFailed, onePassed, reconcile, sum } from './tally.ts';
import { countVitest, vitestResults } from './vitest-report.ts';

describe('Vitest', () => {
  const file = (status: string, ...tests: readonly string[]) => ({
    status,
    assertionResults: tests.map((test) => ({ status: test })),
  });
  const count = (...files: readonly object[]) => countVitest(JSON.stringify({ testResults: files }));

  test('passed and failed tests', () => {
    expect(count(file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed'))).toEqual({
      passed: 3,
      failed: 1,
    });
  });

  test.each([['skipped'], ['pending'], ['todo']])('a test that is %s is not a pass', (status) => {
    expect(count(file('passed', status))).toEqual(oneFailed);
  });

  test('a file that could not be loaded fails once', () => {
    expect(count(file('failed'))).toEqual(oneFailed);
  });

  test('each file, by its path: it has passed where nothing of it has not', () => {
    const testResults = [
      { name: '/project/build/a.test.ts', ...file('passed', 'passed') },
      { name: '/project/b.test.ts', ...file('passed', 'passed', 'skipped') },
      { name: '/project/c.test.ts', ...file('failed') },
    ];
    expect(vitestResults(JSON.stringify({ testResults }), '/project')).toEqual([
      { place: 'build/a.test.ts', passed: true },
      { place: 'b.test.ts', passed: false },
      { place: 'c.test.ts', passed: false },
    ]);
  });
});

describe('Playwright', () => {
  /** `attempts`: the error of each, nothing where it passed. */
  const spec = (status: string, attempts: readonly string[] = [''], durationMs = 1) => ({
    file: 'a.spec.ts',
    title: status,
    tests: [
      {
        projectName: 'viewer',
        status,
        results: attempts.map((message) => ({
          duration: durationMs,
          ...(message !== '' && { error: { message } }),
        })),
      },
    ],
  });
  const specs = (...statuses: readonly string[]) => ({ specs: statuses.map((status) => spec(status)) });
  const report = (suites: readonly object[], errors: readonly object[] = []) =>
    JSON.stringify({ suites, errors });

  test('tests at every depth', () => {
    expect(
      countPlaywright(report([{ suites: [specs('expected', 'unexpected')], ...specs('expected') }])),
    ).toEqual({ passed: 2, failed: 1 });
  });

  test.each([['skipped'], ['unexpected'], ['interrupted']])('a test that is %s is not a pass', (status) => {
    expect(countPlaywright(report([specs(status)]))).toEqual(oneFailed);
    expect(playwrightResults(report([specs(status)]))).toEqual([{ place: 'a.spec.ts', passed: false }]);
  });

  test('a test that failed twice has failed once', () => {
    const twice = report([{ specs: [spec('unexpected', ['Error: one', 'Error: two'])] }]);
    expect(countPlaywright(twice)).toEqual(oneFailed);
    expect(unsteadyTests(twice)).toEqual([]);
  });

  test('a test that passed at its second attempt has passed once, and is named with its first error', () => {
    const colours = '\u001b[2mError:\u001b[22m not visible\n    at a.spec.ts:1';
    const flaky = report([{ specs: [spec('flaky', [colours, '']), spec('expected')] }]);
    expect(countPlaywright(flaky)).toEqual({ passed: 2, failed: 0 });
    expect(playwrightResults(flaky).map(({ passed }) => passed)).toEqual([true, true]);
    expect(unsteadyTests(flaky)).toEqual([
      { file: 'a.spec.ts', title: 'flaky', project: 'viewer', error: 'Error: not visible' },
    ]);
  });

  test('the slowest tests come first, each with all its attempts', () => {
    const suites = [
      {
        specs: [spec('quick')],
        suites: [{ specs: [spec('slow', [''], 9), spec('retried', ['Error', ''], 4)] }],
      },
    ];
    expect(slowestTests(report(suites), 2).map(({ title, durationMs }) => [title, durationMs])).toEqual([
      ['slow', 9],
      ['retried', 8],
    ]);
  });

  test('an error outside the tests is a failure', () => {
    expect(countPlaywright(report([specs('expected')], [{}]))).toEqual({ passed: 1, failed: 1 });
  });
});

describe('a report against the exit code', () => {
  test('they agree', () => {
    expect(reconcile(onePassed, 0)).toEqual(onePassed);
    expect(reconcile(oneFailed, 1)).toEqual(oneFailed);
  });

  test('failed without a failed test', () => {
    expect(reconcile(onePassed, 1)).toEqual({ passed: 1, failed: 1 });
  });

  test('nothing ran', () => {
    expect(reconcile(none, 0)).toEqual(oneFailed);
  });
});

test('the sum of several', () => {
  expect(sum([onePassed, oneFailed, onePassed])).toEqual({ passed: 2, failed: 1 });
});
