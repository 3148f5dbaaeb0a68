/** `npm run check`: types, format and lint, dead code. What to run before a commit. */
import { heading } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { conclude, runCheck } from '../verification/run-check.ts';
import { runWithConcurrency } from '../verification/run-with-concurrency.ts';
import { checkDeadCode, checkLint, checkTypes } from '../verification/tools.ts';

await runTask(async () => {
  heading('Types, lint, dead code');
  const verdicts = await runWithConcurrency(2, [
    () => runCheck('Types', checkTypes),
    () => runCheck('Format and lint', checkLint),
    () => runCheck('Dead code', checkDeadCode),
  ]);
  conclude(verdicts.map(({ tally }) => tally));
});
