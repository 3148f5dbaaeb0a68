/**
 * The end-to-end tests: Playwright drives the built viewer, which runs as an ordinary user on an invisible display. The
 * fixtures learn everything about this machine from the environment variables set here.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { openInvisibleDisplay } from '../../e2e/driver/display.ts';
import { fixtureVariables, prepareRunDirectory } from '../../e2e/driver/run-directory.ts';
import { runScript } from '../commands/run-script.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { root } from '../root.ts';
import { log } from '../terminal/log.ts';
import type { Task } from '../terminal/run-task.ts';
import { type PackagesForTests, preparePackages } from './packages.ts';
import { countPlaywright, slowestTests, unsteadyTests } from './playwright-report.ts';
import type { Verdict } from './run-check.ts';
import { counted, reports } from './tools.ts';

export const endToEndReport = path.join(reports, 'end-to-end.json');

/** `app`: a built viewer. `selection`: further arguments of Playwright. What it opens is closed at the end of the task. */
export async function runEndToEndTests(
  task: Task,
  runtime: ElectronRuntime,
  app: string,
  packages: PackagesForTests | undefined,
  selection: readonly string[],
): Promise<Verdict> {
  const display = await openInvisibleDisplay();
  task.onEnd(display.close);
  const runDirectory = await prepareRunDirectory(runtime.executable, app);
  task.onEnd(runDirectory.remove);

  const packageEnv = packages === undefined ? {} : await preparePackages(task, packages);

  const cli = path.join(root, 'node_modules', '@playwright', 'test', 'cli.js');
  const flags = ['--config=e2e/playwright.config.ts', '--forbid-only', '--reporter=list,json'];
  const exitCode = await runScript(cli, ['test', ...flags, ...selection], {
    ...display.env,
    PLAYWRIGHT_JSON_OUTPUT_FILE: endToEndReport,
    ...fixtureVariables(runDirectory),
    ...packageEnv,
  });
  return counted(endToEndReport, { exitCode, output: '' }, countPlaywright);
}

/** Logs the ten tests that took longest; nothing where none was run. */
export async function logSlowestTests(): Promise<void> {
  const text = await readEndToEndReport();
  if (text === undefined) return;
  log('\nThe slowest end-to-end tests:');
  for (const { file, title, durationMs } of slowestTests(text, 10))
    log(`  ${(durationMs / 1_000).toFixed(1).padStart(6)} s  ${file}: ${title}`);
}

/** Names each test that counts as passed and yet has failed once. */
export async function logUnsteadyTests(): Promise<void> {
  const text = await readEndToEndReport();
  if (text === undefined) return;
  for (const { file, title, project, error } of unsteadyTests(text))
    log(`Passed only at a second attempt: ${file} (${project}): ${title}: ${error}`);
}

function readEndToEndReport(): Promise<string | undefined> {
  return readFile(endToEndReport, 'utf8').catch(() => undefined);
}
