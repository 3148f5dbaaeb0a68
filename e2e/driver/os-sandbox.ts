import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { asUser, type UnprivilegedUser } from './unprivileged-user.ts';

/** Checks that this machine lets Chromium build its sandbox, since Chromium's own message does not name the cause. */
export async function checkOsSandbox(user: UnprivilegedUser | undefined): Promise<void> {
  if (process.platform !== 'linux') return;
  const [command = '', ...rest] = [...(user === undefined ? [] : asUser(user)), 'unshare', '--user', 'true'];
  try {
    await promisify(execFile)(command, rest);
  } catch (error) {
    throw new Error(
      [
        'This machine does not let an ordinary user make a user namespace, which Chromium builds its sandbox from;',
        'the viewer never runs without that sandbox. An administrator can allow it:',
        '  sysctl -w user.max_user_namespaces=10000',
        '  sysctl -w kernel.unprivileged_userns_clone=1                 (older Debian)',
        '  sysctl -w kernel.apparmor_restrict_unprivileged_userns=0     (Ubuntu 24.04 and later)',
        'In a container, its seccomp profile must allow it as well.',
        `(${error instanceof Error ? error.message : String(error)})`,
      ].join('\n'),
    );
  }
}
