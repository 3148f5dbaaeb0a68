/** Runs the checks of a task, and logs what each does: its start, that it still runs, and its verdict. */
import { heading, log, reasonOf } from '../terminal/log.ts';
import { oneFailed, sum, type Tally } from './tally.ts';

export interface Verdict {
  readonly tally: Tally;
  /** Logged where something failed. */
  readonly output: string;
}

const reminderMs = 60_000;

/** Logs one line where the check passed, its whole output where it failed. A check that throws has failed. */
export async function runCheck(title: string, check: () => Promise<Verdict>): Promise<Verdict> {
  log(`  ${title} ...`);
  const startedAt = performance.now();
  const seconds = () => `${Math.round((performance.now() - startedAt) / 1_000)} s`;
  const reminder = setInterval(() => log(`  ${title}: running for ${seconds()}`), reminderMs);
  const verdict = await check()
    .catch((error: unknown) => ({ tally: oneFailed, output: reasonOf(error) }))
    .finally(() => clearInterval(reminder));
  const counts = `${verdict.tally.passed} passed, ${verdict.tally.failed} failed (${seconds()})`;
  if (verdict.tally.failed === 0) {
    log(`  ${title}: ${counts}`);
  } else {
    heading(`${title}: ${counts}`);
    log(verdict.output.trimEnd());
  }
  return verdict;
}

/** Logs the last line of a task, and sets its exit code: 1 where a check failed, or none passed. */
export function conclude(tallies: readonly Tally[]): void {
  const { passed, failed } = sum(tallies);
  if (failed > 0 || passed === 0) process.exitCode = 1;
  log(`\n${passed} passed, ${failed} failed`);
}
