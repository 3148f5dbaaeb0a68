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

const root = fileURLToPath(new URL('..', import.meta.url));

/** @type {Readonly<Record<string, string>>} */
const tasks = {
  start: 'build the viewer and open it against the simulator (without a display: pictures of the main job)',
  test: 'build, check and test everything; ends with "N passed, N failed"',
  'test-controls': 'switch off each control of the hazard log in turn, and show that its test notices',
  'test-windows': 'run the code that knows Windows on a Windows Node, under Wine',
  simulator: 'run the simulator of Care Identity, PDS and CP-IS on its own',
  build: 'build the viewer into out/app',
  package: 'make every installer and archive that this machine can make',
  journeys: 'build the viewer and try what users do, on the runners of Windows and macOS',
  'try-installers': 'install, update, start and uninstall on a Windows runner',
  'verify-package': 'read a package, and name everything in which it is not as it should be',
  check: 'check types, lint and dead code',
  'hazard-log': 'write the evidence of docs/hazard-log.md from the table of controls',
  policy: 'write the Group Policy templates and docs/policy.md from the table of policies',
  pictures: 'take the pictures of the screens in docs/screens',
  bench: 'measure the viewer beside an empty window and a common template (--quick)',
  soak: 'use the viewer for a long while, and see whether anything grows or is lost (--minutes N, --faults)',
};

await main(process.argv.slice(2));

/** @param {string[]} commandLine */
async function main([task, ...taskArguments]) {
  const problem = nodeProblem(process.versions.node) ?? taskProblem(task);
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
    return;
  }
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

/** @param {string | undefined} task */
function taskProblem(task) {
  if (task !== undefined && Object.hasOwn(tasks, task)) return undefined;
  const list = Object.entries(tasks).map(([name, purpose]) => `  ${name.padEnd(14)} ${purpose}`);
  const first = task === undefined ? 'Which task?' : `There is no task "${task}".`;
  return [first, 'Usage: node build/run.mjs <task> [arguments]', ...list].join('\n');
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
