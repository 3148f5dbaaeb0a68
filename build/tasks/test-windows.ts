/** `npm run test:windows`: the part of `npm test` that runs the Windows code under Wine. */
import { mkdir } from 'node:fs/promises';
import { heading, log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { runCheck } from '../verification/announce.ts';
import { reports } from '../verification/tools.ts';
import { checkWindowsCode } from '../verification/windows.ts';

await runTask(async (task) => {
  heading('Windows code, under Wine');
  await mkdir(reports, { recursive: true });
  const { tally } = await runCheck('Windows code, under Wine', () => checkWindowsCode(task));
  if (tally.failed > 0 || tally.passed === 0) process.exitCode = 1;
  log(`\n${tally.passed} passed, ${tally.failed} failed`);
});
