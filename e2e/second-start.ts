/** Starting the viewer once more on a profile where it runs already. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { required, userDataFolder } from './fixtures.ts';

/** Resolves with the exit code when the second process has ended. */
export async function startAgain(profile: string): Promise<number | null> {
  const args = [required('CPIS_VIEWER_APP'), `--user-data-dir=${userDataFolder(profile)}`];
  const second = spawn(required('CPIS_VIEWER_ELECTRON'), args, { stdio: 'ignore' });
  const [code] = (await once(second, 'exit')) as [number | null];
  return code;
}
