/**
 * Brings the locked dependencies into `node_modules`, once a lockfile. Their install scripts do not run: none of them
 * is needed but the one that `task-node.mjs` stands in for, and a script is how a malicious package first runs code.
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isInstalled } from './installed.mjs';
import { npm } from './npm.mjs';
import { oneAtATime } from './one-at-a-time.mjs';

/** @param {string} root */
export async function installDependencies(root) {
  const lockfile = await readFile(path.join(root, 'package-lock.json'), 'utf8');
  const stamp = path.join(root, 'node_modules', '.cpis-viewer-lock');
  const expected = createHash('sha256')
    .update(`${process.platform} ${process.arch}\n${lockfile}`)
    .digest('hex');
  if ((await readOrEmpty(stamp)) === expected) return;

  await oneAtATime(path.join(root, 'out', 'set-up.lock'), async () => {
    if ((await readOrEmpty(stamp)) === expected) return;
    // npm's own record of what it installed: a checkout that was filled with `npm ci` needs no second one.
    const hidden = await readOrEmpty(path.join(root, 'node_modules', '.package-lock.json'));
    if (!isInstalled(lockfile, hidden)) {
      process.stdout.write('Installing the locked dependencies (npm ci) ...\n');
      await npm(
        ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        root,
      );
    }
    await writeFile(stamp, expected);
  });
}

/** @param {string} file */
async function readOrEmpty(file) {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}
