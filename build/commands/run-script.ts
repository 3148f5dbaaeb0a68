import { spawn } from 'node:child_process';
import { root } from '../root.ts';

/** Runs a script on the Node of this task, which writes straight to the terminal. Its exit code; 1 where it had none. */
export function runScript(
  script: string,
  scriptArguments: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...scriptArguments], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(1));
    child.on('close', (code) => resolve(code ?? 1));
  });
}
