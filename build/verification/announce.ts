/** Logs a verdict: one line where the check passed, its whole output where it failed. */
import { heading, log } from '../terminal/log.ts';
import type { Verdict } from './tools.ts';

export function announce({ title, tally, output }: Verdict): Verdict {
  const counts = `${tally.passed} passed, ${tally.failed} failed`;
  if (tally.failed === 0) {
    log(`  ${title}: ${counts}`);
  } else {
    heading(`${title}: ${counts}`);
    log(output.trimEnd());
  }
  return { title, tally, output };
}
