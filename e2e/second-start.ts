/** Starts the viewer a second time on a profile where it runs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { userDataFolder, viewerCommand } from './fixtures.ts';

/** Resolves with the exit code when the second process has ended. */
export async function startAgain(profile: string, ...more: readonly string[]): Promise<number | null> {
  const [command, ...args] = viewerCommand();
  const second = spawn(command, [...args, `--user-data-dir=${userDataFolder(profile)}`, ...more], {
    stdio: 'ignore',
  });
  const [code] = (await once(second, 'exit')) as [number | null];
  return code;
}
