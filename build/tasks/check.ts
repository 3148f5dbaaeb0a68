/** `npm run check`: types, format and lint, dead code. What to run before a commit. */

import { runTask } from '../terminal/run-task.ts';
import { heading } from '../terminal/say.ts';
import { announce } from '../verification/announce.ts';
import { inTurns } from '../verification/in-turns.ts';
import { checkDeadCode, checkLint, checkTypes } from '../verification/tools.ts';

await runTask(async () => {
  heading('Types, lint, dead code');
  const checks = [checkTypes, checkLint, checkDeadCode];
  const verdicts = await inTurns(
    2,
    checks.map((check) => async () => announce(await check())),
  );
  if (verdicts.some(({ tally }) => tally.failed > 0)) process.exitCode = 1;
});
