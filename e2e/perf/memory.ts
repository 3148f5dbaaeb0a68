/** The memory of a process and everything that it started, as the kernel counts it. Linux only. */
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication } from 'playwright';

/** Long enough for a closed window's process to end, and for a start to be over. */
const settlingMs = 4_000;

/** Megabytes, once the application has come to rest. */
export async function restingMemory(app: ElectronApplication): Promise<number> {
  await wait(settlingMs);
  return memoryOf(app);
}

/** Megabytes of all its processes; memory that they share is counted once (PSS, proc(5)). */
export async function memoryOf(app: ElectronApplication): Promise<number> {
  const sizesKb = await Promise.all((await processTree(app.process().pid ?? 0)).map(proportionalSizeKb));
  return sizesKb.reduce((sum, size) => sum + size, 0) / 1_024;
}

async function processTree(root: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = new Map(await Promise.all(ids.map(async (id) => [id, await parentOf(id)] as const)));
  const tree = [root];
  for (const id of tree) tree.push(...ids.filter((each) => parents.get(each) === id));
  return tree;
}

async function parentOf(id: number): Promise<number> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
  // The name stands in brackets and may itself have blanks.
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

async function proportionalSizeKb(id: number): Promise<number> {
  try {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw new Error(`The memory of process ${id} cannot be read (${code}): measure as root.`);
  }
}
