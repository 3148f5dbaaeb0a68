/** Logs what a check does: its start, that it still runs, and its verdict. */
import { heading, log } from '../terminal/log.ts';
import type { Verdict } from './tools.ts';

const reminderMs = 60_000;

/** Runs a check, and says so until it ends. */
export async function runCheck(title: string, check: () => Promise<Verdict>): Promise<Verdict> {
  log(`  ${title} ...`);
  const startedAt = performance.now();
  const seconds = () => `${Math.round((performance.now() - startedAt) / 1_000)} s`;
  const reminder = setInterval(() => log(`  ${title}: running for ${seconds()}`), reminderMs);
  try {
    return announce(await check(), seconds());
  } finally {
    clearInterval(reminder);
  }
}

/** One line where the check passed, its whole output where it failed. */
function announce(verdict: Verdict, duration: string): Verdict {
  const { title, tally, output } = verdict;
  const counts = `${tally.passed} passed, ${tally.failed} failed (${duration})`;
  if (tally.failed === 0) {
    log(`  ${title}: ${counts}`);
  } else {
    heading(`${title}: ${counts}`);
    log(output.trimEnd());
  }
  return verdict;
}
