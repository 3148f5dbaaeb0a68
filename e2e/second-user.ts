/**
 * A second real user of this computer, beside the one who runs the viewer: what it can read and reach is what any other
 * user of a shared workstation can.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** `nobody`, who owns no file. */
export const nobody = { uid: 65_534, gid: 65_534 };

/** What cannot be tried is not known to work: a test that needs a second user fails where there can be none. */
export function needSecondUser(): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0)
    throw new Error(
      'This test runs a program as a second user, which on Linux only root can: run the tests as root.',
    );
}

/** Runs a script of bash as that user; gives what it writes. */
export async function asSecondUser(script: string, ...args: readonly string[]): Promise<string> {
  needSecondUser();
  const child = spawn('/bin/bash', ['-c', script, 'bash', ...args], {
    ...nobody,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'close')]);
  return output;
}

/**
 * The command lines and variables of every process, as far as that user may read them. `holding`: only of the processes in
 * whose this text is; other tests have processes of their own.
 */
export async function processesSeenBySecondUser(holding = ''): Promise<string> {
  const seen = await asSecondUser(
    "for process in /proc/[0-9]*; do cat $process/cmdline $process/environ 2>/dev/null | tr '\\0' '\\n'; printf '\\f'; done",
  );
  return seen
    .split('\f')
    .filter((process) => process.includes(holding))
    .join('\n');
}
