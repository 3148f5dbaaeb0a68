/** `npm run simulator [-- options]`: the simulator on its own, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { simulatorMain } from '../simulator-process.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async (task) => {
  const simulator = spawn(process.execPath, [simulatorMain, ...process.argv.slice(2)], { stdio: 'inherit' });
  const gone = once(simulator, 'exit');
  task.onEnd(async () => {
    simulator.kill('SIGTERM');
    await gone;
  });
  const [code] = await gone;
  process.exitCode = code ?? 1;
});
