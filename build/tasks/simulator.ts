/** `npm run simulator [-- options]`: the simulator on its own, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { root } from '../root.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async (task) => {
  const main = path.join(root, 'simulator', 'main.ts');
  const simulator = spawn(process.execPath, [main, ...process.argv.slice(2)], { stdio: 'inherit' });
  const gone = once(simulator, 'exit');
  task.onEnd(async () => {
    simulator.kill('SIGTERM');
    await gone;
  });
  const [code] = await gone;
  process.exitCode = code ?? 1;
});
