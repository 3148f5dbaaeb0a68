/**
 * The Node that runs the tasks: version 24 from the npm package `node`, whatever runs this script. It reads TypeScript
 * as it is, and the test tools need more than Node 20. The package fetches its binary in an install script, which is
 * called here because install scripts are off.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { oneAtATime } from './one-at-a-time.mjs';

/**
 * @param {string} root
 * @returns {Promise<string>} the executable
 */
export async function installTaskNode(root) {
  const home = path.join(root, 'node_modules', 'node');
  const executable = path.join(home, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (runs(executable)) return executable;
  await oneAtATime(path.join(root, 'out', 'set-up.lock'), async () => {
    if (runs(executable)) return;
    process.stdout.write('Installing Node.js 24 for the tasks ...\n');
    await installBinary(home);
    await linkBinary(root, executable);
  });
  if (runs(executable)) return executable;
  throw new Error(
    [
      'The Node.js 24 that runs the tasks could not be installed from the package registry.',
      'Check the network and `npm config get registry`, then run the command again.',
    ].join('\n'),
  );
}

/** @param {string} executable */
function runs(executable) {
  return spawnSync(executable, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * @param {string} home
 * @returns {Promise<void>}
 */
function installBinary(home) {
  return new Promise((resolve, reject) => {
    // `npm run` prefers the Node that lay here before, and `npm ci` has just taken that away from under this process.
    const node = existsSync(process.execPath) ? process.execPath : 'node';
    const child = spawn(node, ['installArchSpecificPackage.js'], { cwd: home, stdio: 'inherit' });
    child.on('error', reject);
    // Its success is judged by whether the binary runs, not by its exit code.
    child.on('close', () => resolve());
  });
}

/**
 * Where npm would have put it, so that `npx vitest` and the like run on it too.
 *
 * @param {string} root
 * @param {string} executable
 */
async function linkBinary(root, executable) {
  if (process.platform === 'win32') return;
  const link = path.join(root, 'node_modules', '.bin', 'node');
  await rm(link, { force: true });
  await symlink(path.relative(path.dirname(link), executable), link);
}
