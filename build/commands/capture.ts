import { spawn } from 'node:child_process';

export interface Captured {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs a command and keeps what it printed, in the order it printed it, whether it succeeded or not. */
export function capture(
  command: string,
  commandArguments: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Captured> {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ exitCode: 1, output: `${output}${error.message}\n` }));
    child.on('close', (code, signal) => {
      if (signal === null) resolve({ exitCode: code ?? 1, output });
      else resolve({ exitCode: 1, output: `${output}ended by ${signal}\n` });
    });
  });
}
