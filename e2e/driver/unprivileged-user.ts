/**
 * The user who runs the viewer. Chromium has no sandbox as root, and the viewer is never tried without it: where root runs
 * the tests, the viewer runs as an unprivileged user.
 */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

const execute = promisify(execFile);
const userName = 'cpis-viewer-test';

/** `undefined` where an unprivileged user already runs the tests. */
export async function unprivilegedUser(): Promise<UnprivilegedUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await readUser(userName);
  if (known !== undefined) return known;
  // The keyring needs a user whose entry names a home. Where that cannot be added, `nobody` has to do.
  spawnSync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    userName,
  ]);
  return (await readUser(userName)) ?? (await readUser('nobody')) ?? { uid: 65_534, gid: 65_534 };
}

async function readUser(name: string): Promise<UnprivilegedUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((option) => execute('id', [option, name])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch {
    return undefined;
  }
}

/** The command that runs the rest of its command line as that user, without any right of root's. */
export function asUser({ uid, gid }: UnprivilegedUser): readonly string[] {
  return [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    '--inh-caps=-all',
    '--bounding-set=-all',
  ];
}
