import { readFile } from 'node:fs/promises';
import { ensureDebianPackages } from '../system-libraries.ts';
import { reasonOf, warn } from '../terminal/log.ts';
import type { Task } from '../terminal/run-task.ts';
import { runWindowsTests, windowsReport } from '../windows/run-windows-tests.ts';
import { winePackages } from '../windows/wine.ts';
import type { Verdict } from './run-check.ts';
import { none } from './tally.ts';
import { counted } from './tools.ts';
import { countWindows, describeFailures } from './windows-report.ts';

/**
 * The Windows code under Wine, as a part of `npm test`. Where Wine cannot be had it says what is missing, and counts nothing
 * as passed.
 */
export async function checkWindowsCode(task: Task): Promise<Verdict> {
  const missing = await findMissing();
  if (missing !== undefined) {
    warn('NOT RUN: the Windows code. Nothing of it is counted.', missing);
    return { tally: none, output: '' };
  }
  const ended = await runWindowsTests(task);
  const failures = await readFile(windowsReport, 'utf8').then(describeFailures, () => '');
  const output = `${ended.output}\n${failures}`;
  return counted(windowsReport, { exitCode: ended.exitCode, output }, countWindows);
}

/** Why the tests cannot be run on this machine; installs what can be installed. */
async function findMissing(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'It is run on Linux x64, under Wine.';
  try {
    await ensureDebianPackages(winePackages);
    return undefined;
  } catch (error) {
    return `Wine cannot be had here: ${reasonOf(error)}`;
  }
}
