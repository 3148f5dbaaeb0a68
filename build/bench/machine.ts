/** On what the figures were measured: a figure without it says nothing. */
import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';

export interface Machine {
  readonly cores: number;
  readonly processor: string;
  readonly memory: string;
  readonly system: string;
  readonly electron: string;
  /** How busy it was when the measuring began: processes that want to run, over the last minute. */
  readonly load: number;
}

export async function describeMachine(runtime: ElectronRuntime): Promise<Machine> {
  return {
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'not known',
    memory: `${Math.round(totalmem() / 1024 ** 3)} GB`,
    system: `${await distribution()} (${type()} ${release()}), invisible display`,
    electron: `${runtime.version} (${runtime.origin})`,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  };
}

async function distribution(): Promise<string> {
  const text = await readFile('/etc/os-release', 'utf8').catch(() => '');
  return /^PRETTY_NAME="(.*)"$/m.exec(text)?.[1] ?? 'not known';
}
