/** `npm run check`: types, format and lint, dead code. What to run before a commit. */

import { heading } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { announce } from '../verification/announce.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { checkDeadCode, checkLint, checkTypes } from '../verification/tools.ts';

await runTask(async () => {
  heading('Types, lint, dead code');
  const checks = [checkTypes, checkLint, checkDeadCode];
  const verdicts = await runWithConcurrency(
    2,
    checks.map((check) => async () => announce(await check())),
  );
  if (verdicts.some(({ tally }) => tally.failed > 0)) process.exitCode = 1;
});
