/** A process and everything that it started, as the kernel counts them. Linux only. */
import { readdir, readFile } from 'node:fs/promises';

/** Ticks of a second in `/proc/*\/stat`: 100 on every Linux that Electron runs on. */
const ticksPerSecond = 100;

/** Megabytes of the whole tree; memory that processes share is counted once (PSS). */
export async function memoryOf(root: number): Promise<number> {
  const sizes = await Promise.all((await treeOf(root)).map(proportionalSize));
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

/** Seconds of processor time that the whole tree has used so far. */
export async function processorTimeOf(root: number): Promise<number> {
  const times = await Promise.all(
    (await treeOf(root)).map(async (id) => {
      const fields = await statFields(id);
      // utime and stime: fields 14 and 15 of proc(5).
      return Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0);
    }),
  );
  return times.reduce((sum, time) => sum + time, 0) / ticksPerSecond;
}

async function treeOf(root: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const children = new Map<number, number[]>();
  for (const id of ids) {
    const parent = Number((await statFields(id))?.[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), id]);
  }
  const tree: number[] = [root];
  for (const id of tree) tree.push(...(children.get(id) ?? []));
  return tree;
}

/** What stands behind the name in `/proc/<id>/stat`, which may itself have blanks; nothing for a process that is gone. */
async function statFields(id: number): Promise<readonly string[] | undefined> {
  const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined);
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Kilobytes. */
async function proportionalSize(id: number): Promise<number> {
  try {
    const rollup = await readFile(`/proc/${id}/smaps_rollup`, 'utf8');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ESRCH') return 0;
    throw new Error(`The memory of process ${id} cannot be read (${code}): measure as root.`);
  }
}
