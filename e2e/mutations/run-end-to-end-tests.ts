import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fixtureVariables, prepareRunDirectory } from '../driver/run-directory.ts';
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

export interface Stage {
  /** Electron's executable. */
  readonly electron: string;
  /** What a program needs in its environment to open its windows. */
  readonly display: Readonly<Record<string, string>>;
}

interface Suite {
  readonly title: string;
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly error?: { readonly message?: string } }[];
    }[];
  }[];
}

/** Builds the viewer in a copy of the sources and runs end-to-end tests by name against it. */
export async function runNamedEndToEndTests(
  folder: string,
  tests: readonly NamedTest[],
  { electron, display }: Stage,
  workers: number,
  capture: Capture,
): Promise<TestRun> {
  const build = await capture(process.execPath, [
    path.join(folder, 'build', 'tasks', 'build.ts'),
    '--flavour=test',
  ]);
  if (build.exitCode !== 0) return notRun(lastWords(build.output));
  const runDirectory = await prepareRunDirectory(electron, path.join(folder, 'out', 'app-test'));
  try {
    const report = path.join(folder, 'out', 'end-to-end.json');
    const { output } = await capture(
      process.execPath,
      [
        path.join(folder, 'node_modules', '@playwright', 'test', 'cli.js'),
        'test',
        `--config=${path.join(folder, 'e2e', 'playwright.config.ts')}`,
        '--reporter=json',
        '--retries=0',
        `--workers=${workers}`,
        `--grep=${patternOf(tests)}`,
        ...filesOf(tests),
      ],
      {
        ...display,
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        ...fixtureVariables(runDirectory),
      },
    );
    const text = await readFile(report, 'utf8').catch(() => undefined);
    return text === undefined ? notRun(lastWords(output)) : readReport(text);
  } finally {
    await runDirectory.remove();
  }
}

function readReport(text: string): TestRun {
  const { suites }: { readonly suites: readonly Suite[] } = JSON.parse(text);
  const results = suites.flatMap((suite) => resultsOf(suite, []));
  const ending = (status: string) => results.filter((result) => result.status === status);
  return {
    passed: ending('expected').map(({ name }) => name),
    failed: ending('unexpected').map(({ name, why }) => ({ name, why })),
    problem: undefined,
  };
}

interface Result {
  readonly name: string;
  readonly status: string;
  readonly why: string;
}

function resultsOf({ title, suites = [], specs = [] }: Suite, above: readonly string[]): readonly Result[] {
  const names = [...above, title];
  return [
    ...suites.flatMap((suite) => resultsOf(suite, names)),
    ...specs.flatMap((spec) =>
      spec.tests.map(({ status, results }) => ({
        name: [...names, spec.title].join(' '),
        status,
        why: firstWords(results.map(({ error }) => error?.message ?? '').join('\n')),
      })),
    ),
  ];
}
