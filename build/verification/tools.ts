/** The tools that check the sources, each under the Node that runs this task. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { type Captured, capture } from '../commands/capture.ts';
import { root } from '../root.ts';
import { reasonOf } from '../terminal/log.ts';
import type { Verdict } from './run-check.ts';
import { oneFailed, onePassed, reconcile, type Tally } from './tally.ts';
import { countVitest } from './vitest-report.ts';

export const reports = path.join(root, 'out', 'reports');
export const unitReport = path.join(reports, 'unit.json');

/** TypeScript over every project of tsconfig.json. */
export function checkTypes(): Promise<Verdict> {
  return yesOrNo('typescript/bin/tsc', ['-b', '--pretty', 'false']);
}

/** Biome; nothing is changed. */
export function checkLint(): Promise<Verdict> {
  return yesOrNo('@biomejs/biome/bin/biome', ['ci', '--colors=off', '--max-diagnostics=50']);
}

/** knip: files, exports and dependencies that nothing uses. */
export function checkDeadCode(): Promise<Verdict> {
  return yesOrNo('knip/bin/knip.js', []);
}

/** Vitest; its report stays in `unitReport`. */
export async function runUnitTests(): Promise<Verdict> {
  const captured = await runTool('vitest/vitest.mjs', [
    'run',
    '--config=build/vitest.config.ts',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${unitReport}`,
  ]);
  return counted(unitReport, captured, countVitest);
}

async function yesOrNo(tool: string, toolArguments: readonly string[]): Promise<Verdict> {
  const { exitCode, output } = await runTool(tool, toolArguments);
  return { tally: exitCode === 0 ? onePassed : oneFailed, output };
}

/** Reads the report of a test runner. A runner without a report has failed. */
export async function counted(
  report: string,
  { exitCode, output }: Captured,
  count: (reportText: string) => Tally,
): Promise<Verdict> {
  try {
    return { tally: reconcile(count(await readFile(report, 'utf8')), exitCode), output };
  } catch (error) {
    return { tally: oneFailed, output: `${output}\nIts report cannot be read: ${reasonOf(error)}` };
  }
}

/** Removes the reports of an earlier run, which must not be read as this run's. */
export async function clearReports(): Promise<void> {
  await rm(reports, { recursive: true, force: true });
  await mkdir(reports, { recursive: true });
}

function runTool(tool: string, toolArguments: readonly string[]): Promise<Captured> {
  const script = path.join(root, 'node_modules', tool);
  return capture(process.execPath, [script, ...toolArguments], { NO_COLOR: '1', FORCE_COLOR: '0' });
}
