/**
 * The way into everything that `build/` can do: `node build/run.mjs <task> [arguments]`. Plain JavaScript on Node's own
 * modules, because in a fresh clone there is nothing else yet; it installs the rest, and then runs `build/tasks/<task>.ts`.
 */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './set-up/dependencies.mjs';
import { installTaskNode } from './set-up/task-node.mjs';
import { insteadOfRunning } from './set-up/tasks.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

await main(process.argv.slice(2));

/** @param {string[]} commandLine */
async function main(commandLine) {
  const problem = nodeProblem(process.versions.node);
  const said = problem === undefined ? insteadOfRunning(commandLine) : { text: problem, exitCode: 1 };
  if (said !== undefined) {
    process[said.exitCode === 0 ? 'stdout' : 'stderr'].write(`${said.text}\n`);
    process.exitCode = said.exitCode;
    return;
  }
  const [task, ...taskArguments] = commandLine;
  try {
    await installDependencies(root);
    const node = await installTaskNode(root);
    await handOver(node, path.join(root, 'build', 'tasks', `${task}.ts`), taskArguments);
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** @param {string} version */
function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `This project needs Node.js 20.19 or later; this is ${version}. Install a newer one and run the command again.`;
}

/**
 * Runs the task as if it were this process: same terminal, same signals, same end.
 *
 * @param {string} node
 * @param {string} script
 * @param {string[]} taskArguments
 * @returns {Promise<void>}
 */
function handOver(node, script, taskArguments) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [script, ...taskArguments], { cwd: root, stdio: 'inherit' });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      process.exitCode = signal === null ? (code ?? 1) : 128 + constants.signals[signal];
      resolve();
    });
  });
}
