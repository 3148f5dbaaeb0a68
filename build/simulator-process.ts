/** The simulator as a process of its own, and the little of its control server that the tasks use. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const simulatorMain = fileURLToPath(new URL('../simulator/main.ts', import.meta.url));

export interface SimulatorProcess {
  /** For the viewer's `--environment`. */
  readonly environmentFile: string;
  /** What it said at its start: its users and patients. */
  readonly introduction: readonly string[];
  /** The control server's address. */
  readonly control: string;
  stop(): Promise<void>;
}

const startLimit = 30_000;

export async function startSimulator(environmentFile: string): Promise<SimulatorProcess> {
  await mkdir(path.dirname(environmentFile), { recursive: true });
  const simulator = spawn(process.execPath, [simulatorMain, '--environment-file', environmentFile], {
    // Its standard input ends with this process, and it with that.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const gone = once(simulator, 'exit');
  const stop = async () => {
    simulator.stdin.end();
    simulator.kill('SIGTERM');
    await gone;
  };
  let complaints = '';
  simulator.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const tooLong = setTimeout(() => simulator.kill('SIGKILL'), startLimit);
  const introduction: string[] = [];
  try {
    for await (const line of createInterface({ input: simulator.stdout })) {
      if (line.startsWith('READY ')) {
        simulator.stdout.resume();
        return { environmentFile, introduction, control: line.slice('READY '.length).trim(), stop };
      }
      introduction.push(line);
    }
  } finally {
    clearTimeout(tooLong);
  }
  await stop();
  throw new Error(
    `The simulator ended before it was ready. Its own words:\n${complaints.trim() || '(none)'}`,
  );
}
