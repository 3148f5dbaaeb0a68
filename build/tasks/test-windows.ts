/** `npm run test:windows`: the part of `npm test` that runs the Windows code. */
import { runTask } from '../terminal/run-task.ts';
import { runWindowsTests } from '../windows/run-windows-tests.ts';

await runTask(async (task) => {
  const { exitCode, output } = await runWindowsTests(task);
  console.log(output, exitCode);
});
