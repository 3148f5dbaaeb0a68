/** The tools that check the sources, each under the Node that runs this task. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Captured, capture } from '../commands/capture.ts';
import { reasonOf } from '../terminal/log.ts';
import { none, oneFailed, onePassed, reconcile, type Tally } from './tally.ts';
import { countVitest } from './vitest-report.ts';

export interface Verdict {
  readonly title: string;
  readonly tally: Tally;
  readonly output: string;
}

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const reports = path.join(root, 'out', 'reports');
export const unitReport = path.join(reports, 'unit.json');

export function checkTypes(): Promise<Verdict> {
  return yesOrNo('Types', 'typescript/bin/tsc', ['-b', '--pretty', 'false']);
}

export function checkLint(): Promise<Verdict> {
  return yesOrNo('Format and lint', '@biomejs/biome/bin/biome', [
    'ci',
    '--colors=off',
    '--max-diagnostics=50',
  ]);
}

export function checkDeadCode(): Promise<Verdict> {
  return yesOrNo('Dead code', 'knip/bin/knip.js', []);
}

export async function runUnitTests(): Promise<Verdict> {
  const captured = await runTool('vitest/vitest.mjs', [
    'run',
    '--config=build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ]);
  return counted('Unit tests', unitReport, captured, countVitest);
}

async function yesOrNo(title: string, tool: string, toolArguments: readonly string[]): Promise<Verdict> {
  const { exitCode, output } = await runTool(tool, toolArguments);
  return { title, tally: exitCode === 0 ? onePassed : oneFailed, output };
}

/** Reads the report of a test runner. A runner without a report has failed. */
export async function counted(
  title: string,
  report: string,
  { exitCode, output }: Captured,
  count: (reportText: string) => Tally,
): Promise<Verdict> {
  try {
    return { title, tally: reconcile(count(await readFile(report, 'utf8')), exitCode), output };
  } catch (error) {
    return {
      title,
      tally: reconcile(none, 1),
      output: `${output}\nIts report cannot be read: ${reasonOf(error)}`,
    };
  }
}

/** Removes the reports of an earlier run, which must not be read as this run's. */
export async function clearReports(): Promise<void> {
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });
}

function runTool(
  tool: string,
  toolArguments: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<Captured> {
  const script = path.join(root, 'node_modules', tool);
  if (!existsSync(script)) return Promise.resolve({ exitCode: 1, output: `${tool} is not installed.` });
  return capture(process.execPath, [script, ...toolArguments], { NO_COLOR: '1', FORCE_COLOR: '0', ...env });
}
