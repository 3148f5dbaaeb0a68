/** Keeps two commands in one checkout from installing over each other: the second waits for the first. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @param {string} lock a file that exists while a run works, and holds its process id
 * @param {() => Promise<void>} work
 */
export async function oneAtATime(lock, work) {
  await mkdir(path.dirname(lock), { recursive: true });
  let said = false;
  while (!(await take(lock))) {
    if (!said) process.stdout.write('Waiting for another command that is setting up this checkout ...\n');
    said = true;
    await sleep(300);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

/** @param {string} lock */
async function take(lock) {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
  // A run that was killed leaves its lock, which no other run removes.
  if (owner > 0 && !isRunning(owner)) await rm(lock, { force: true });
  return false;
}

/** @param {number} processId */
function isRunning(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
