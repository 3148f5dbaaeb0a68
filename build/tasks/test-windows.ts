/** `npm run test:windows`: the part of `npm test` that runs the Windows code under Wine. */
import { mkdir } from 'node:fs/promises';
import { heading } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';
import { conclude, runCheck } from '../verification/run-check.ts';
import { reports } from '../verification/tools.ts';
import { checkWindowsCode } from '../verification/windows.ts';

const title = 'Windows code, under Wine';

await runTask(async (task) => {
  heading(title);
  await mkdir(reports, { recursive: true });
  const { tally } = await runCheck(title, () => checkWindowsCode(task));
  conclude([tally]);
});
