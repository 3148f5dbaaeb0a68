/**
 * Who runs the viewer. Chromium refuses its sandbox to root, and a clinical viewer is never to be tried without it: so
 * where root runs these commands, the viewer itself runs as an ordinary user.
 */
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

export interface UnprivilegedUser {
  readonly uid: number;
  readonly gid: number;
}

const execute = promisify(execFile);
const userName = 'cpis-viewer-test';

/** Nobody when the commands are already run by an ordinary user. */
export async function unprivilegedUser(): Promise<UnprivilegedUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = await readUser(userName);
  if (known !== undefined) return known;
  // A user of its own has an entry with a home, which the keyring asks for; `nobody` serves when it cannot be made.
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

/** The command that runs the rest of its command line as that user, with no right of root's left. */
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
