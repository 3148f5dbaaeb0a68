import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a command and returns its output. An error names the command and has its output. */
export async function run(command: string, commandArguments: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(command, commandArguments, { maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const words = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : String(error);
    throw new Error(`${[command, ...commandArguments].join(' ')} failed: ${words}`);
  }
}
