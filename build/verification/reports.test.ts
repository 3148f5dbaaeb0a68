import { describe, expect, test } from 'vitest';
import { countPlaywright, slowestTests } from './playwright-report.ts';
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
  const specs = (...statuses: readonly string[]) => ({
    specs: statuses.map((status) => ({ tests: [{ status }] })),
  });
  const count = (suites: readonly object[], errors: readonly object[] = []) =>
    countPlaywright(JSON.stringify({ suites, errors }));

  test('tests at every depth', () => {
    expect(count([{ suites: [specs('expected', 'unexpected')], ...specs('expected') }])).toEqual({
      passed: 2,
      failed: 1,
    });
  });

  test.each([['skipped'], ['flaky'], ['unexpected']])('a test that is %s is not a pass', (status) => {
    expect(count([specs(status)])).toEqual(oneFailed);
  });

  test('the slowest tests come first', () => {
    const spec = (title: string, ...durations: readonly number[]) => ({
      file: 'a.spec.ts',
      title,
      tests: [{ status: 'expected', results: durations.map((duration) => ({ duration })) }],
    });
    const suites = [
      { specs: [spec('quick', 1)], suites: [{ specs: [spec('slow', 9), spec('retried', 4, 4)] }] },
    ];
    const slowest = slowestTests(JSON.stringify({ suites, errors: [] }), 2);
    expect(slowest.map(({ title, durationMs }) => [title, durationMs])).toEqual([
      ['slow', 9],
      ['retried', 8],
    ]);
  });
  test('an error outside the tests is a failure', () => {
    expect(count([specs('expected')], [{}])).toEqual({ passed: 1, failed: 1 });
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
